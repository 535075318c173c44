/** What traces say of one function, in every form that Lambda sends. */
import { describe, expect, test } from 'vitest'
import { functionTrace } from '../../../src/core/trace/function-trace.js'
import { ARN, newerForm, ORDERS, olderForm, ran, service, T0, timed, traceOf } from './documents.js'

const of = (...documents: Parameters<typeof traceOf>) => functionTrace(traceOf(...documents), ORDERS)

describe('the older form', () => {
  test('phases are subsegments', () => {
    expect(functionTrace(olderForm(), ORDERS)).toMatchObject({
      id: '1-6553f100-0123456789abcdef01234567',
      missing: [],
      invocations: 1,
      form: 'phases',
      phases: { initialization: 200, invocation: 110, overhead: 20 },
      coldStart: true,
      prepared: false,
      requestId: '0a1b2c3d-0000-1111-2222-333344445555',
      startedAt: T0 * 1_000,
      durationMs: 400,
      inProgress: false,
      fault: false,
      error: false,
      throttle: false,
      skewed: false,
      unreadable: 0,
    })
  })

  test('warm: no initialization', () => {
    const phases = [timed('a2', 'Invocation', 2, 30), timed('a3', 'Overhead', 30, 31)]
    expect(of(service(0, 35), ran(2, 32, { subsegments: phases }))).toMatchObject({
      form: 'phases',
      phases: { invocation: 28, overhead: 1 },
      coldStart: false,
    })
  })

  test('a cold start begins before the function segment, and the clocks are right', () => {
    const phases = [timed('a1', 'Initialization', 20, 220), timed('a2', 'Invocation', 222, 250)]
    expect(of(service(0, 260), ran(221, 251, { subsegments: phases }))).toMatchObject({
      coldStart: true,
      prepared: false,
      skewed: false,
    })
  })

  test('SnapStart restores instead of initializing', () => {
    const phases = [timed('a1', 'Restore', 10, 160), timed('a2', 'Invocation', 160, 200)]
    expect(of(service(0, 210), ran(10, 205, { subsegments: phases }))).toMatchObject({
      form: 'phases',
      phases: { restore: 150, invocation: 40 },
      coldStart: true,
    })
  })
})

describe('the newer form', () => {
  test('an Init, and annotations; the invocation is the segment less the Init', () => {
    expect(functionTrace(newerForm(), ORDERS)).toMatchObject({
      form: 'annotations',
      phases: {
        initialization: 200,
        invocation: 145,
        responseLatency: 100,
        responseDuration: 20,
        runtimeOverhead: 5.5,
        extensionOverhead: 10,
      },
      coldStart: true,
    })
  })

  test('warm: annotations only', () => {
    const annotations = { 'aws.responseLatency': 20, 'aws.runtimeOverhead': '1' }
    const trace = of(service(0, 35), ran(2, 32, { annotations }))
    expect(trace).toMatchObject({ form: 'annotations', coldStart: false })
    expect(trace.phases).toEqual({ invocation: 30, responseLatency: 20, runtimeOverhead: 1 })
  })

  test('with SnapStart', () => {
    const annotations = { aws: { responseLatency: 20 } }
    const trace = of(service(0, 250), ran(10, 240, { annotations, subsegments: [timed('a1', 'Restore', 10, 160)] }))
    expect(trace).toMatchObject({ form: 'annotations', coldStart: true })
    expect(trace.phases).toEqual({ restore: 150, invocation: 80, responseLatency: 20 })
  })

  test('only so much of the Init as lies in the segment is taken from it', () => {
    const init = (from: number, to: number) => [timed('a1', 'Init', from, to)]
    expect(of(service(0, 300), ran(200, 260, { subsegments: init(20, 200) })).phases.invocation).toBe(60)
    expect(of(service(0, 300), ran(100, 260, { subsegments: init(20, 130) })).phases.invocation).toBe(130)
  })

  test('nothing else is taken from it', () => {
    const annotations = { 'aws.responseLatency': 20 }
    const phases = (part: ReturnType<typeof timed>) =>
      of(service(0, 400), ran(100, 300, { annotations, subsegments: [part] })).phases
    expect(phases(timed('a3', 'Overhead', 280, 300))).toEqual({ invocation: 200, overhead: 20, responseLatency: 20 })
    expect(phases(timed('a1', 'Init', 600, 700))).toEqual({ initialization: 100, invocation: 200, responseLatency: 20 })
  })

  test('in progress: no invocation yet', () => {
    const trace = of(service(0, undefined), ran(2, undefined, { subsegments: [timed('a1', 'Init', 2, 50)] }))
    expect(trace).toMatchObject({ form: 'annotations', inProgress: true, coldStart: true })
    expect(trace.phases).toEqual({ initialization: 48 })
    expect(trace).not.toHaveProperty('durationMs')
  })

  test('what the user wrote inside does not make it the newer form', () => {
    const trace = of(
      service(0, 400),
      ran(50, 395, {
        subsegments: [timed('a2', 'Invocation', 60, 390, { subsegments: [timed('b', 'Init', 70, 80)] })],
      }),
    )
    expect(trace).toMatchObject({ form: 'phases', coldStart: false, phases: { invocation: 330 } })
  })
})

describe('provisioned concurrency', () => {
  const provisioned = (from: number, to: number) =>
    of(
      service(0, 90),
      ran(2, 88, { subsegments: [timed('a1', 'Initialization', from, to), timed('a2', 'Invocation', 3, 80)] }),
    )

  test('initialized long before: nobody waited', () => {
    expect(provisioned(-600_000, -599_500)).toMatchObject({ coldStart: false, prepared: true, skewed: false })
  })

  test('the time until the first invocation counts as initialization: longer than the request', () => {
    expect(provisioned(-600_000, 2)).toMatchObject({
      coldStart: false,
      prepared: true,
      phases: { initialization: 600_002 },
      totalMs: 90,
    })
  })

  test('known without the service segment too, and not on the scale', () => {
    const phases = [timed('a1', 'Initialization', -600_000, -599_000), timed('a2', 'Invocation', 3, 80)]
    expect(of(ran(2, 88, { subsegments: phases }))).toMatchObject({ prepared: true, totalMs: 86 })
  })

  test('the newer form says it the same way', () => {
    const subsegments = [timed('a1', 'Init', -600_000, 2)]
    const trace = of(service(0, 90), ran(2, 88, { subsegments, annotations: { 'aws.responseLatency': 60 } }))
    expect(trace).toMatchObject({ coldStart: false, prepared: true, phases: { invocation: 86 } })
  })

  test('a cold start just before the invocation is none of it, with or without the service segment', () => {
    expect(provisioned(2, 3)).toMatchObject({ coldStart: true, prepared: false })
    const alone = [timed('a1', 'Initialization', -1_200, 2), timed('a2', 'Invocation', 3, 80)]
    expect(of(ran(2, 88, { subsegments: alone }))).toMatchObject({ coldStart: true, prepared: false, totalMs: 1_288 })
  })
})

describe('missing segments', () => {
  test('the function segment', () => {
    const trace = of(service(0, 400))
    expect(trace).toMatchObject({ missing: ['function'], invocations: 1, durationMs: 400, phases: {} })
    expect(trace).not.toHaveProperty('form')
  })

  test('the service segment: the function tells of itself', () => {
    expect(of(ran(50, 395))).toMatchObject({
      missing: ['service'],
      startedAt: T0 * 1_000 + 50,
      durationMs: 345,
    })
  })

  test('both', () => {
    const trace = of(timed('x', 'gateway', 0, 10, { origin: 'AWS::ApiGateway::Stage' }))
    expect(trace).toMatchObject({ missing: ['service', 'function'], invocations: 0, spans: [], totalMs: 0 })
    expect(trace).not.toHaveProperty('startedAt')
    expect(of()).toMatchObject({ missing: ['service', 'function'] })
  })

  test('the one that joins the two: they are joined all the same', () => {
    expect(of(service(0, 400), ran(50, 395, { parent_id: 'lost' }))).toMatchObject({ missing: [], invocations: 1 })
    expect(of(service(0, 400), ran(50, 395, { parent_id: undefined }))).toMatchObject({ missing: [] })
  })

  test('not where a known segment of another function stands above it', () => {
    const caller = ran(0, 500, { id: 'ca11e1', name: 'caller', aws: {}, resource_arn: `${ARN}-caller` })
    const trace = of(caller, service(600, 700, { id: 'other' }), ran(50, 395, { parent_id: 'ca11e1' }))
    expect(trace).toMatchObject({ invocations: 2, missing: ['function'] })
  })
})

describe('one function among others', () => {
  const called = (arn: string | undefined, name = 'payments') => [
    service(100, 200, { id: 's2', parent_id: 'b1', name, resource_arn: arn }),
    ran(110, 190, { id: 'f2', parent_id: 's2', name, aws: arn ? { function_arn: arn } : {}, fault: true }),
  ]

  test('another function that it calls is neither told of nor drawn', () => {
    const trace = functionTrace(
      {
        ...olderForm(),
        documents: [...olderForm().documents, ...called(`${ARN}-payments`).map((one) => JSON.stringify(one))],
      },
      ORDERS,
    )
    expect(trace).toMatchObject({ invocations: 1, fault: false, durationMs: 400 })
    expect(trace.spans).toEqual(functionTrace(olderForm(), ORDERS).spans)
  })

  test('a namesake of another account or region is told apart by its ARN', () => {
    const elsewhere = ARN.replace('us-east-1', 'eu-west-1')
    const trace = of(...called(elsewhere, 'orders'))
    expect(trace.invocations).toBe(0)
    expect(functionTrace(traceOf(...called(elsewhere, 'orders')), { name: 'orders', arn: elsewhere }).invocations).toBe(
      1,
    )
  })

  test('an ARN that only the function segment has decides too', () => {
    const [serviceSegment = {}, functionSegment = {}] = called(`${ARN}-payments`, 'orders')
    expect(of({ ...serviceSegment, resource_arn: undefined }, functionSegment).invocations).toBe(0)
    expect(of(serviceSegment, { ...functionSegment, aws: {} }).invocations).toBe(0)
  })

  test('without any ARN the name decides', () => {
    expect(of(...called(undefined, 'orders')).missing).toEqual([])
    expect(of(...called(undefined, 'payments')).invocations).toBe(0)
    expect(of(...called('arn:aws:states:us-east-1:1:execution:x', 'orders')).missing).toEqual([])
  })

  test.each([`${ARN}:live`, `${ARN}:7`, `${ARN}:$LATEST`])('%s is the function, on either side', (qualified) => {
    expect(of(...called(qualified, 'whatever')).missing).toEqual([])
    expect(functionTrace(olderForm(), { name: 'orders', arn: qualified }).missing).toEqual([])
  })

  test('called twice: the newest invocation that is whole', () => {
    const later = [service(1_000, 1_300, { id: 's2' }), ran(1_010, 1_290, { id: 'f2', parent_id: 's2', error: true })]
    expect(of(...later, service(0, 400), ran(50, 395))).toMatchObject({
      invocations: 2,
      durationMs: 300,
      error: true,
      startedAt: T0 * 1_000 + 1_000,
    })
    expect(of(...later.slice(0, 1), service(0, 400), ran(50, 395))).toMatchObject({
      invocations: 2,
      missing: [],
      durationMs: 400,
    })
  })

  test('retries of an asynchronous invocation: each attempt has a function segment, the newest is told of', () => {
    const attempts = [
      timed('d1', 'Dwell Time', 0, 150),
      timed('t1', 'Attempt #1', 150, 1_200, { fault: true }),
      timed('t2', 'Attempt #2', 61_000, 61_300),
    ]
    const trace = of(
      service(0, 61_310, { http: { response: { status: 202 } }, subsegments: attempts }),
      ran(61_010, 61_290, { id: 'f2', parent_id: 't2', subsegments: [timed('a2', 'Invocation', 61_020, 61_280)] }),
      ran(160, 1_190, { id: 'f1', parent_id: 't1', fault: true }),
    )
    expect(trace).toMatchObject({
      missing: [],
      invocations: 2,
      fault: false,
      phases: { invocation: 260 },
      skewed: false,
    })
    expect(trace.spans.map(({ kind, label, depth }) => [kind, label, depth])).toEqual([
      ['service', 'AWS::Lambda', 0],
      ['queue', 'Dwell Time', 1],
      ['attempt', 'Attempt #1', 1],
      ['attempt', 'Attempt #2', 1],
      ['function', 'AWS::Lambda::Function', 1],
      ['invocation', 'Invocation', 2],
    ])
  })
})

describe('outcomes', () => {
  test.each([
    ['fault', service(0, 10, { fault: true }), ran(1, 9)],
    ['fault', service(0, 10), ran(1, 9, { fault: true })],
    ['error', service(0, 10, { error: true }), ran(1, 9)],
    ['throttle', service(0, 10, { throttle: true }), ran(1, 9)],
    ['throttle', service(0, 10, { http: { response: { status: 429 } } }), ran(1, 9)],
  ])('%s', (flag, one, other) => {
    const none = { fault: false, error: false, throttle: false }
    expect(of(one, other)).toMatchObject({ ...none, [flag]: true })
  })

  test('what a downstream call came to is its own', () => {
    expect(functionTrace(olderForm(), ORDERS).error).toBe(false)
  })
})

test("the id of the request is the function's own, where it has one", () => {
  expect(of(service(0, 10), ran(1, 9, { aws: { function_arn: ARN, request_id: 'own' } })).requestId).toBe('own')
  expect(of(ran(1, 9))).not.toHaveProperty('requestId')
})

describe('documents', () => {
  test('subsegments that come by themselves are as those inside', () => {
    const [outer = '', inner = ''] = olderForm().documents
    const { subsegments, ...segment } = JSON.parse(inner)
    const apart = subsegments.map((one: object) =>
      JSON.stringify({ ...one, type: 'subsegment', parent_id: segment.id }),
    )
    const trace = { ...olderForm(), documents: [...apart, JSON.stringify(segment), outer] }
    expect(functionTrace(trace, ORDERS)).toEqual(functionTrace(olderForm(), ORDERS))
  })

  test('one that came twice counts as it ended, in either order', () => {
    const ended = [service(0, 400), ran(50, 395)]
    const open = [service(0, undefined), ran(50, undefined)]
    expect(of(...open, ...ended)).toEqual(of(...ended))
    expect(of(...ended, ...open)).toEqual(of(...ended))
  })

  test('what could not be read is counted over all of them', () => {
    expect(of('not JSON', service(0, 10, { subsegments: [{}] }), '{}')).toMatchObject({
      unreadable: 3,
      missing: ['function'],
    })
  })
})
