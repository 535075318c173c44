/** Bars of block characters: where they should be, as long as they should be, and never out of their room. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { barLine } from '../../src/render/bar-line.js'

const draw = (startMs: number, lengthMs: number, totalMs = 80, room = 10) =>
  barLine({ startMs, lengthMs, tone: 'plain' }, totalMs, room)

test.each([
  ['all of it', 0, 80, '██████████'],
  ['the first half', 0, 40, '█████'],
  ['whole columns in the middle', 24, 24, '   ███'],
  ['an end at an eighth', 0, 43, '█████▍'],
  ['an end at seven eighths', 0, 15, '█▉'],
  ['a start just into a column', 2, 14, '██'],
  ['a start in the middle of a column', 4, 12, '▐█'],
  ['a start near the end of a column', 6, 10, '▕█'],
  ['a start and an end in parts of columns', 12, 31, ' ▐███▍'],
  ['a part of one column, from its left', 16, 3, '  ▍'],
  ['a part of one column, to its right', 20, 4, '  ▐'],
  ['one eighth at the right', 23, 1, '  ▕'],
  ['two columns in part', 13, 4, ' ▐▏'],
])('%s', (_, start, length, line) => {
  expect(draw(start, length)).toBe(line)
})

describe('what has no length, or too little', () => {
  test.each([
    [0, '▏'],
    [3, '▏'],
    [4, '▕'],
    [40, '     ▏'],
    [46, '     ▕'],
    [80, '         ▕'],
  ])('a point at %d of 80', (start, line) => {
    expect(draw(start, 0)).toBe(line)
    expect(draw(start, 0.01)).toBe(line)
  })

  test('a scale of nothing has points at its start', () => {
    expect(draw(0, 0, 0)).toBe('▏')
    expect(draw(5, 5, 0)).toBe('▏')
  })
})

test('what lies outside is cut', () => {
  expect(draw(-40, 80)).toBe('█████')
  expect(draw(40, 400)).toBe('     █████')
  expect(draw(400, 4)).toBe('         ▕')
  expect(draw(-400, 4)).toBe('▏')
})

test('every bar is seen, begins and ends within an eighth of its place or half a column of its start, and fits', () => {
  const number = fc.integer({ min: 0, max: 1_000 })
  fc.assert(
    fc.property(number, number, fc.integer({ min: 1, max: 120 }), (start, length, room) => {
      const line = draw(start, Math.min(length, 1_000 - start), 1_000, room)
      expect(line.length).toBeLessThanOrEqual(room)
      expect(line).toMatch(/^ *[█▐▕▏▎▍▌▋▊▉]+$/)
      expect(Math.abs(line.search(/\S/) - (start / 1_000) * room)).toBeLessThanOrEqual(1.07)
      const end = (Math.min(1_000, start + length) / 1_000) * room
      expect(Math.abs(line.length - end)).toBeLessThanOrEqual(1.07)
    }),
  )
})
