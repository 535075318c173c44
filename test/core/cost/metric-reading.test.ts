/** How finely invocations are asked for: as finely as few calls and what CloudWatch keeps allow. */
import { describe, expect, test } from 'vitest'
import { namesPerCall, periodFor, readingDollars } from '../../../src/core/cost/metric-reading.js'

test.each([
  [1, 500],
  [201, 500],
  [202, 499],
  [720, 140],
  [8640, 11],
  [200_000, 1],
  [0, 500],
])('of %d periods each, a call takes %d functions', (periods, names) => expect(namesPerCall(periods)).toBe(names))

describe('the period', () => {
  test.each([
    ['one function over a month', 30, [1], 300],
    ['330 functions in 30 calls', 30, [330], 300],
    ['331 functions in 31', 30, [331], 3600],
    ['30 places with a function each', 30, new Array(30).fill(1), 300],
    ['31 places with a function each', 30, new Array(31).fill(1), 3600],
    ['5,000 functions', 30, [5000], 3600],
    ['one function over a day', 1, [1], 60],
    ['14 days: minutes are still there', 14, [10], 60],
    ['15 days: the oldest minutes go meanwhile', 15, [10], 300],
    ['62 days', 62, [1], 300],
    ['63 days', 63, [1], 3600],
    ['a year', 365, [1], 3600],
    ['nothing', 30, [], 300],
  ])('of %s', (_, days, functions, seconds) => expect(periodFor(days, functions)).toBe(seconds))
})

test('5,000 functions over a month take fewer than 40 calls', () => {
  const seconds = periodFor(30, [5000])
  expect(Math.ceil(5000 / namesPerCall((30 * 86_400) / seconds))).toBe(36)
})

test('asking costs a cent for a thousand functions', () => expect(readingDollars(5000)).toBeCloseTo(0.05, 9))
