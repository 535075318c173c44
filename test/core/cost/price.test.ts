/** Dollars of a month: what is free is taken off once, and the parts make up the whole. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { billing, LIST_PRICE, monthOf } from '../../../src/core/cost/price.js'
import { addBounds, type Bounds, NONE } from '../../../src/core/cost/sampling.js'

const exactly = (count: number): Bounds => ({ least: count, expected: count, most: count })
const dollarsOf = (count: number, price = LIST_PRICE) => billing(exactly(count), price)(exactly(count)).dollars.expected

describe('the whole', () => {
  test.each([
    [0, 0],
    [100_000, 0],
    [100_001, 0.000005],
    [1_100_000, 5],
    [20_100_000, 100],
  ])('%d traces cost %d dollars', (traces, dollars) => expect(dollarsOf(traces)).toBeCloseTo(dollars, 9))

  test('has a price and an allowance of its own', () => {
    expect(dollarsOf(1_000_000, { perMillion: 4, freeTraces: 0 })).toBeCloseTo(4, 9)
    expect(dollarsOf(1_000_000, { perMillion: 0, freeTraces: 0 })).toBe(0)
    expect(dollarsOf(0, { perMillion: 4, freeTraces: 0 })).toBe(0)
  })

  test('each bound is billed by itself', () => {
    const bounds = { least: 50_000, expected: 600_000, most: 2_100_000 }
    const { traces, dollars } = billing(bounds, LIST_PRICE)(bounds)
    expect(traces).toBe(bounds)
    expect(dollars.least).toBe(0)
    expect(dollars.expected).toBeCloseTo(2.5, 9)
    expect(dollars.most).toBeCloseTo(10, 9)
  })
})

test('each part pays its share of what the whole pays', () => {
  const bill = billing(exactly(1_100_000), LIST_PRICE)
  expect(bill(exactly(880_000)).dollars.expected).toBeCloseTo(4, 9)
  expect(bill(exactly(220_000)).dollars.expected).toBeCloseTo(1, 9)
  expect(bill(NONE).dollars).toEqual(NONE)
})

test('the parts of any whole make it up', () => {
  const bounds = fc
    .tuple(fc.nat(1e7), fc.nat(1e7), fc.nat(1e7))
    .map(([a, b, c]): Bounds => ({ least: a, expected: a + b, most: a + b + c }))
  fc.assert(
    fc.property(fc.array(bounds, { maxLength: 50 }), fc.nat(2e7), fc.nat(100), (parts, freeTraces, perMillion) => {
      const all = parts.reduce(addBounds, NONE)
      const bill = billing(all, { perMillion, freeTraces })
      const sum = parts.map((part) => bill(part).dollars).reduce(addBounds, NONE)
      const { dollars } = bill(all)
      for (const of of ['least', 'expected', 'most'] as const) {
        expect(dollars[of]).toBeCloseTo((Math.max(0, all[of] - freeTraces) * perMillion) / 1e6, 6)
        expect(sum[of]).toBeCloseTo(dollars[of], 6)
      }
    }),
  )
})

test('a month has thirty days, however many were read', () => {
  expect(monthOf({ least: 7, expected: 14, most: 21 }, 7)).toEqual({ least: 30, expected: 60, most: 90 })
  expect(monthOf({ least: 1, expected: 2, most: 3 }, 30)).toEqual({ least: 1, expected: 2, most: 3 })
})
