/** How often functions ran: many in a call, within AWS's limits, and never a zero for what CloudWatch did not say. */
import { describe, expect, test } from 'vitest'
import type { FunctionInvocations } from '../../src/aws/telemetry-gateways.js'
import { type Access, openAccess } from './support/access.js'
import { lambdaError } from './support/answers.js'
import { ownEnvironment } from './support/environment.js'
import { failureOf } from './support/failure.js'
import { type Answer, fakeAws } from './support/fake-aws.js'

ownEnvironment()
const aws = fakeAws()

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const NOON = Date.UTC(2026, 5, 1, 12)

interface Result {
  Id: string
  Values?: number[]
  StatusCode?: string
}

const page = (results: Result[], NextToken?: string): Answer => ({
  status: 200,
  body: {
    MetricDataResults: results.map((result) => ({ StatusCode: 'Complete', Values: [], Timestamps: [], ...result })),
    ...(NextToken !== undefined && { NextToken }),
  },
  headers: { 'content-type': 'application/x-amz-json-1.0' },
})

const lastHour = { from: NOON - HOUR, to: NOON, periodSeconds: 60 }

async function read(names: string[], window = lastHour, access: Access = openAccess()): Promise<FunctionInvocations[]> {
  const found: FunctionInvocations[] = []
  for await (const one of (await access.aws.metrics('eu-west-1')).invocations(names, window)) found.push(one)
  return found
}

interface Sent {
  StartTime: number
  EndTime: number
  NextToken?: string
  MetricDataQueries: { Id: string; MetricStat: { Metric: { Dimensions: { Value: string }[] } } }[]
}
const sent = () => aws().sent.map(({ body }) => body as Sent)
const namesOf = ({ MetricDataQueries }: Sent) =>
  MetricDataQueries.map(({ MetricStat }) => MetricStat.Metric.Dimensions[0]?.Value)

test('asks for the sum of the invocations, by an id that CloudWatch takes whatever the name', async () => {
  aws().answers(page([{ Id: 'q1', Values: [3, 1] }, { Id: 'q0' }]))
  expect(await read(['Orders-2_eu', '9'])).toEqual([
    { name: 'Orders-2_eu', counts: [] },
    { name: '9', counts: [3, 1] },
  ])
  const query = (Id: string, Value: string) => ({
    Id,
    ReturnData: true,
    MetricStat: {
      Metric: { Namespace: 'AWS/Lambda', MetricName: 'Invocations', Dimensions: [{ Name: 'FunctionName', Value }] },
      Period: 60,
      Stat: 'Sum',
    },
  })
  expect(aws().sent).toEqual([
    {
      method: 'POST',
      host: 'monitoring.eu-west-1.amazonaws.com',
      path: '/',
      query: {},
      body: {
        MetricDataQueries: [query('q0', 'Orders-2_eu'), query('q1', '9')],
        StartTime: (NOON - HOUR) / 1000,
        EndTime: NOON / 1000,
      },
    },
  ])
  expect(aws().signed[0]).toMatchObject({ region: 'eu-west-1', service: 'monitoring' })
})

test('the window is widened to whole periods', async () => {
  aws().answers(page([{ Id: 'q0' }]))
  await read(['a'], { from: NOON - HOUR + 1, to: NOON - 1, periodSeconds: 300 })
  expect(sent()[0]).toMatchObject({ StartTime: (NOON - HOUR) / 1000, EndTime: NOON / 1000 })
})

test('a name that is given twice is asked and answered once; of no name nothing is asked', async () => {
  aws().answers(page([{ Id: 'q0', Values: [2] }]))
  expect(await read(['a', 'a'])).toEqual([{ name: 'a', counts: [2] }])
  expect(sent()[0]?.MetricDataQueries).toHaveLength(1)
  expect(await read([])).toEqual([])
  expect(aws().sent).toHaveLength(1)
})

describe('as many functions in a call as AWS allows', () => {
  test.each([
    ['30 days of hours: 100,800 points', { from: NOON - 30 * DAY, to: NOON, periodSeconds: 3600 }, 501, 140, 4],
    ['an hour of minutes: 500 queries', lastHour, 501, 500, 2],
    ['15 days of minutes', { from: NOON - 15 * DAY, to: NOON, periodSeconds: 60 }, 41, 4, 11],
  ])('%s', async (_, window, functions, perCall, calls) => {
    const names = Array.from({ length: functions }, (_, index) => `f${index}`)
    const empty = page(Array.from({ length: perCall }, (_, index) => ({ Id: `q${index}` })))
    aws().answers(...Array.from({ length: calls }, () => empty))
    expect((await read(names, window)).map(({ name }) => name)).toEqual(names)
    expect(sent()).toHaveLength(calls)
    expect(sent().flatMap(namesOf).sort()).toEqual([...names].sort())
    for (const call of sent()) expect(call.MetricDataQueries.length).toBeLessThanOrEqual(perCall)
  })
})

describe('pages', () => {
  test('points of one function on several pages are put together', async () => {
    aws().answers(
      page([{ Id: 'q0', Values: [1], StatusCode: 'PartialData' }, { Id: 'q1' }], 't1'),
      page([], 't2'),
      page([{ Id: 'q0', Values: [2, 0] }]),
    )
    expect(await read(['a', 'b'])).toEqual([
      { name: 'a', counts: [1, 2] },
      { name: 'b', counts: [] },
    ])
    expect(sent().map(({ NextToken }) => NextToken)).toEqual([undefined, 't1', 't2'])
    expect(sent().map(namesOf)).toEqual([
      ['a', 'b'],
      ['a', 'b'],
      ['a', 'b'],
    ])
  })

  test('a page that is throttled is asked for again', async () => {
    const throttled = lambdaError(400, 'ThrottlingException', 'Rate exceeded', {
      'content-type': 'application/x-amz-json-1.0',
      'x-amzn-query-error': 'Throttling;Sender',
    })
    aws().answers(throttled, page([{ Id: 'q0', Values: [1] }]))
    const access = openAccess()
    expect(await read(['a'], lastHour, access)).toEqual([{ name: 'a', counts: [1] }])
    expect(access.clock.slept).toEqual([200])
  })
})

describe('what CloudWatch does not give in full', () => {
  test.each(['PartialData', 'InternalError'])('%s: those functions are asked for once more', async (StatusCode) => {
    aws().answers(
      page([{ Id: 'q0', Values: [5] }, { Id: 'q1', Values: [1], StatusCode }, { Id: 'q2' }]),
      page([{ Id: 'q0', Values: [1, 2] }]),
    )
    expect(await read(['a', 'b', 'c'])).toEqual([
      { name: 'a', counts: [5] },
      { name: 'b', counts: [1, 2] },
      { name: 'c', counts: [] },
    ])
    expect(sent().map(namesOf)).toEqual([['a', 'b', 'c'], ['b']])
  })

  test.each([
    ['InternalError', 'SERVER_ERROR'],
    ['PartialData', 'SERVER_ERROR'],
    ['Forbidden', 'ACCESS_DENIED'],
  ])('%s again is %s, not half a figure', async (StatusCode, code) => {
    const half = page([{ Id: 'q0', Values: [1], StatusCode }])
    aws().answers(half, half)
    expect((await failureOf(read(['a']))).code).toBe(code)
  })

  test('no result at all is not a zero', async () => {
    aws().answers(page([{ Id: 'q0' }]), page([]))
    const failure = await failureOf(read(['a', 'b']))
    expect(failure.code).toBe('SERVER_ERROR')
    expect(failure.message).toContain('invocations of b')
  })

  test('denied is thrown', async () => {
    const denied = 'User is not authorized to perform: cloudwatch:GetMetricData'
    aws().answers(lambdaError(403, 'AccessDenied', denied, { 'content-type': 'application/x-amz-json-1.0' }))
    const failure = await failureOf(read(['a']))
    expect(failure).toMatchObject({
      code: 'ACCESS_DENIED',
      aws: { service: 'cloudwatch', operation: 'GetMetricData' },
    })
  })
})
