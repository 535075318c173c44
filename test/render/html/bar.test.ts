/** Bars: every share is seen, none lies on another, and all together are as long as they should be. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { renderBar } from '../../../src/render/html/bar.js'
import { tagsOf } from './page-tags.js'

function rectsOf(counts: readonly number[], whole: number): { name: string; x: number; width: number }[] {
  const shares = counts.map((count, index) => ({ className: `share-${index}`, count }))
  return tagsOf(renderBar(shares, whole).source)
    .filter(({ name }) => name === 'rect')
    .map(({ attributes }) => ({
      name: attributes.class ?? '',
      x: Number.parseFloat(attributes.x ?? ''),
      width: Number.parseFloat(attributes.width ?? ''),
    }))
}

test('shares stand side by side, in proportion; none is drawn of nothing', () => {
  expect(rectsOf([50, 0, 30, 20], 200)).toEqual([
    { name: 'share-0', x: 0, width: 25 },
    { name: 'share-2', x: 25, width: 15 },
    { name: 'share-3', x: 40, width: 10 },
  ])
})

test('one of ten thousand is seen, at the cost of the others', () => {
  expect(rectsOf([9_999, 1], 10_000)).toEqual([
    { name: 'share-0', x: 0, width: 99.4 },
    { name: 'share-1', x: 99.4, width: 0.6 },
  ])
})

test('nothing at all is an empty bar', () => {
  expect(rectsOf([0, 0], 0)).toEqual([])
})

test('a share that gives room to small ones stays seen itself', () => {
  expect(rectsOf([4, 1], 553).map(({ width }) => width)).toEqual([0.6, 0.6])
  expect(rectsOf([61, 1, 1, 1, 1, 1], 10_000).map(({ width }) => width)).toEqual([0.6, 0.6, 0.6, 0.6, 0.6, 0.6])
})

test('no bar is longer than it may be, and no share is hidden', () => {
  const counts = fc.array(fc.integer({ min: 0, max: 20_000 }), { maxLength: 7 })
  fc.assert(
    fc.property(counts, fc.integer({ min: 1, max: 50_000 }), (given, more) => {
      const sum = given.reduce((total, count) => total + count, 0)
      const rects = rectsOf(given, sum + more)
      let end = 0
      for (const { x, width } of rects) {
        expect(Math.abs(x - end)).toBeLessThan(0.02)
        expect(width).toBeGreaterThan(0.59)
        end = x + width
      }
      expect(rects).toHaveLength(given.filter((count) => count > 0).length)
      expect(end).toBeLessThan(Math.max((sum / (sum + more)) * 100, rects.length * 0.6) + 0.1)
    }),
    { numRuns: 500 },
  )
})
