/** Percentiles, exact over few values and within 1 % over many. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { functionTrace } from '../../../src/core/trace/function-trace.js'
import { millisecondsText } from '../../../src/core/trace/milliseconds.js'
import { percentile } from '../../../src/core/trace/percentile.js'
import { phaseStatistics } from '../../../src/core/trace/phase-statistics.js'
import { SummaryTally } from '../../../src/core/trace/summary-tally.js'
import type { TraceSummary } from '../../../src/core/trace/trace.js'
import { newerForm, ORDERS, ran, service, timed, traceOf } from './documents.js'

describe('nearest rank', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index)

  test.each([
    [[], 0.5, undefined],
    [[7], 0.5, 7],
    [[7], 0.95, 7],
    [[3, 1], 0.5, 1],
    [[3, 1, 2], 0.5, 2],
    [[10, 9], 0.95, 10],
    [hundred, 0.5, 50],
    [hundred, 0.95, 95],
    [hundred, 0, 1],
    [hundred, 1, 100],
  ])('%j at %d is %s', (values, share, expected) => {
    expect(percentile(values, share)).toBe(expected)
  })

  test('it is one of the values, and that share of them is not above it', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer(), { minLength: 1 }),
        fc.double({ min: 0.01, max: 1, noNaN: true }),
        (values, share) => {
          const found = percentile(values, share) ?? Number.NaN
          expect(values).toContain(found)
          expect(values.filter((value) => value <= found).length).toBeGreaterThanOrEqual(share * values.length - 1e-9)
          expect(values.filter((value) => value < found).length).toBeLessThan(share * values.length + 1e-9)
        },
      ),
    )
  })

  test('the values keep their order', () => {
    const values = [3, 1, 2]
    percentile(values, 0.5)
    expect(values).toEqual([3, 1, 2])
  })
})

describe('phases', () => {
  const warm = (ms: number) =>
    functionTrace(
      traceOf(service(0, ms + 9), ran(2, ms + 4, { subsegments: [timed('a', 'Invocation', 3, 3 + ms)] })),
      ORDERS,
    )
  const prepared = functionTrace(
    traceOf(
      service(0, 90),
      ran(2, 88, { subsegments: [timed('a', 'Init', -60_000, 2), timed('b', 'Invocation', 3, 53)] }),
    ),
    ORDERS,
  )

  test('those that any trace tells of, in their order, with how many tell', () => {
    expect(phaseStatistics([warm(10), warm(30), functionTrace(newerForm(), ORDERS), warm(20)])).toEqual({
      traces: 4,
      coldStarts: 1,
      prepared: 0,
      phases: [
        { phase: 'initialization', count: 1, p50: 200, p95: 200 },
        { phase: 'invocation', count: 4, p50: 20, p95: 145 },
        { phase: 'responseLatency', count: 1, p50: 100, p95: 100 },
        { phase: 'responseDuration', count: 1, p50: 20, p95: 20 },
        { phase: 'runtimeOverhead', count: 1, p50: 5.5, p95: 5.5 },
        { phase: 'extensionOverhead', count: 1, p50: 10, p95: 10 },
      ],
    })
  })

  test('an initialization that nobody waited for is not among the times', () => {
    expect(phaseStatistics([prepared, warm(10)])).toEqual({
      traces: 2,
      coldStarts: 0,
      prepared: 1,
      phases: [{ phase: 'invocation', count: 2, p50: 10, p95: 50 }],
    })
  })

  test('of no traces there are none', () => {
    expect(phaseStatistics([])).toEqual({ traces: 0, coldStarts: 0, prepared: 0, phases: [] })
  })
})

const summary = (duration: number | undefined, more: Partial<TraceSummary> = {}): TraceSummary => ({
  id: '1-6553f100-0123456789abcdef01234567',
  startedAt: 0,
  fault: false,
  error: false,
  throttle: false,
  ...(duration !== undefined && { duration }),
  ...more,
})

function tally(summaries: Iterable<TraceSummary>): SummaryTally {
  const all = new SummaryTally()
  for (const one of summaries) all.add(one)
  return all
}

describe('summaries', () => {
  test('are counted by what they came to', () => {
    const all = [
      summary(1, { fault: true, error: true }),
      summary(1, { throttle: true }),
      summary(1, { error: true }),
      summary(1),
    ]
    expect(tally(all).statistics).toMatchObject({ traces: 4, faults: 1, errors: 2, throttles: 1 })
  })

  test('without an end they have no duration', () => {
    expect(tally([summary(undefined)]).statistics).toEqual({ traces: 1, faults: 0, errors: 0, throttles: 0 })
    expect(tally([]).statistics).toEqual({ traces: 0, faults: 0, errors: 0, throttles: 0 })
  })

  test('p50 and p95 are at most 1 % from the exact ones, in milliseconds', () => {
    const duration = fc.double({ min: 0.00002, max: 900, noNaN: true })
    fc.assert(
      fc.property(fc.array(duration, { minLength: 1, maxLength: 300 }), (durations) => {
        const { p50 = 0, p95 = 0 } = tally(durations.map((one) => summary(one))).statistics
        for (const [found, share] of [
          [p50, 0.5],
          [p95, 0.95],
        ] as const) {
          const exact = (percentile(durations, share) ?? 0) * 1_000
          expect(Math.abs(found / exact - 1)).toBeLessThan(0.01)
        }
      }),
    )
  })

  test('the order does not matter', () => {
    const durations = [0.2, 5, 0.001, 0.2, 30]
    const forth = tally(durations.map((one) => summary(one)))
    expect(tally(durations.toReversed().map((one) => summary(one))).statistics).toEqual(forth.statistics)
  })

  test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY, 1e300])('a duration of %d does no harm', (odd) => {
    const { p50 = 1 } = tally([summary(odd)]).statistics
    expect(p50).toBeGreaterThan(0)
    expect(p50).toBeLessThan(31 * 24 * 3_600_000)
  })

  test('two hundred thousand are counted one by one as they come', () => {
    const all = tally(
      (function* () {
        for (let index = 0; index < 200_000; index++) yield summary(((index * 7_919) % 1_000) / 100 + 0.01)
      })(),
    )
    expect(all.statistics.traces).toBe(200_000)
    expect(Math.abs((all.statistics.p95 ?? 0) / 9_500 - 1)).toBeLessThan(0.011)
  })
})

test.each([
  [0, '0 ms'],
  [0.04, '0 ms'],
  [-0.04, '0 ms'],
  [0.36, '0.4 ms'],
  [9.94, '9.9 ms'],
  [9.96, '10 ms'],
  [12.5, '13 ms'],
  [999.4, '999 ms'],
  [1_234.5, '1,235 ms'],
  [1_234_567, '1,234,567 ms'],
  [-600_000, '-600,000 ms'],
])('%d is written %s', (ms, text) => {
  expect(millisecondsText(ms)).toBe(text)
})
