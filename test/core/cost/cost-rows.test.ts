/** What each function costs now and with tracing on: only what is recorded costs, and what is not known is no zero. */
import { describe, expect, test } from 'vitest'
import { type CountedFunction, costsOf } from '../../../src/core/cost/cost-rows.js'
import type { Bounds } from '../../../src/core/cost/sampling.js'
import { fn, NO, UNSURE, YES } from '../build-observation.js'

const PRICE = { perMillion: 10, freeTraces: 0 }
const MILLION: Bounds = { least: 500_000, expected: 1_000_000, most: 2_000_000 }
const NOTHING: Bounds = { least: 0, expected: 0, most: 0 }

function called(name: string, more: Partial<CountedFunction> = {}): CountedFunction {
  return { fn: fn(name), counted: { invocations: 3_000_000, traces: MILLION }, ...more }
}

const active = (name: string, more: Partial<CountedFunction> = {}) =>
  called(name, { fn: fn(name, { mode: 'Active' }), permission: YES, ...more })

const costs = (functions: CountedFunction[], days = 30, price = PRICE) => costsOf(functions, days, price)
const now = (one: CountedFunction) => costs([one]).rows[0]?.now?.traces
const on = (one: CountedFunction) => costs([one]).rows[0]?.after?.traces

describe('now', () => {
  test('an active function whose role may write records', () => expect(now(active('a'))).toEqual(MILLION))
  test('one that is off records nothing', () => expect(now(called('a'))).toEqual(NOTHING))
  test('one whose role may not write records nothing', () =>
    expect(now(active('a', { permission: NO }))).toEqual(NOTHING))
  test('one whose role is not known may record nothing, or all', () =>
    expect(now(active('a', { permission: UNSURE }))).toEqual({ least: 0, expected: 0, most: 2_000_000 }))
  test('one that X-Ray cannot trace records nothing', () =>
    expect(now(active('a', { unsupported: 'event source Amazon MSK' }))).toEqual(NOTHING))
})

describe('after', () => {
  test.each([
    ['off', called('a')],
    ['blind', active('a', { permission: NO })],
    ['unknown', active('a', { permission: UNSURE })],
    ['traced', active('a')],
  ])('a function that was %s records', (_, one) => expect(on(one)).toEqual(MILLION))
  test('one that X-Ray cannot trace records nothing', () =>
    expect(on(called('a', { unsupported: 'event source Amazon MSK' }))).toEqual(NOTHING))
})

test('a row says what the function is, and what is known of its role', () => {
  expect(costs([active('a', { unsupported: 'because' }), called('b')]).rows).toEqual([
    {
      arn: 'arn:aws:lambda:us-east-1:111122223333:function:b',
      name: 'b',
      account: '111122223333',
      region: 'us-east-1',
      mode: 'PassThrough',
      permission: null,
      invocations: 3_000_000,
      now: { traces: NOTHING, dollars: NOTHING },
      after: { traces: MILLION, dollars: { least: 5, expected: 10, most: 20 } },
    },
    expect.objectContaining({ name: 'a', mode: 'Active', permission: YES, unsupported: 'because' }),
  ])
})

test('the total is of all, for a month, with the invocations of the days that were read', () => {
  const { total } = costs([active('a'), called('b')], 15)
  expect(total).toEqual({
    invocations: 6_000_000,
    now: {
      traces: { least: 1_000_000, expected: 2_000_000, most: 4_000_000 },
      dollars: { least: 10, expected: 20, most: 40 },
    },
    after: {
      traces: { least: 2_000_000, expected: 4_000_000, most: 8_000_000 },
      dollars: { least: 20, expected: 40, most: 80 },
    },
    difference: { traces: 2_000_000, dollars: 20 },
  })
})

test('what is free is taken off once, and shared by what each records', () => {
  const small = { counted: { invocations: 1, traces: { least: 250_000, expected: 250_000, most: 250_000 } } }
  const { rows, total } = costs([active('a'), active('b', small)], 30, { perMillion: 8, freeTraces: 250_000 })
  expect(total.now.dollars.expected).toBe(8)
  expect(rows.map(({ now }) => now?.dollars.expected)).toEqual([6.4, 1.6])
})

test('the most expensive come first, then by calls and name; without calls last, and what is not known behind them', () => {
  const uses = (expected: number, invocations = 1) => ({
    counted: { invocations, traces: { least: expected, expected, most: expected } },
  })
  const unknown = { fn: fn('unknown') }
  const functions = [
    unknown,
    called('idle-b', uses(0, 0)),
    called('idle-a', uses(0, 0)),
    called('little', uses(10)),
    called('kafka', { ...uses(99, 7), unsupported: 'because' }),
    active('much', uses(1000)),
  ]
  const names = ({ rows }: ReturnType<typeof costs>) => rows.map(({ name }) => name)
  const order = ['much', 'little', 'kafka', 'idle-a', 'idle-b', 'unknown']
  expect(names(costs(functions))).toEqual(order)
  expect(names(costs(functions.toReversed()))).toEqual(order)
  expect(names(costs(functions, 30, { perMillion: 10, freeTraces: 1e6 })), 'where all is free').toEqual(order)
})

test('what CloudWatch did not tell is null, and in no total', () => {
  const { rows, total } = costs([{ fn: fn('a') }])
  expect(rows).toMatchObject([{ name: 'a', invocations: null, now: null, after: null }])
  expect(total).toMatchObject({ invocations: 0, after: { dollars: NOTHING } })
})

test('figures have no digits that mean nothing', () => {
  const third = { least: 1 / 3, expected: 0.1 + 0.2, most: 100_000 / 3 }
  const [row] = costs([called('a', { counted: { invocations: 1, traces: third } })]).rows
  expect(row?.after).toEqual({
    traces: { least: 0.33, expected: 0.3, most: 33_333.33 },
    dollars: { least: 0.00000333, expected: 0.000003, most: 0.33333333 },
  })
})
