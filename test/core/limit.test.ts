/** Numbers of functions, absolute or as a share. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { atLeast, atMost, type Limit, limitText, parseLimit } from '../../src/core/limit.js'

test.each<[text: string, limit: Limit]>([
  ['5', { count: 5 }],
  [' 12 ', { count: 12 }],
  ['0', { count: 0 }],
  ['10%', { percent: 10 }],
  ['0.5%', { percent: 0.5 }],
  ['100%', { percent: 100 }],
  ['33.333%', { percent: 33.333 }],
])('"%s"', (text, limit) => {
  expect(parseLimit(text, '--waves')).toEqual(limit)
  expect(limitText(limit)).toBe(text.trim())
})

test.each(['', '-1', '1.5', '10 %', '%', 'all', '1e3', '1,2', '5%%', '0x10', '1.%', '9999999999', '101%', '100.1%'])(
  '"%s" is refused, with the flag',
  (text) => {
    expect(() => parseLimit(text, '--max-errors')).toThrow(
      expect.objectContaining({ code: 'USAGE', message: expect.stringContaining('--max-errors') }),
    )
  },
)

describe('a share', () => {
  test.each<[percent: number, total: number, least: number, most: number]>([
    [10, 50, 5, 5],
    [10, 55, 6, 5],
    [1, 10, 1, 0],
    [0, 10, 0, 0],
    [100, 7, 7, 7],
    [7, 100, 7, 7],
    [29, 100, 29, 29],
    [0.1, 1000, 1, 1],
    [33.333, 3, 1, 0],
  ])('%d %% of %i is at least %i, at most %i', (percent, total, least, most) => {
    expect(atLeast({ percent }, total)).toBe(least)
    expect(atMost({ percent }, total)).toBe(most)
  })

  test('whole shares are exact, and the two roundings differ by one at most', () => {
    fc.assert(
      fc.property(fc.nat(100), fc.nat(20_000), (percent, total) => {
        const least = atLeast({ percent }, total)
        const most = atMost({ percent }, total)
        expect(least - most).toBe((percent * total) % 100 === 0 ? 0 : 1)
        expect(most * 100).toBeLessThanOrEqual(percent * total)
        expect(least * 100).toBeGreaterThanOrEqual(percent * total)
      }),
    )
  })
})

test('a count is itself, whatever the total', () => {
  expect(atLeast({ count: 5 }, 3)).toBe(5)
  expect(atMost({ count: 5 }, 3)).toBe(5)
})
