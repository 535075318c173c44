/** BEHAVIOUR M, and W4, F2 and F3 of CloudWatch: what GetMetricData counts, in both of its protocols. */
import {
  GetMetricDataCommand,
  type GetMetricDataCommandInput,
  type MetricDataQuery,
  paginateGetMetricData,
} from '@aws-sdk/client-cloudwatch'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { seedFleet } from '../../src/sandbox/seed-fleet.js'
import { InvocationCounts } from '../../src/sandbox/traffic/invocation-counts.js'
import type { Traffic } from '../../src/sandbox/traffic/traffic.js'
import { type Clients, refusal, sandboxClients } from './sandbox-clients.js'

const DAY = 86_400_000
const BUSY: Traffic = { perMinute: 30, pattern: 'daily', errorShare: 0.1, throttleShare: 0.05 }

const query = (Id: string, name: string, Period: number, MetricName = 'Invocations'): MetricDataQuery => ({
  Id,
  MetricStat: {
    Metric: { Namespace: 'AWS/Lambda', MetricName, Dimensions: [{ Name: 'FunctionName', Value: name }] },
    Period,
    Stat: 'Sum',
  },
})

describe('M: CloudWatch', () => {
  let clients: Clients
  let now: number

  beforeEach(async () => {
    clients = await sandboxClients()
    now = clients.clock.now()
    const region = clients.sandbox.world.account().region('us-east-1')
    const role = 'arn:aws:iam::123456789012:role/r'
    region.addFunction({ name: 'busy', role, traffic: BUSY })
    region.addFunction({ name: 'hourly', role, traffic: { perMinute: 2, pattern: 'hourly' } })
    region.addFunction({ name: 'idle', role })
  })
  afterEach(() => clients.close())

  const get = (input: Partial<GetMetricDataCommandInput>) =>
    clients.cloudwatch().send(
      new GetMetricDataCommand({
        MetricDataQueries: [query('m0', 'busy', 3600)],
        StartTime: new Date(now - DAY),
        EndTime: new Date(now),
        ...input,
      }),
    )
  const counts = new InvocationCounts('arn:aws:lambda:us-east-1:123456789012:function:busy', BUSY)
  const sum = (values: readonly number[] | undefined) => (values ?? []).reduce((all, value) => all + value, 0)

  it('M1 sums invocations by period, newest first, whatever the period', async () => {
    const periods = [60, 300, 900, 3600, 86_400]
    const { MetricDataResults, NextToken } = await get({
      MetricDataQueries: periods.map((period, index) => query(`m${index}`, 'busy', period)),
    })
    expect(NextToken).toBeUndefined()
    const expected = counts.between(now / 1000 - 86_400, now / 1000).invocations
    expect(MetricDataResults?.map(({ Values }) => sum(Values))).toEqual(periods.map(() => expected))
    expect(MetricDataResults?.map(({ StatusCode, Label }) => `${StatusCode} ${Label}`)).toEqual(
      periods.map(() => 'Complete Invocations'),
    )
    const hours = MetricDataResults?.[3]
    expect(hours?.Values).toHaveLength(24)
    expect(hours?.Timestamps?.[0]).toEqual(new Date(now - 3_600_000))
    expect(hours?.Values?.[0]).toBe(counts.hour(now / 3_600_000 - 1).invocations)
    const ascending = await get({ ScanBy: 'TimestampAscending' })
    expect(ascending.MetricDataResults?.[0]?.Values).toEqual([...(hours?.Values ?? [])].reverse())
    expect(ascending.MetricDataResults?.[0]?.Timestamps?.[0]).toEqual(new Date(now - DAY))
  })

  it('M1 counts errors and throttles too', async () => {
    const { MetricDataResults } = await get({
      MetricDataQueries: [query('m0', 'busy', 3600, 'Errors'), query('m1', 'busy', 3600, 'Throttles')],
    })
    const { errors, throttles } = counts.between(now / 1000 - 86_400, now / 1000)
    expect(MetricDataResults?.map(({ Values }) => sum(Values))).toEqual([errors, throttles])
    expect([errors > 0, throttles > 0]).toEqual([true, true])
  })

  it('M2 has no data point where nothing was invoked, and none of what it does not know', async () => {
    const byAlias = query('byAlias', 'busy', 60)
    byAlias.MetricStat?.Metric?.Dimensions?.push({ Name: 'Resource', Value: 'busy:live' })
    const { MetricDataResults } = await get({
      MetricDataQueries: [
        query('quiet', 'hourly', 60),
        query('idle', 'idle', 60),
        query('unknown', 'nobody', 60),
        query('other', 'busy', 60, 'Nonsense'),
        byAlias,
      ],
    })
    const [quiet, ...others] = MetricDataResults ?? []
    expect(quiet?.Timestamps?.every((time) => time.getUTCMinutes() < 2)).toBe(true)
    expect(quiet?.Timestamps?.length).toBeGreaterThan(24)
    expect(others.map(({ Id, Values, Timestamps, StatusCode }) => [Id, Values, Timestamps, StatusCode])).toEqual(
      ['idle', 'unknown', 'other', 'byAlias'].map((id) => [id, [], [], 'Complete']),
    )
  })

  it('M2 leaves out queries whose data is not wanted', async () => {
    const MetricDataQueries = [{ ...query('m0', 'busy', 3600), ReturnData: false }, query('m1', 'busy', 3600)]
    const { MetricDataResults } = await get({ MetricDataQueries })
    expect(MetricDataResults?.map(({ Id }) => Id)).toEqual(['m1'])
  })

  it('M3 keeps minutes for 15 days, five minutes for 63, hours for 455', async () => {
    const StartTime = new Date(now - 600 * DAY)
    const MetricDataQueries = [query('m0', 'hourly', 60), query('m1', 'hourly', 300), query('m2', 'hourly', 3600)]
    const { MetricDataResults } = await get({ MetricDataQueries, StartTime })
    const days = MetricDataResults?.map(({ Timestamps }) => (now - Number(Timestamps?.at(-1))) / DAY)
    expect(days).toEqual([15, 63, 455])
  })

  it('M3 rounds the start down, and has nothing of the minute that runs', async () => {
    clients.clock.advance(90_500)
    const StartTime = new Date(now - 3_600_000 + 59_000)
    const EndTime = new Date(now + 3_600_000)
    const { MetricDataResults } = await get({ MetricDataQueries: [query('m0', 'busy', 60)], StartTime, EndTime })
    const [{ Timestamps = [], Values = [] } = {}] = MetricDataResults ?? []
    expect([Timestamps[0], Timestamps.at(-1)]).toEqual([new Date(now), new Date(now - 3_600_000)])
    expect(Values[0]).toBe(counts.between(now / 1000, now / 1000 + 60).invocations)
  })

  it('M4 pages at MaxDatapoints, and says which series are cut', async () => {
    const MetricDataQueries = ['a', 'b', 'c'].map((id) => query(id, 'busy', 3600))
    const first = await get({ MetricDataQueries, MaxDatapoints: 30 })
    const states = first.MetricDataResults?.map(({ Id, StatusCode, Values }) => [Id, StatusCode, Values?.length])
    expect(states).toEqual([
      ['a', 'Complete', 24],
      ['b', 'PartialData', 6],
      ['c', 'PartialData', 0],
    ])
    const sums = new Map<string | undefined, number>()
    const client = clients.cloudwatch()
    const input = { MetricDataQueries, MaxDatapoints: 7, StartTime: new Date(now - DAY), EndTime: new Date(now) }
    let pages = 0
    for await (const page of paginateGetMetricData({ client }, input)) {
      pages += 1
      for (const { Id, Values } of page.MetricDataResults ?? []) sums.set(Id, (sums.get(Id) ?? 0) + sum(Values))
    }
    const expected = counts.between(now / 1000 - 86_400, now / 1000).invocations
    expect([...sums.values()]).toEqual([expected, expected, expected])
    expect(pages).toBe(Math.ceil(72 / 7))
  })

  it('M4 refuses a token of another request', async () => {
    const { NextToken } = await get({ MaxDatapoints: 5 })
    const other = { NextToken, StartTime: new Date(now - 2 * DAY) }
    for (const input of [other, { NextToken: 'nonsense' }]) {
      expect(await refusal(get(input))).toMatchObject({ name: 'InvalidNextToken', status: 400 })
    }
  })

  it('M4 answers a fleet over thirty days in full pages', async () => {
    const { sandbox } = clients
    const size = { functions: 200, roles: 1, regions: ['us-east-1'], medianPerMinute: 30, randomSeed: 1 }
    seedFleet(sandbox.world, size)
    const names = [...sandbox.world.account().region('us-east-1').functions.keys()].slice(3)
    const input = {
      MetricDataQueries: names.map((name, index) => query(`m${index}`, name, 3600)),
      StartTime: new Date(now - 30 * DAY),
      EndTime: new Date(now),
    }
    const points: number[] = []
    for await (const page of paginateGetMetricData({ client: clients.cloudwatch() }, input)) {
      points.push((page.MetricDataResults ?? []).reduce((all, { Values }) => all + (Values?.length ?? 0), 0))
    }
    expect([points.length, points[0]]).toEqual([2, 100_800])
    expect(sum(points)).toBeGreaterThan(140_000)
  })

  it.each<[string, Partial<GetMetricDataCommandInput>, string]>([
    [
      '501 queries',
      { MetricDataQueries: Array.from({ length: 501 }, (_, n) => query(`m${n}`, 'busy', 60)) },
      'ValidationException',
    ],
    ['no queries', { MetricDataQueries: [] }, 'MissingRequiredParameterException'],
    ['a period of 90 s', { MetricDataQueries: [query('m0', 'busy', 90)] }, 'ValidationException'],
    ['ids twice', { MetricDataQueries: [query('m0', 'busy', 60), query('m0', 'idle', 60)] }, 'ValidationException'],
    ['a capital id', { MetricDataQueries: [query('M0', 'busy', 60)] }, 'ValidationException'],
    ['an expression', { MetricDataQueries: [{ Id: 'e', Expression: 'SUM(METRICS())' }] }, 'ValidationException'],
    ['an empty window', { StartTime: new Date(0), EndTime: new Date(0) }, 'ValidationException'],
    ['too many points', { MaxDatapoints: 100_801 }, 'InvalidParameterValueException'],
  ])('M5 refuses %s', async (_what, input, name) => {
    expect(await refusal(get(input))).toMatchObject({ name, status: 400 })
  })

  const signed = {
    authorization: 'AWS4-HMAC-SHA256 Credential=AKIA123456789012TEST/20260601/us-east-1/monitoring/aws4_request',
    'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
  }
  const form = (values: Record<string, string>, headers: Record<string, string> = signed) =>
    fetch(clients.sandbox.url, { method: 'POST', headers, body: new URLSearchParams(values).toString() })
  const FORM = {
    Action: 'GetMetricData',
    Version: '2010-08-01',
    StartTime: '2026-05-31T22:00:00Z',
    EndTime: '2026-06-01T00:00:00Z',
    'MetricDataQueries.member.1.Id': 'm0',
    'MetricDataQueries.member.1.MetricStat.Period': '3600',
    'MetricDataQueries.member.1.MetricStat.Stat': 'Sum',
    'MetricDataQueries.member.1.MetricStat.Metric.Namespace': 'AWS/Lambda',
    'MetricDataQueries.member.1.MetricStat.Metric.MetricName': 'Invocations',
    'MetricDataQueries.member.1.MetricStat.Metric.Dimensions.member.1.Name': 'FunctionName',
    'MetricDataQueries.member.1.MetricStat.Metric.Dimensions.member.1.Value': 'busy',
  }

  it('M6 answers forms with XML', async () => {
    const answer = await form(FORM)
    const values = [1, 2].map((back) => counts.hour(now / 3_600_000 - back).invocations)
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/xml'])
    expect(await answer.text()).toMatch(
      '<GetMetricDataResponse xmlns="http://monitoring.amazonaws.com/doc/2010-08-01/"><GetMetricDataResult>' +
        '<MetricDataResults><member><Id>m0</Id><Label>Invocations</Label><StatusCode>Complete</StatusCode>' +
        `<Values><member>${values[0]}</member><member>${values[1]}</member></Values>` +
        '<Timestamps><member>2026-05-31T23:00:00.000Z</member><member>2026-05-31T22:00:00.000Z</member></Timestamps>' +
        '</member></MetricDataResults></GetMetricDataResult>',
    )
    const many = Object.fromEntries(
      Array.from({ length: 11 }, (_, n) =>
        Object.entries(FORM).map(([key, value]) => [
          key.replace('.1.', `.${n + 1}.`),
          key.endsWith('.Id') ? `m${n}` : value,
        ]),
      ).flat(),
    )
    const ids = [...(await (await form(many)).text()).matchAll(/<Id>(m\d+)<\/Id>/g)].map(([, id]) => id)
    expect(ids).toEqual(Array.from({ length: 11 }, (_, n) => `m${n}`))
  })

  it('M6 answers errors in the protocol of the request', async () => {
    const refused = await form({ ...FORM, 'MetricDataQueries.member.1.MetricStat.Period': '61' })
    expect(refused.status).toBe(400)
    expect(await refused.text()).toContain('<Code>ValidationError</Code>')
    const { authorization: _signature, ...unsigned } = signed
    expect(await (await form(FORM, unsigned)).text()).toContain('<Code>MissingAuthenticationToken</Code>')
    clients.sandbox.faults.push({ match: { service: 'monitoring' }, kind: 'throttle', times: 1 })
    expect(await (await form(FORM)).text()).toContain('<Code>Throttling</Code>')
    const json = await fetch(clients.sandbox.url, {
      method: 'POST',
      headers: {
        ...signed,
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': 'GraniteServiceVersion20100801.GetMetricData',
      },
      body: '{"MetricDataQueries":[]}',
    })
    expect([json.status, json.headers.get('x-amzn-query-error')]).toEqual([400, 'MissingParameter;Sender'])
    expect(json.headers.get('content-type')).toBe('application/x-amz-json-1.0')
    expect(await json.json()).toMatchObject({ __type: 'MissingRequiredParameterException' })
    const unknown = await form({ Action: 'PutMetricData', Version: '2010-08-01' })
    expect([unknown.status, await unknown.text()]).toEqual([400, expect.stringContaining('<Code>InvalidAction</Code>')])
  })

  it('F3 throttles and F2 denies in its own words', async () => {
    clients.sandbox.faults.push({ match: { service: 'monitoring' }, kind: 'throttle', times: 1 })
    expect(await refusal(get({}))).toMatchObject({ name: 'Throttling', message: 'Rate exceeded', status: 400 })
    clients.sandbox.faults.push({ match: { operation: 'GetMetricData' }, kind: 'access-denied' })
    expect(await refusal(get({}))).toMatchObject({
      name: 'AccessDenied',
      status: 400,
      message:
        'User: arn:aws:iam::123456789012:user/operator is not authorized to perform: cloudwatch:GetMetricData' +
        ' because no identity-based policy allows the cloudwatch:GetMetricData action',
    })
  })

  it('G5 has nothing in a region that is off', async () => {
    const client = clients.cloudwatch('ap-east-1')
    const input = {
      MetricDataQueries: [query('m0', 'busy', 60)],
      StartTime: new Date(now - DAY),
      EndTime: new Date(now),
    }
    expect(await refusal(client.send(new GetMetricDataCommand(input)))).toMatchObject({
      name: 'InvalidClientTokenId',
    })
  })
})
