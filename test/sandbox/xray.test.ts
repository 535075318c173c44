/** BEHAVIOUR Y1 to Y7, and F2 and F3 of X-Ray: listing, fetching and sending traces. */
import {
  BatchGetTracesCommand,
  GetTraceSegmentDestinationCommand,
  GetTraceSummariesCommand,
  type GetTraceSummariesCommandInput,
  PutTraceSegmentsCommand,
  type TraceSummary,
  type XRayClient,
} from '@aws-sdk/client-xray'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isIndexed, placeOf, traceIdOf } from '../../src/sandbox/xray/trace-id.js'
import { type Clients, refusal, sandboxClients } from './sandbox-clients.js'

const MINUTE = 60_000
const functionOf = (name: string) => `service(id(name: "${name}", type: "AWS::Lambda::Function"))`

describe('Y: X-Ray', () => {
  let clients: Clients
  let xray: XRayClient
  let now: number

  beforeEach(async () => {
    clients = await sandboxClients({ settings: { traceDelayMs: 0 } })
    xray = clients.xray()
    now = clients.clock.now()
    const account = clients.sandbox.world.account()
    const role = account.addRole({ name: 'writer', managed: ['AWSXRayDaemonWriteAccess'] }).arn
    const region = account.region('us-east-1')
    const traffic = { perMinute: 60 }
    region.addFunction({ name: 'fn', role, mode: 'Active', traffic: { ...traffic, downstream: ['dynamodb'] } })
    region.addFunction({ name: 'other', role, mode: 'Active', traffic })
    region.addFunction({ name: 'idle', role, mode: 'Active' })
  })
  afterEach(() => clients.close())

  const page = (input: Partial<GetTraceSummariesCommandInput> = {}) =>
    xray.send(
      new GetTraceSummariesCommand({ StartTime: new Date(now - 10 * MINUTE), EndTime: new Date(now), ...input }),
    )
  const list = async (input: Partial<GetTraceSummariesCommandInput> = {}) => {
    const pages: TraceSummary[][] = []
    let NextToken: string | undefined
    do {
      const answer = await page({ ...input, NextToken })
      pages.push(answer.TraceSummaries ?? [])
      NextToken = answer.NextToken
    } while (NextToken !== undefined)
    return pages
  }
  const fetched = (TraceIds: Array<string | undefined>, NextToken?: string) =>
    xray.send(new BatchGetTracesCommand({ TraceIds: TraceIds as string[], NextToken }))
  const put = (...documents: unknown[]) =>
    xray.send(
      new PutTraceSegmentsCommand({
        TraceSegmentDocuments: documents.map((one) => (typeof one === 'string' ? one : JSON.stringify(one))),
      }),
    )
  const segment = (fields: object = {}) => ({
    id: '70de5b6f19ff9a0a',
    name: 'checkout',
    trace_id: `1-${(now / 1000).toString(16)}-5759e988bd862e3fe1be46a9`,
    start_time: now / 1000 - 30,
    end_time: now / 1000 - 29.5,
    ...fields,
  })

  it('Y1 tells what AWS tells of a trace', async () => {
    const { TraceSummaries, ApproximateTime, TracesProcessedCount } = await page({ FilterExpression: functionOf('fn') })
    const [first] = TraceSummaries ?? []
    expect([ApproximateTime, TracesProcessedCount]).toEqual([new Date(now), TraceSummaries?.length])
    expect(first).toMatchObject({
      Id: expect.stringMatching(/^1-[0-9a-f]{8}-[0-9a-f]{24}$/),
      HasFault: false,
      HasError: false,
      HasThrottle: false,
      IsPartial: false,
      Http: { HttpStatus: 200 },
      EntryPoint: { Name: 'fn', Names: ['fn'], AccountId: '123456789012', Type: 'AWS::Lambda' },
      ResourceARNs: [{ ARN: 'arn:aws:lambda:us-east-1:123456789012:function:fn' }],
    })
    expect(first?.ServiceIds?.map(({ Name, Type }) => `${Name} ${Type}`)).toEqual([
      'fn AWS::Lambda',
      'fn AWS::Lambda::Function',
      'DynamoDB AWS::DynamoDB::Table',
    ])
    expect(first?.Duration).toBeGreaterThan(0)
    expect(Number.parseInt(first?.Id?.split('-')[1] ?? '', 16)).toBe(Math.floor(Number(first?.StartTime) / 1000))
  })

  it.each<[string, string[]]>([
    [functionOf('fn'), ['fn']],
    ['service(id(type: "AWS::Lambda::Function", name: "fn"))', ['fn']],
    ['service(id(name:"fn",type:"AWS::Lambda"))', ['fn']],
    ['service("other")', ['other']],
    ['service("DynamoDB")', ['fn']],
    ['service(id(type: "AWS::Lambda"))', ['fn', 'other']],
    [`service("fn") AND ${functionOf('fn')} AND service("DynamoDB")`, ['fn']],
    ['service("fn") AND service("other")', []],
    ['service(id(name: "fn", type: "AWS::EC2::Instance"))', []],
    ['service("FN")', []],
    ['service("idle")', []],
    ['', ['fn', 'other']],
  ])('Y2 filters by %j', async (FilterExpression, names) => {
    const pages = await list({ FilterExpression, StartTime: new Date(now - MINUTE) })
    expect([...new Set(pages.flat().map(({ EntryPoint }) => EntryPoint?.Name))]).toEqual(names)
  })

  it.each([
    'fault = true',
    'service(id(name: "fn", account.id: "123456789012"))',
    'service("fn") OR service("other")',
    'service("fn"',
    'service("fn"))',
    'service(id(name: "fn"',
    'service(fn)',
    'service("fn") AND',
    'service("fn") service("other")',
    '!service("fn")',
    'service(id(name: "fn", name: "other"))',
  ])('Y2 refuses %j', async (FilterExpression) => {
    expect(await refusal(page({ FilterExpression }))).toMatchObject({ name: 'InvalidRequestException', status: 400 })
  })

  it('Y3 lists only the window, oldest first, each trace once', async () => {
    const from = now - 5 * MINUTE - 250
    const to = now - 2 * MINUTE - 750
    const traces = (
      await list({ FilterExpression: functionOf('fn'), StartTime: new Date(from), EndTime: new Date(to) })
    ).flat()
    const starts = traces.map(({ StartTime }) => Number(StartTime))
    expect(starts.length).toBeGreaterThan(80)
    expect(starts).toEqual([...starts].sort((a, b) => a - b))
    expect(starts.every((start) => start >= from && start < to)).toBe(true)
    expect(new Set(traces.map(({ Id }) => Id)).size).toBe(traces.length)
    const whole = (await list({ FilterExpression: functionOf('fn') })).flat()
    const inside = whole.filter(({ StartTime }) => Number(StartTime) >= from && Number(StartTime) < to)
    expect(traces).toEqual(inside)
  })

  it.each<[string, Partial<GetTraceSummariesCommandInput>]>([
    ['an end before the start', { EndTime: new Date(0) }],
    ['more than six hours', { StartTime: new Date(Date.UTC(2026, 4, 31, 17, 59, 59)) }],
    ['a token that is none', { NextToken: 'nonsense' }],
    ['no window', { StartTime: undefined }],
  ])('Y3 refuses %s', async (_what, input) => {
    expect(await refusal(page(input))).toMatchObject({ name: 'InvalidRequestException', status: 400 })
  })

  it('Y3 forgets after thirty days, and takes a window of exactly six hours', async () => {
    const at = (days: number) => ({
      StartTime: new Date(now - days * 86_400_000 - 6 * 3_600_000),
      EndTime: new Date(now - days * 86_400_000),
    })
    expect((await page({ ...at(29), FilterExpression: functionOf('fn') })).TraceSummaries).toHaveLength(100)
    expect((await list({ ...at(30), FilterExpression: functionOf('fn') })).flat()).toEqual([])
  })

  it('Y4 pages, with an empty page in the middle where that is set', async () => {
    const sizes = async () => (await list({ FilterExpression: functionOf('fn') })).map((summaries) => summaries.length)
    const all = (await list({ FilterExpression: functionOf('fn') })).flat()
    expect((await sizes()).slice(0, -1).every((size) => size === 100)).toBe(true)
    clients.sandbox.settings.traceSummariesPerPage = 150
    clients.sandbox.world.account().region('us-east-1').tracing.emptyPages = true
    const left = all.length - 150
    expect(await sizes()).toEqual([150, 0, ...(left > 150 ? [150, left - 150] : [left])])
    expect((await list({ FilterExpression: functionOf('fn') })).flat()).toEqual(all)
  })

  it('Y4 lists 10,000 traces', async () => {
    clients.sandbox.settings.traceSummariesPerPage = 1000
    const { arn } = clients.sandbox.world.account().role('writer')
    const region = clients.sandbox.world.account().region('us-east-1')
    region.addFunction({ name: 'busy', role: arn, mode: 'Active', traffic: { perMinute: 2000 } })
    const authorization = 'AWS4-HMAC-SHA256 Credential=AKIA123456789012TEST/20260601/us-east-1/xray/aws4_request'
    const ids = new Set<string>()
    let listed = 0
    let token: string | undefined
    do {
      const body = JSON.stringify({
        StartTime: now / 1000 - 75 * 60,
        EndTime: now / 1000,
        FilterExpression: functionOf('busy'),
        NextToken: token,
      })
      const answer = await fetch(`${clients.sandbox.url}/TraceSummaries`, {
        method: 'POST',
        headers: { authorization },
        body,
      })
      const { TraceSummaries, NextToken } = (await answer.json()) as {
        TraceSummaries: Array<{ Id: string }>
        NextToken?: string
      }
      listed += TraceSummaries.length
      for (const { Id } of TraceSummaries) ids.add(Id)
      token = NextToken
    } while (token !== undefined)
    expect(listed).toBeGreaterThan(10_000)
    expect(ids.size).toBe(listed)
  })

  it('Y5 fetches up to five traces by their ids', async () => {
    const [summaries = []] = await list({ FilterExpression: functionOf('fn') })
    const ids = summaries.slice(0, 5).map(({ Id }) => Id)
    const { Traces, UnprocessedTraceIds, NextToken } = await fetched(ids)
    expect(Traces?.map(({ Id }) => Id)).toEqual(ids)
    expect(Traces?.map(({ Duration }) => Duration)).toEqual(summaries.slice(0, 5).map(({ Duration }) => Duration))
    expect([UnprocessedTraceIds, NextToken, Traces?.[0]?.LimitExceeded]).toEqual([[], undefined, false])
    for (const trace of Traces ?? []) {
      const documents = trace.Segments?.map(({ Id, Document = '' }) => ({ Id, ...JSON.parse(Document) })) ?? []
      expect(documents.map(({ origin }) => origin).sort()).toEqual([
        'AWS::DynamoDB::Table',
        'AWS::Lambda',
        'AWS::Lambda::Function',
      ])
      expect(documents.every((document) => document.Id === document.id && document.trace_id === trace.Id)).toBe(true)
    }
    clients.sandbox.settings.tracesPerPage = 2
    const first = await fetched(ids)
    const second = await fetched(ids, first.NextToken)
    const third = await fetched(ids, second.NextToken)
    expect([first, second, third].flatMap((answer) => answer.Traces?.map(({ Id }) => Id))).toEqual(ids)
    expect(third.NextToken).toBeUndefined()
  })

  it('Y5 gives back the ids it does not know, other accounts and regions included', async () => {
    const [[summary] = []] = await list({ FilterExpression: functionOf('fn') })
    const id = summary?.Id ?? ''
    const forged = `${id.slice(0, -1)}${id.endsWith('0') ? '1' : '0'}`
    const unknown = [forged, '1-6a1cc900-5759e988bd862e3fe1be46a9', 'nonsense']
    expect(await fetched([id, ...unknown])).toMatchObject({ Traces: [{ Id: id }], UnprocessedTraceIds: unknown })
    const abroad = await clients.xray('eu-west-1').send(new BatchGetTracesCommand({ TraceIds: [id] }))
    expect(abroad).toMatchObject({ Traces: [], UnprocessedTraceIds: [id] })
  })

  it('Y5 knows only requests that were sampled', async () => {
    const region = clients.sandbox.world.account().region('us-east-1')
    region.function('fn').traffic = { perMinute: 1200 }
    const StartTime = new Date(now - 2000)
    const listed = (await list({ StartTime, FilterExpression: functionOf('fn') })).flat().map(({ Id }) => Id)
    const seed = placeOf(listed[0] ?? '')?.seed ?? 0
    const all = Array.from({ length: 10 }, (_, index) => traceIdOf(seed, { second: now / 1000 - 2, index }))
    const found = [await fetched(all.slice(0, 5)), await fetched(all.slice(5))].flatMap(({ Traces }) => Traces ?? [])
    expect(found.map(({ Id }) => Id)).toEqual(all.filter((id) => listed.includes(id)))
    expect(found.length).toBeLessThan(10)
  })

  it.each([
    ['six ids', Array.from({ length: 6 }, (_, n) => `1-6a1cc900-5759e988bd862e3fe1be46a${n}`)],
    ['none', []],
    ['one that is too long', ['1-6a1cc900-5759e988bd862e3fe1be46a99']],
  ])('Y5 refuses %s', async (_what, ids) => {
    expect(await refusal(fetched(ids))).toMatchObject({ name: 'InvalidRequestException', status: 400 })
  })

  it('Y6 keeps segments that are sent, and lists them first', async () => {
    expect((await put(segment())).UnprocessedTraceSegments).toEqual([])
    const trace = segment().trace_id
    const [[summary] = []] = await list()
    expect(summary).toMatchObject({ Id: trace, Duration: 0.5, ServiceIds: [{ Name: 'checkout' }] })
    const child = segment({
      id: '53995c3f42cd8ad8',
      origin: 'AWS::Lambda::Function',
      name: 'sent',
      parent_id: segment().id,
      fault: true,
    })
    await put(child)
    const [[found] = []] = await list({ FilterExpression: `${functionOf('sent')} AND service("checkout")` })
    expect(found).toMatchObject({ Id: trace, HasFault: true })
    const { Traces } = await fetched([trace])
    expect(Traces?.[0]?.Segments?.map(({ Document }) => Document)).toEqual(
      [segment(), child].map((one) => JSON.stringify(one)),
    )
  })

  it('Y6 replaces a segment in progress by the complete one', async () => {
    const { end_time: _open, ...open } = segment({ in_progress: true })
    await put(open)
    const [[partial] = []] = await list({ FilterExpression: 'service("checkout")' })
    expect([partial?.IsPartial, partial?.Duration]).toEqual([true, undefined])
    await put(segment())
    const pages = await list({ FilterExpression: 'service("checkout")' })
    expect(pages.flat().map(({ IsPartial, Duration }) => [IsPartial, Duration])).toEqual([[false, 0.5]])
  })

  it.each<[string, unknown, string]>([
    ['text that is no JSON', '{"id":', 'ParseError'],
    ['a list', [], 'ParseError'],
    ['no id', { id: undefined }, 'MissingId'],
    ['a short id', { id: '70de' }, 'InvalidId'],
    ['no name', { name: '' }, 'MissingName'],
    ['no trace id', { trace_id: undefined }, 'MissingTraceId'],
    ['an old trace', { trace_id: '1-58406520-a006649127e371903a2de979' }, 'InvalidTraceId'],
    ['no start', { start_time: undefined }, 'MissingStartTime'],
    ['a start that is text', { start_time: '1' }, 'InvalidTime'],
    ['no end', { end_time: undefined }, 'MissingEndTime'],
    ['too much', { metadata: 'x'.repeat(65_536) }, 'DocumentTooLarge'],
  ])('Y6 gives back %s', async (_what, fields, ErrorCode) => {
    const document = typeof fields === 'string' || Array.isArray(fields) ? fields : segment(fields as object)
    const { UnprocessedTraceSegments } = await put(document, segment({ id: '53995c3f42cd8ad8' }))
    expect(UnprocessedTraceSegments).toMatchObject([{ ErrorCode, Message: `Invalid segment. ErrorCode: ${ErrorCode}` }])
    expect((await list({ FilterExpression: 'service("checkout")' })).flat()).toHaveLength(1)
  })

  it('Y6 shows documents that the world keeps unread', async () => {
    const { tracing } = clients.sandbox.world.account().region('us-east-1')
    const trace = segment().trace_id
    tracing.store(trace, { segmentId: 'a', text: 'not JSON', storedAt: now })
    tracing.store(trace, { segmentId: 'b', text: '{"name":"odd","start_time":1,"subsegments":[null]}', storedAt: now })
    const { Traces } = await fetched([trace])
    expect(Traces?.[0]?.Segments?.map(({ Document }) => Document?.slice(0, 8))).toEqual(['not JSON', '{"name":'])
  })

  it('Y7 indexes one trace in a hundred with Transaction Search, and fetches none', async () => {
    const destination = () => xray.send(new GetTraceSegmentDestinationCommand({}))
    expect(await destination()).toMatchObject({ Destination: 'XRay', Status: 'ACTIVE' })
    const StartTime = new Date(now - 20 * MINUTE)
    const before = (await list({ StartTime, FilterExpression: functionOf('fn') })).flat()
    const { tracing } = clients.sandbox.world.account().region('us-east-1')
    tracing.destination = 'CloudWatchLogs'
    tracing.destinationStatus = 'PENDING'
    expect((await list({ StartTime, FilterExpression: functionOf('fn') })).flat()).toEqual(before)
    tracing.destinationStatus = 'ACTIVE'
    expect(await destination()).toMatchObject({ Destination: 'CloudWatchLogs', Status: 'ACTIVE' })
    const indexed = (await list({ StartTime, FilterExpression: functionOf('fn') })).flat()
    expect(indexed).toEqual(before.filter(({ Id }) => isIndexed(Id ?? '')))
    expect(indexed.length).toBeGreaterThan(before.length / 1000)
    expect(indexed.length).toBeLessThan(before.length / 25)
    const ids = indexed.slice(0, 1).map(({ Id }) => Id)
    expect(await fetched(ids)).toMatchObject({ Traces: [], UnprocessedTraceIds: ids })
  })

  it('F3 throttles and F2 denies in its own words', async () => {
    clients.sandbox.faults.push({ match: { service: 'xray' }, kind: 'throttle', times: 1 })
    expect(await refusal(page())).toMatchObject({ name: 'ThrottledException', message: 'Rate exceeded', status: 429 })
    clients.sandbox.faults.push({ match: { operation: 'GetTraceSummaries' }, kind: 'access-denied', times: 1 })
    expect(await refusal(page())).toMatchObject({
      name: 'AccessDeniedException',
      status: 403,
      message:
        'User: arn:aws:iam::123456789012:user/operator is not authorized to perform: xray:GetTraceSummaries' +
        ' because no identity-based policy allows the xray:GetTraceSummaries action',
    })
    const off = clients.xray('ap-east-1').send(new GetTraceSegmentDestinationCommand({}))
    expect(await refusal(off)).toMatchObject({ name: 'UnrecognizedClientException', status: 403 })
    const unsigned = await fetch(`${clients.sandbox.url}/TraceSummaries`, { method: 'POST', body: '{}' })
    expect([unsigned.status, unsigned.headers.get('x-amzn-errortype')]).toEqual([
      403,
      'MissingAuthenticationTokenException',
    ])
  })

  it('W9 records which call writes', async () => {
    await put(segment())
    await fetched([segment().trace_id])
    expect(clients.sandbox.calls.map(({ operation, write }) => [operation, write])).toEqual([
      ['PutTraceSegments', true],
      ['BatchGetTraces', false],
    ])
  })
})
