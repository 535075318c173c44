/** BEHAVIOUR L and B: what Lambda writes of its invocations, from when on, and how it can be spoilt. */
import { DeleteRolePolicyCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import { DeleteAliasCommand, UpdateAliasCommand, UpdateFunctionConfigurationCommand } from '@aws-sdk/client-lambda'
import {
  BatchGetTracesCommand,
  GetTraceSummariesCommand,
  type TraceSummary,
  type XRayClient,
} from '@aws-sdk/client-xray'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { storeDocument } from '../../src/sandbox/policy/document.js'
import type { Traffic } from '../../src/sandbox/traffic/traffic.js'
import type { FunctionSeed } from '../../src/sandbox/world/function-seed.js'
import type { TraceTrouble } from '../../src/sandbox/world/trace-trouble.js'
import { type Clients, sandboxClients } from './sandbox-clients.js'

interface Document {
  id: string
  name: string
  start_time: number
  end_time: number
  parent_id?: string
  origin?: string
  in_progress?: boolean
  fault?: boolean
  annotations?: Record<string, number>
  http?: { response?: { status: number } }
  subsegments?: Document[]
}

const FUNCTION = 'AWS::Lambda::Function'

describe('L: the traces of Lambda', () => {
  let clients: Clients
  let xray: XRayClient

  beforeEach(async () => {
    clients = await sandboxClients({ settings: { traceDelayMs: 0, iamDelayMs: 0, settleMs: 0 } })
    xray = clients.xray()
    clients.sandbox.world.account().addRole({ name: 'writer', managed: ['AWSXRayDaemonWriteAccess'] })
    clients.sandbox.world.account().addRole({ name: 'bare' })
  })
  afterEach(() => clients.close())

  const region = () => clients.sandbox.world.account().region('us-east-1')
  const arn = (role: string) => clients.sandbox.world.account().role(role).arn
  const add = (seed: Partial<FunctionSeed> & { traffic: Traffic }) =>
    region().addFunction({ name: 'fn', role: arn('writer'), mode: 'Active', ...seed })

  const summaries = async (minutes = 10, expression = 'service("fn")') => {
    const now = clients.clock.now()
    const found: TraceSummary[] = []
    let NextToken: string | undefined
    do {
      const answer = await xray.send(
        new GetTraceSummariesCommand({
          StartTime: new Date(now - minutes * 60_000),
          EndTime: new Date(now),
          FilterExpression: expression,
          NextToken,
        }),
      )
      found.push(...(answer.TraceSummaries ?? []))
      NextToken = answer.NextToken
    } while (NextToken !== undefined)
    return found
  }
  const texts = async (ids: Array<string | undefined>): Promise<string[][]> => {
    const found: string[][] = []
    for (let from = 0; from < ids.length; from += 5) {
      const TraceIds = ids.slice(from, from + 5).map((id) => id ?? '')
      const { Traces } = await xray.send(new BatchGetTracesCommand({ TraceIds }))
      for (const { Segments } of Traces ?? []) found.push((Segments ?? []).map(({ Document = '' }) => Document))
    }
    return found
  }
  /** The two segments of each trace, and those that were inferred. */
  const traces = async (minutes = 2) => {
    const found = await summaries(minutes)
    const documents = await texts(found.map(({ Id }) => Id))
    return documents.map((of, index) => {
      const parsed = of.map((text) => JSON.parse(text) as Document)
      const by = (origin: string) => parsed.find((one) => one.origin === origin)
      return { summary: found[index], service: by('AWS::Lambda'), code: by(FUNCTION), all: parsed }
    })
  }
  const part = (segment: Document | undefined, name: string) => segment?.subsegments?.find((one) => one.name === name)

  it('L1 writes the older form', async () => {
    add({ traffic: { perMinute: 30, coldShare: 0.5, downstream: ['dynamodb', 's3', 'http'] } })
    const found = await traces()
    expect(found.length).toBeGreaterThan(20)
    for (const { service, code, all } of found) {
      expect([service?.name, code?.name, code?.parent_id]).toEqual(['fn', 'fn', service?.id])
      const names = code?.subsegments?.map(({ name }) => name) ?? []
      expect(names.filter((name) => name !== 'Initialization')).toEqual(['Overhead', 'Invocation'])
      const invocation = part(code, 'Invocation')
      expect([invocation?.start_time, invocation?.end_time]).toEqual([
        code?.start_time,
        part(code, 'Overhead')?.start_time,
      ])
      expect(part(code, 'Overhead')?.end_time).toBe(code?.end_time)
      expect(invocation?.subsegments?.map(({ name }) => name)).toEqual(['DynamoDB', 'S3', 'api.example.com'])
      expect(all.filter((one) => one.origin === 'AWS::DynamoDB::Table')).toMatchObject([
        { inferred: true, parent_id: invocation?.subsegments?.[0]?.id },
      ])
      expect(all).toHaveLength(5)
    }
    const cold = found.filter(({ code }) => part(code, 'Initialization') !== undefined)
    expect(cold.length / found.length).toBeCloseTo(0.5, 0)
    for (const { code, service } of cold) {
      const init = part(code, 'Initialization')
      expect(init?.end_time).toBeLessThan(code?.start_time ?? 0)
      expect(init?.start_time).toBeGreaterThan(service?.start_time ?? 0)
    }
  })

  it('L1 gives documents the keys that AWS gives them', async () => {
    add({ traffic: { perMinute: 60 } })
    const [{ service, code, summary } = {}] = await traces()
    const functionArn = 'arn:aws:lambda:us-east-1:123456789012:function:fn'
    expect(service).toMatchObject({
      trace_id: summary?.Id,
      http: { response: { status: 200 } },
      aws: { request_id: expect.stringMatching(/^[0-9a-f-]{36}$/) },
      resource_arn: functionArn,
    })
    expect(code).toMatchObject({
      trace_id: summary?.Id,
      aws: { account_id: '123456789012', function_arn: functionArn, resource_names: ['fn'] },
    })
    expect(service?.id).toMatch(/^[0-9a-f]{16}$/)
  })

  it('L2 writes the newer form', async () => {
    add({ traffic: { perMinute: 30, form: 'annotations', coldShare: 0.5, downstream: ['dynamodb'] } })
    const found = await traces()
    for (const { code } of found) {
      const names = code?.subsegments?.map(({ name }) => name) ?? []
      expect(names.filter((name) => name !== 'Init')).toEqual(['DynamoDB'])
      const annotations = code?.annotations ?? {}
      expect(Object.keys(annotations)).toEqual([
        'aws.responseLatency',
        'aws.responseDuration',
        'aws.runtimeOverhead',
        'aws.extensionOverhead',
      ])
      const milliseconds = ((code?.end_time ?? 0) - (code?.start_time ?? 0)) * 1000
      expect(Object.values(annotations).reduce((sum, ms) => sum + ms, 0)).toBeCloseTo(milliseconds, 0)
    }
    expect(found.some(({ code }) => part(code, 'Init') !== undefined)).toBe(true)
    expect(found[0]?.summary?.Annotations?.['aws.responseLatency']?.[0]?.AnnotationValue?.NumberValue).toBeGreaterThan(
      0,
    )
  })

  it('L3 restores published versions from their snapshots', async () => {
    const versions = [{ mode: 'Active' as const }]
    const aliases = [{ name: 'live', version: '1' }]
    add({ snapStart: true, versions, aliases, traffic: { perMinute: 30, coldShare: 1, qualifier: 'live' } })
    for (const { code } of await traces()) {
      expect(code?.subsegments?.map(({ name }) => name)).toEqual(['Restore', 'Overhead', 'Invocation'])
    }
    region().function('fn').traffic = { perMinute: 30, coldShare: 1 }
    expect((await traces()).every(({ code }) => part(code, 'Initialization') !== undefined)).toBe(true)
  })

  it('L3 initializes provisioned environments minutes before', async () => {
    add({ traffic: { perMinute: 30, coldShare: 1, provisionedConcurrency: true } })
    for (const { code } of await traces()) {
      const ahead = (code?.start_time ?? 0) - (part(code, 'Initialization')?.end_time ?? 0)
      expect(ahead).toBeCloseTo(420, 3)
    }
  })

  it('L4 answers asynchronous requests before they run', async () => {
    add({ traffic: { perMinute: 30, asynchronous: true } })
    for (const { service, code } of await traces()) {
      expect(service?.http?.response?.status).toBe(202)
      expect(service?.subsegments?.map(({ name }) => name)).toEqual(['Dwell Time', 'Attempt #1'])
      expect(code?.parent_id).toBe(service?.subsegments?.[1]?.id)
      expect(service?.end_time).toBeLessThan(code?.start_time ?? 0)
    }
  })

  it('L5 marks what failed, was refused downstream, and was throttled', async () => {
    const shares = { errorShare: 0.3, clientErrorShare: 0.3, throttleShare: 0.3 }
    add({ traffic: { perMinute: 40, downstream: ['http'], ...shares } })
    const found = await traces(5)
    const flags = found.map(({ summary }) => [summary?.HasFault, summary?.HasError, summary?.HasThrottle].join())
    expect([...new Set(flags)].sort()).toEqual([
      'false,false,false',
      'false,true,false',
      'false,true,true',
      'true,false,false',
    ])
    for (const { summary, service, code } of found) {
      expect([service?.fault, code?.fault]).toEqual(summary?.HasFault ? [true, true] : [undefined, undefined])
      expect(code === undefined).toBe(summary?.HasThrottle)
      if (summary?.HasThrottle) expect(service?.http?.response?.status).toBe(429)
    }
  })

  it('L6 writes nothing in PassThrough, and begins when the mode has settled', async () => {
    clients.sandbox.settings.settleMs = 4000
    add({ mode: 'PassThrough', traffic: { perMinute: 600 } })
    expect(await summaries()).toEqual([])
    const turnedOn = clients.clock.now()
    const set = (Mode: 'Active' | 'PassThrough') =>
      clients.lambda().send(new UpdateFunctionConfigurationCommand({ FunctionName: 'fn', TracingConfig: { Mode } }))
    await set('Active')
    clients.clock.advance(60_000)
    const turnedOff = clients.clock.now()
    await set('PassThrough')
    clients.clock.advance(60_000)
    const starts = (await summaries()).map(({ StartTime }) => Number(StartTime))
    expect(Math.min(...starts)).toBeGreaterThanOrEqual(turnedOn + 4000)
    expect(Math.min(...starts)).toBeLessThan(turnedOn + 5000)
    expect(Math.max(...starts)).toBeLessThan(turnedOff + 4000)
    expect(Math.max(...starts)).toBeGreaterThan(turnedOff + 3000)
  })

  it('L7 writes while the role may, which is seen late', async () => {
    clients.sandbox.settings.iamDelayMs = 10_000
    add({ role: arn('bare'), traffic: { perMinute: 600 } })
    expect(await summaries()).toEqual([])
    const granted = clients.clock.now()
    const statement = { Effect: 'Allow', Action: 'xray:PutTraceSegments', Resource: '*' }
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [statement] })
    const inline = { RoleName: 'bare', PolicyName: 'tracing' }
    await clients.iam().send(new PutRolePolicyCommand({ ...inline, PolicyDocument }))
    clients.clock.advance(60_000)
    const revoked = clients.clock.now()
    await clients.iam().send(new DeleteRolePolicyCommand(inline))
    clients.clock.advance(60_000)
    const starts = (await summaries()).map(({ StartTime }) => Number(StartTime))
    expect(Math.min(...starts)).toBeGreaterThanOrEqual(granted + 10_000)
    expect(Math.min(...starts)).toBeLessThan(granted + 11_000)
    expect(Math.max(...starts)).toBeLessThan(revoked + 10_000)
    expect(Math.max(...starts)).toBeGreaterThan(revoked + 9000)
  })

  it('L7 goes by the default version of a managed policy', async () => {
    const account = clients.sandbox.world.account()
    const document = (Action: string) => ({ Statement: [{ Effect: 'Allow' as const, Action, Resource: '*' }] })
    const policy = account.addPolicy({ name: 'tracing', document: document('logs:*') })
    const role = account.addRole({ name: 'by-policy', managed: [policy.arn] }).arn
    add({ role, traffic: { perMinute: 600 } })
    clients.clock.advance(60_000)
    const granted = clients.clock.now()
    policy.addVersion(storeDocument(document('xray:*')), granted, true)
    clients.clock.advance(60_000)
    const starts = (await summaries()).map(({ StartTime }) => Number(StartTime))
    expect(Math.min(...starts)).toBeGreaterThanOrEqual(granted)
    expect(Math.min(...starts)).toBeLessThan(granted + 1000)
  })

  it('L8 goes by the version that the traffic reaches', async () => {
    const versions = [{ mode: 'PassThrough' as const }, { mode: 'Active' as const }]
    add({ versions, aliases: [{ name: 'live', version: '1' }], traffic: { perMinute: 600, qualifier: 'live' } })
    expect(await summaries()).toEqual([])
    const moved = clients.clock.now()
    const move = (FunctionVersion: string, weights: Record<string, number>) =>
      clients.lambda().send(
        new UpdateAliasCommand({
          FunctionName: 'fn',
          Name: 'live',
          FunctionVersion,
          RoutingConfig: { AdditionalVersionWeights: weights },
        }),
      )
    await move('2', {})
    clients.clock.advance(60_000)
    const all = await summaries(1)
    expect(all.length).toBeGreaterThan(60)
    expect(await summaries()).toEqual(all)
    expect(Number(all[0]?.StartTime)).toBeGreaterThanOrEqual(moved)
    await move('1', { '2': 0.3 })
    clients.clock.advance(300_000)
    const some = await summaries(5)
    region().function('fn').traffic = { perMinute: 600, qualifier: '2' }
    expect(some.length / (await summaries(5)).length).toBeCloseTo(0.3, 1)
    region().function('fn').traffic = { perMinute: 600, qualifier: 'live' }
    const deleted = clients.clock.now()
    await clients.lambda().send(new DeleteAliasCommand({ FunctionName: 'fn', Name: 'live' }))
    clients.clock.advance(60_000)
    const last = (await summaries(5)).map(({ StartTime }) => Number(StartTime))
    expect(Math.max(...last)).toBeLessThan(deleted)
    region().function('fn').traffic = { perMinute: 600, qualifier: 'nowhere' }
    expect(await summaries(5)).toEqual([])
  })

  it('L8 goes by $LATEST.PUBLISHED of managed instances', async () => {
    add({ managedInstances: true, latestPublishedMode: 'PassThrough', traffic: { perMinute: 60 } })
    expect(await summaries()).toEqual([])
  })

  it('L9 writes nothing of functions that X-Ray does not support', async () => {
    add({ eventSources: [{ kind: 'kafka' }], traffic: { perMinute: 60 } })
    expect(await summaries()).toEqual([])
  })

  it('L10 shows traces after the delay', async () => {
    clients.sandbox.settings.traceDelayMs = 20_000
    add({ traffic: { perMinute: 600 } })
    const latest = Math.max(...(await summaries()).map(({ StartTime }) => Number(StartTime)))
    expect(clients.clock.now() - latest).toBeGreaterThanOrEqual(20_000)
    expect(clients.clock.now() - latest).toBeLessThan(22_000)
  })

  const spoilt = async (trouble: TraceTrouble) => {
    add({ traffic: { perMinute: 60, coldShare: 0.5 }, traceTroubles: [trouble] })
    const found = await summaries(1)
    return { found, documents: await texts(found.slice(0, 10).map(({ Id }) => Id)) }
  }

  it.each<[TraceTrouble, number, string[]]>([
    ['function-segment-lost', 0, ['AWS::Lambda']],
    ['service-segment-lost', 1, [FUNCTION]],
    ['function-segment-late', 1, ['AWS::Lambda']],
  ])('B1 %s', async (trouble, listed, origins) => {
    const { found, documents } = await spoilt(trouble)
    expect(found.length).toBeGreaterThan(20)
    const byFunction = await summaries(1, `service(id(name: "fn", type: "${FUNCTION}"))`)
    expect(byFunction).toHaveLength(found.length * listed)
    for (const of of documents) expect(of.map((text) => JSON.parse(text).origin)).toEqual(origins)
  })

  it('B1 traces-lost, also for a whole region', async () => {
    expect((await spoilt('traces-lost')).found).toEqual([])
    region().function('fn').traceTroubles.clear()
    expect((await summaries()).length).toBeGreaterThan(100)
    region().tracing.troubles.add('traces-lost')
    expect(await summaries()).toEqual([])
  })

  it('B2 in-progress', async () => {
    const { found, documents } = await spoilt('in-progress')
    expect(found.every(({ IsPartial, Duration }) => IsPartial === true && Duration === undefined)).toBe(true)
    for (const text of documents.flat()) {
      expect(JSON.parse(text)).toMatchObject({ in_progress: true })
      expect(JSON.parse(text).end_time).toBeUndefined()
    }
  })

  it('B2 clock-skew and negative-duration', async () => {
    const { documents } = await spoilt('clock-skew')
    const segments = documents.map((of) => of.map((text) => JSON.parse(text) as Document))
    const early = segments.map((of) => {
      const start = (origin: string) => of.find((one) => one.origin === origin)?.start_time ?? 0
      return start('AWS::Lambda') - start(FUNCTION)
    })
    expect(early.every((seconds) => seconds > 0.5 && seconds < 3.2)).toBe(true)
    region().function('fn').traceTroubles.clear()
    region().tracing.troubles.add('negative-duration')
    const turned = await texts((await summaries(1)).map(({ Id }) => Id))
    for (const text of turned.flat()) {
      const { start_time, end_time } = JSON.parse(text) as Document
      expect(end_time).toBeLessThan(start_time)
    }
    expect((await summaries(1)).every(({ Duration = -1 }) => Duration >= 0)).toBe(true)
  })

  it('B2 parent-cycle', async () => {
    for (const of of (await spoilt('parent-cycle')).documents) {
      const [a, b] = of.map((text) => JSON.parse(text) as Document)
      expect([a?.parent_id, b?.parent_id]).toEqual([b?.id, a?.id])
    }
  })

  it.each<[TraceTrouble, (text: string) => void]>([
    ['not-json', (text) => expect(() => JSON.parse(text)).toThrow(SyntaxError)],
    ['no-times', (text) => expect(text).not.toMatch(/start_time|end_time/)],
    ['times-as-text', (text) => expect(text).toMatch(/"start_time":"\d+\.?\d*"/)],
    ['deep-nesting', (text) => expect(text.includes(FUNCTION) ? depth(JSON.parse(text)) : 5000).toBe(5000)],
  ])('B3 %s', async (trouble, check) => {
    const { documents } = await spoilt(trouble)
    expect(documents.flat()).toHaveLength(20)
    for (const text of documents.flat()) check(text)
  })

  it('B3 subsegments-no-list', async () => {
    const { documents } = await spoilt('subsegments-no-list')
    const code = documents.flat().find((text) => text.includes(FUNCTION)) ?? ''
    expect(Array.isArray(JSON.parse(code).subsegments)).toBe(false)
    expect(typeof JSON.parse(code).subsegments).toBe('object')
  })

  it('S3 leaves snapshots of the world as they are', () => {
    const plain = add({ traffic: { perMinute: 1 }, traceTroubles: ['not-json'] })
    const before = clients.sandbox.world.snapshot()
    plain.traffic = undefined
    plain.traceTroubles.clear()
    region().tracing.destination = 'CloudWatchLogs'
    region().tracing.store('1-6a1cc900-5759e988bd862e3fe1be46a9', { segmentId: 'a', text: '{}', storedAt: 0 })
    expect(clients.sandbox.world.snapshot()).toEqual(before)
  })
})

/** Levels of subsegments, counted without recursion. */
function depth(segment: Document): number {
  let levels = 0
  for (let inner = segment.subsegments; inner?.[0] !== undefined; inner = inner[0].subsegments) levels += 1
  return levels
}
