/** Waterfalls on a page: bars to one scale, which says itself in round figures. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { report, type Section } from '../../../src/core/report.js'
import { renderHtml } from '../../../src/render/html/page.js'
import { ticksOf } from '../../../src/render/html/timeline-scale.js'
import { waterfall } from '../waterfall-report.js'
import { tagsOf } from './page-tags.js'
import { OPTIONS } from './sample.js'

function drawn(section: Section): string {
  const page = renderHtml(report('verify', {}, { table: [section] }), OPTIONS)
  return /<section id="more-1">([\s\S]*?)<\/section>/.exec(page)?.[1] ?? ''
}

const attributesOf = (markup: string, name: string) =>
  tagsOf(markup).flatMap((tag) => (tag.name === name ? [tag.attributes] : []))
const bars = (markup: string) =>
  attributesOf(markup, 'rect').flatMap((rect) => (rect.class === 'tick' ? [] : [[rect.class, rect.x, rect.width]]))

test('the section, whole', async () => {
  await expect(drawn(waterfall)).toMatchFileSnapshot('golden/timeline.html')
})

test('bars stand at their place, in the colour of their tone; what is short is seen', () => {
  expect(bars(drawn(waterfall))).toEqual([
    ['dim', '0%', '100%'],
    ['strong', '4.17%', '91.67%'],
    ['warn', '5%', '33.33%'],
    ['bad', '38.33%', '53.33%'],
    ['plain', '40%', '10%'],
    ['good', '83.33%', '16.67%'],
    ['dim', '91.67%', '0.4%'],
  ])
})

test('each bar is a picture that says what it shows', () => {
  const pictures = attributesOf(drawn(waterfall), 'svg')
  expect(pictures.every(({ role }) => role === 'img')).toBe(true)
  expect(pictures.map((picture) => picture['aria-label']).slice(0, 3)).toEqual([
    '0 to 1,200 ms',
    '0 ms to 1,200 ms of 1,200 ms',
    '50 ms to 1,150 ms of 1,200 ms',
  ])
})

test('the scale is written above, and its marks run through every row', () => {
  const markup = drawn(waterfall)
  const marks = [...markup.matchAll(/<text class="(\w+)" x="([\d.]+%)" y="80%">([^<]*)<\/text>/g)].map(
    ([, ...rest]) => rest,
  )
  expect(marks).toEqual([
    ['start', '0%', '0 ms'],
    ['middle', '41.67%', '500 ms'],
    ['middle', '83.33%', '1,000 ms'],
  ])
  const ticks = attributesOf(markup, 'rect').filter((rect) => rect.class === 'tick')
  expect(ticks).toHaveLength(3 * waterfall.rows.length)
  expect(ticks.slice(0, 3).map(({ x }) => x)).toEqual(['0%', '41.67%', '83.33%'])
})

test('a mark at the edge is written to its left', () => {
  const bar = { startMs: 0, lengthMs: 1, tone: 'plain' as const }
  expect(drawn({ rows: [['a']], timeline: { totalMs: 400, bars: [bar] } })).toContain(
    '<text class="end" x="100%" y="80%">400 ms',
  )
})

test('times are numbers, and other cells keep their tones', () => {
  const markup = drawn(waterfall)
  expect(markup).toContain(
    '<th scope="col">SPAN<th scope="col" class="number">START<th scope="col" class="number">DURATION<th scope="col">NOTE',
  )
  expect(markup).toContain(
    '<th scope="row">    Initialization<td class="number">60 ms<td class="number">400 ms<td class="warn">cold start',
  )
})

test('a point at the right edge, and what lies outside, stay in the picture', () => {
  const odd = [
    { startMs: 400, lengthMs: 0, tone: 'bad' as const },
    { startMs: 500, lengthMs: 100, tone: 'bad' as const },
    { startMs: -100, lengthMs: 1_000, tone: 'bad' as const },
  ]
  const rows = odd.map(() => ['a'])
  expect(bars(drawn({ rows, timeline: { totalMs: 400, bars: odd } }))).toEqual([
    ['bad', '99.6%', '0.4%'],
    ['bad', '99.6%', '0.4%'],
    ['bad', '0%', '100%'],
  ])
  expect(bars(drawn({ rows, timeline: { totalMs: 0, bars: odd } })).map(([, x]) => x)).toEqual(['0%', '0%', '0%'])
})

test('bars stand in one column, also behind rows that are short and under headings that are missing', () => {
  const bar = { startMs: 0, lengthMs: 1, tone: 'good' as const }
  const markup = drawn({ columns: ['A'], rows: [['a'], ['b', 'c', 'd']], timeline: { totalMs: 1, bars: [bar, bar] } })
  expect(markup).toContain('<th scope="col">A<th scope="col"><th scope="col"><td class="drawn">')
  expect(markup).toContain('<th scope="row">a<td><td><td class="drawn"><svg')
  expect(markup).toContain('<th scope="row">b<td>c<td>d<td class="drawn"><svg')
})

test('a row without a bar has none', () => {
  const markup = drawn({
    rows: [['a'], ['b']],
    timeline: { totalMs: 1, bars: [{ startMs: 0, lengthMs: 1, tone: 'good' }] },
  })
  expect(markup).toContain('<th scope="row">b<td class="drawn"></tr>')
})

describe('marks of a scale', () => {
  test.each([
    [400, [0, 100, 200, 300, 400]],
    [1_200, [0, 500, 1_000]],
    [90, [0, 20, 40, 60, 80]],
    [61_310, [0, 20_000, 40_000, 60_000]],
    [0.9, [0, 0.2, 0.4, 0.6, 0.8]],
    [7, [0, 2, 4, 6]],
    [1, [0, 0.5, 1]],
    [0, [0]],
    [Number.NaN, [0]],
  ])('to %d ms', (totalMs, ticks) => {
    expect(ticksOf(totalMs)).toEqual(ticks)
  })

  test('are three to five round figures, evenly apart, the last one in the outer half', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 1e12, noNaN: true }), (totalMs) => {
        const ticks = ticksOf(totalMs)
        expect(ticks.length).toBeGreaterThanOrEqual(2)
        expect(ticks.length).toBeLessThanOrEqual(5)
        expect(ticks.at(-1)).toBeLessThanOrEqual(totalMs * (1 + 1e-9))
        expect(ticks.at(-1)).toBeGreaterThan(totalMs / 2)
        expect(String(ticks[1]?.toExponential())).toMatch(/^[125]e/)
      }),
      { numRuns: 500 },
    )
  })
})
