/** The waterfall as rows of a report, with bars that stay in the picture. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { functionTrace } from '../../../src/core/trace/function-trace.js'
import { waterfallSection } from '../../../src/core/trace/waterfall-section.js'
import { type Fields, ORDERS, olderForm, ran, service, timed, traceOf } from './documents.js'

const of = (...documents: Fields[]) => waterfallSection(functionTrace(traceOf(...documents), ORDERS), 'orders')

test('a row for each span, a bar for each row', () => {
  const section = waterfallSection(functionTrace(olderForm(), ORDERS), 'orders')
  expect(section.title).toBe('orders')
  expect(section.columns).toEqual(['SPAN', 'START', 'DURATION', 'NOTE'])
  expect(section.rows).toEqual([
    ['AWS::Lambda', '0 ms', '400 ms', { text: '', tone: 'warn' }],
    ['  AWS::Lambda::Function', '50 ms', '345 ms', { text: '', tone: 'warn' }],
    ['    Initialization', '60 ms', '200 ms', { text: 'cold start', tone: 'warn' }],
    ['    Invocation', '260 ms', '110 ms', { text: '', tone: 'warn' }],
    ['      DynamoDB', '280 ms', '20 ms', { text: '', tone: 'warn' }],
    ['      api.example.com', '310 ms', '40 ms', { text: 'error, status 404', tone: 'warn' }],
    ['    Overhead', '370 ms', '20 ms', { text: '', tone: 'warn' }],
  ])
  expect(section.timeline).toEqual({
    totalMs: 400,
    bars: [
      { startMs: 0, lengthMs: 400, tone: 'dim' },
      { startMs: 50, lengthMs: 345, tone: 'strong' },
      { startMs: 60, lengthMs: 200, tone: 'warn' },
      { startMs: 260, lengthMs: 110, tone: 'good' },
      { startMs: 280, lengthMs: 20, tone: 'plain' },
      { startMs: 310, lengthMs: 40, tone: 'warn' },
      { startMs: 370, lengthMs: 20, tone: 'dim' },
    ],
  })
})

test('what failed is bad, in its bar and in its note', () => {
  const section = of(service(0, 10), ran(1, 9, { fault: true, error: true }))
  expect(section.rows[1]?.[3]).toEqual({ text: 'fault, error', tone: 'bad' })
  expect(section.timeline?.bars[1]?.tone).toBe('bad')
})

test('what goes on has no length, and its bar reaches the edge', () => {
  const section = of(service(0, 100), ran(60, undefined))
  expect(section.rows[1]).toEqual(['  AWS::Lambda::Function', '60 ms', '', { text: 'in progress', tone: 'warn' }])
  expect(section.timeline?.bars[1]).toMatchObject({ startMs: 60, lengthMs: 40 })
})

test('an overlong name is cut, so that bars have room', () => {
  const subsegments = [
    timed('a', 'x'.repeat(60), 2, 3),
    timed('b', 'y'.repeat(28), 3, 4),
    timed('c', 'z'.repeat(29), 4, 5),
  ]
  const section = of(service(0, 10), ran(1, 9, { subsegments }))
  expect(section.rows.slice(2).map(([name]) => name)).toEqual([
    `    ${'x'.repeat(27)}…`,
    `    ${'y'.repeat(28)}`,
    `    ${'z'.repeat(27)}…`,
  ])
})

test('rows that are nested deep stand no further to the right than others', () => {
  let nested: Fields = timed('deep', 'innermost', 1, 2)
  for (let level = 0; level < 20; level++) nested = timed(`l${level}`, 'level', 1, 2, { subsegments: [nested] })
  const [name] = of(service(0, 10), ran(1, 9, { subsegments: [nested] })).rows.at(-1) ?? []
  expect(name).toBe(`${' '.repeat(12)}innermost`)
})

test('nothing known: no rows', () => {
  expect(of()).toMatchObject({ rows: [], timeline: { totalMs: 0, bars: [] } })
})

test('no bar leaves the picture, whatever the clocks say', () => {
  const time = fc.integer({ min: -5_000, max: 5_000 })
  const end = fc.option(time, { nil: undefined })
  fc.assert(
    fc.property(time, end, time, end, time, end, (a, b, c, d, e, f) => {
      const inner = timed('x', 'Init', e, f)
      const { rows, timeline } = of(service(a, b), ran(c, d, { subsegments: [inner] }))
      expect(timeline?.bars).toHaveLength(rows.length)
      for (const { startMs, lengthMs } of timeline?.bars ?? []) {
        expect(startMs).toBeGreaterThanOrEqual(0)
        expect(lengthMs).toBeGreaterThanOrEqual(0)
        expect(startMs + lengthMs).toBeLessThanOrEqual((timeline?.totalMs ?? 0) + 1e-6)
      }
    }),
  )
})
