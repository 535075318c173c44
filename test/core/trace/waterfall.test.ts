/** Rows in drawing order, their number bounded, on a scale that wrong clocks cannot spoil. */
import { describe, expect, test } from 'vitest'
import { functionTrace } from '../../../src/core/trace/function-trace.js'
import type { Span } from '../../../src/core/trace/span.js'
import { type Fields, newerForm, ORDERS, olderForm, ran, service, timed, traceOf } from './documents.js'

const of = (...documents: Fields[]) => functionTrace(traceOf(...documents), ORDERS)
const rows = (spans: Span[]) =>
  spans.map(({ kind, label, depth, startMs, durationMs }) => [kind, label, depth, startMs, durationMs])
const calls = (count: number, from = 60) =>
  Array.from({ length: count }, (_, n) => timed(`c${n}`, `call ${n}`, from + n, from + n + 1))

test('the older form: what encloses, then what is inside, the earliest first', () => {
  expect(rows(functionTrace(olderForm(), ORDERS).spans)).toEqual([
    ['service', 'AWS::Lambda', 0, 0, 400],
    ['function', 'AWS::Lambda::Function', 1, 50, 345],
    ['initialization', 'Initialization', 2, 60, 200],
    ['invocation', 'Invocation', 2, 260, 110],
    ['call', 'DynamoDB', 3, 280, 20],
    ['call', 'api.example.com', 3, 310, 40],
    ['overhead', 'Overhead', 2, 370, 20],
  ])
})

test('the newer form: what is only annotated follows the Init, one after the other', () => {
  expect(rows(functionTrace(newerForm(), ORDERS).spans)).toEqual([
    ['service', 'AWS::Lambda', 0, 0, 400],
    ['function', 'AWS::Lambda::Function', 1, 50, 345],
    ['initialization', 'Init', 2, 50, 200],
    ['invocation', 'Invocation', 2, 250, 145],
    ['responseLatency', 'responseLatency', 2, 250, 100],
    ['call', 'DynamoDB', 2, 280, 20],
    ['responseDuration', 'responseDuration', 2, 350, 20],
    ['runtimeOverhead', 'runtimeOverhead', 2, 370, 5.5],
    ['extensionOverhead', 'extensionOverhead', 2, 375.5, 10],
  ])
})

test('without the service segment the function stands at the edge, and the scale is its own', () => {
  const trace = of(ran(50, 395, { subsegments: [timed('a2', 'Invocation', 60, 390)] }))
  expect(trace.totalMs).toBe(345)
  expect(rows(trace.spans)).toEqual([
    ['function', 'AWS::Lambda::Function', 0, 0, 345],
    ['invocation', 'Invocation', 1, 10, 330],
  ])
})

test('calls inside of others come in their order, and are calls whatever their names', () => {
  const inner = [
    timed('c', 'Dwell Time', 80, 90),
    timed('b', 'Attempt to pay', 70, 75),
    timed('d', 'Invocation', 95, 96),
  ]
  const subsegments = [timed('a', 'constructor', 60, 100, { subsegments: inner })]
  expect(rows(of(service(0, 400), ran(50, 395, { subsegments })).spans).slice(2)).toEqual([
    ['call', 'constructor', 2, 60, 40],
    ['call', 'Attempt to pay', 3, 70, 5],
    ['call', 'Dwell Time', 3, 80, 10],
    ['call', 'Invocation', 3, 95, 1],
  ])
})

describe('remarks', () => {
  const notes = (...documents: Fields[]) =>
    Object.fromEntries(of(...documents).spans.map((span) => [span.label, span.notes]))

  test('say what is out of the ordinary', () => {
    const failed = timed('b', 'db', 60, 70, { fault: true, throttle: true, http: { response: { status: 503 } } })
    const fine = timed('c', 'queue', 70, undefined, { http: { response: { status: 204 } } })
    expect(notes(service(0, 100, { error: true }), ran(50, 95, { subsegments: [failed, fine] }))).toEqual({
      'AWS::Lambda': ['error'],
      'AWS::Lambda::Function': [],
      db: ['fault', 'throttled', 'status 503'],
      queue: ['in progress'],
    })
  })

  test('mark cold starts, and what was prepared', () => {
    const start = (name: string, from: number) =>
      notes(
        service(0, 100),
        ran(20, 95, { subsegments: [timed('a', name, from, from + 15), timed('b', 'Invocation', 40, 90)] }),
      )[name]
    expect(start('Initialization', 20)).toEqual(['cold start'])
    expect(start('Init', 20)).toEqual(['cold start'])
    expect(start('Restore', 20)).toEqual(['cold start'])
    expect(start('Initialization', -5_000)).toEqual(['prepared'])
  })
})

describe('many rows', () => {
  test('thirty calls are drawn, of the others it is said how many and when', () => {
    const { spans } = of(service(0, 400), ran(50, 395, { subsegments: calls(45) }))
    expect(spans).toHaveLength(2 + 30 + 1)
    expect(spans[31]?.label).toBe('call 29')
    expect(spans.at(-1)).toMatchObject({ kind: 'calls', label: 'and 15 more', depth: 2, startMs: 90, durationMs: 15 })
  })

  test('thirty are all drawn', () => {
    expect(of(service(0, 400), ran(50, 395, { subsegments: calls(30) })).spans.map(({ kind }) => kind)).not.toContain(
      'calls',
    )
  })

  test('what is inside of those left out counts too', () => {
    const [first = {}, ...others] = calls(31).reverse()
    const subsegments = [
      ...others,
      { ...first, subsegments: calls(2, 90).map((one) => ({ ...one, id: `in ${one.id}` })) },
    ]
    expect(of(service(0, 400), ran(50, 395, { subsegments })).spans.at(-1)?.label).toBe('and 3 more')
  })

  test('phases are drawn however many calls come before', () => {
    const subsegments = [...calls(100), timed('a3', 'Overhead', 300, 390)]
    const { spans } = of(
      service(0, 400, { subsegments: calls(100, 0).map((one) => ({ ...one, id: `s${one.id}` })) }),
      ran(50, 395, { subsegments }),
    )
    expect(spans.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['service', 'function', 'overhead', 'calls']))
    expect(spans).toHaveLength(1 + 31 + 1 + 30 + 1 + 1)
  })
})

describe('clocks that disagree', () => {
  test.each([
    ['the function begins before the service', service(0, 400), ran(-50, 300)],
    ['the function begins after the service has ended', service(0, 400), ran(3_600_000, 3_600_300)],
    [
      'a phase begins before the function',
      service(0, 400),
      ran(100, 300, { subsegments: [timed('a', 'Invocation', 50, 300)] }),
    ],
    [
      'a phase ends after the function',
      service(0, 400),
      ran(100, 300, { subsegments: [timed('a', 'Overhead', 290, 320)] }),
    ],
    [
      'a call begins after its function has ended',
      service(0, 400),
      ran(100, 300, { subsegments: [timed('a', 'db', 350, undefined)] }),
    ],
    ['an end comes before its start', service(0, 400), ran(100, 99)],
  ])('%s: it is said', (_, one, other) => {
    expect(of(one, other)).toMatchObject({ skewed: true, missing: [] })
  })

  test.each([
    ['a few milliseconds', service(0, 400), ran(-5, 405, { subsegments: [timed('a', 'Invocation', -10, 412)] })],
    ['an extension goes on when the caller has its answer', service(0, 400), ran(10, 2_400)],
    [
      'an initialization begins before its function segment',
      service(0, 400),
      ran(300, 390, { subsegments: [timed('a', 'Init', 10, 300)] }),
    ],
    ['what was only accepted runs later', service(0, 10, { http: { response: { status: 202 } } }), ran(500, 800)],
    [
      'annotations that come to more than the segment',
      service(0, 400),
      ran(10, 390, { annotations: { 'aws.responseLatency': 500 } }),
    ],
  ])('%s: nothing is wrong', (_, one, other) => {
    expect(of(one, other).skewed).toBe(false)
  })

  test('no length is below nothing', () => {
    const trace = of(service(0, 400), ran(100, 90, { subsegments: [timed('a', 'Invocation', 60, 50)] }))
    expect(trace.phases).toEqual({ invocation: 0 })
    expect(trace.spans.map(({ durationMs }) => durationMs)).toEqual([400, 0, 0])
  })

  test('the scale stays that of the service', () => {
    expect(of(service(0, 400), ran(3_600_000, 3_600_300)).totalMs).toBe(400)
    expect(of(service(0, 400), ran(-3_600_000, -3_599_700)).totalMs).toBe(400)
    expect(of(service(0, 400), ran(-3_600_000, 9_000)).totalMs).toBe(400)
  })
})

describe('the scale', () => {
  test('reaches to the end of whichever segment ends last', () => {
    expect(of(service(0, 400), ran(10, 2_400)).totalMs).toBe(2_400)
    expect(of(service(0, 400), ran(10, 390)).totalMs).toBe(400)
  })

  test('reaches to the last thing known while the invocation goes on', () => {
    const subsegments = [timed('a', 'db', 60, 140), timed('b', 'queue', 150, undefined)]
    expect(of(service(0, undefined), ran(50, undefined, { subsegments })).totalMs).toBe(150)
    expect(of(service(0, undefined)).totalMs).toBe(0)
  })
})
