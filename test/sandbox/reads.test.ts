/** BEHAVIOUR R: what reads and lists give. */
import {
  GetFunctionCommand,
  GetFunctionConfigurationCommand,
  ListEventSourceMappingsCommand,
  ListFunctionsCommand,
  type ListFunctionsCommandInput,
  ListVersionsByFunctionCommand,
} from '@aws-sdk/client-lambda'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { FunctionSeed } from '../../src/sandbox/world/function-seed.js'
import { type Clients, refusal, sandboxClients } from './sandbox-clients.js'

const ROLE = 'arn:aws:iam::123456789012:role/r'
const ARN = 'arn:aws:lambda:us-east-1:123456789012:function:fn'

describe('R: reading functions', () => {
  let clients: Clients

  beforeEach(async () => {
    clients = await sandboxClients()
  })
  afterEach(() => clients.close())

  const add = (seed: Partial<FunctionSeed> = {}) =>
    clients.sandbox.world
      .account()
      .region('us-east-1')
      .addFunction({ name: 'fn', role: ROLE, ...seed })
  const get = (Qualifier?: string) => clients.lambda().send(new GetFunctionCommand({ FunctionName: 'fn', Qualifier }))
  const list = (input: ListFunctionsCommandInput = {}) => clients.lambda().send(new ListFunctionsCommand(input))

  it('R1 carries environment variables in every read', async () => {
    add({ environment: { SECRET: 's3cr3t' }, versions: [{}] })
    const lambda = clients.lambda()
    const reads = [
      (await get()).Configuration,
      await lambda.send(new GetFunctionConfigurationCommand({ FunctionName: 'fn' })),
      (await list()).Functions?.[0],
      (await lambda.send(new ListVersionsByFunctionCommand({ FunctionName: 'fn' }))).Versions?.[1],
    ]
    for (const read of reads) expect(read?.Environment).toEqual({ Variables: { SECRET: 's3cr3t' } })
  })

  it('R2 gives a code location, and tags for the unqualified name only', async () => {
    add({ tags: { team: 'a' }, versions: [{}] })
    const plain = await get()
    expect(plain.Code?.Location).toMatch(
      /^https:\/\/awslambda-us-east-1-tasks\.s3\..*X-Amz-Security-Token=.*X-Amz-Signature=/,
    )
    expect(plain.Tags).toEqual({ team: 'a' })
    expect(await get('1')).not.toHaveProperty('Tags')
  })

  it('R3 leaves TracingConfig out where there is none', async () => {
    add()
    expect((await get()).Configuration).not.toHaveProperty('TracingConfig')
    expect((await list()).Functions?.[0]).not.toHaveProperty('TracingConfig')
  })

  it('R4 gives no Runtime and no Handler for images', async () => {
    add({ packageType: 'Image' })
    const { Configuration, Code } = await get()
    expect(Configuration?.PackageType).toBe('Image')
    expect(Configuration).not.toHaveProperty('Runtime')
    expect(Configuration).not.toHaveProperty('Handler')
    expect(Code).toMatchObject({ RepositoryType: 'ECR', ImageUri: expect.stringContaining('.dkr.ecr.us-east-1.') })
  })

  it('R5 answers under the ARN that was asked for', async () => {
    add({ versions: [{ mode: 'Active' }], aliases: [{ name: 'live', version: '1' }] })
    expect((await get('live')).Configuration).toMatchObject({
      FunctionArn: `${ARN}:live`,
      Version: '1',
      TracingConfig: { Mode: 'Active' },
    })
    expect((await get('$LATEST')).Configuration).toMatchObject({ FunctionArn: `${ARN}:$LATEST`, Version: '$LATEST' })
    expect((await get()).Configuration).toMatchObject({ FunctionArn: ARN, Version: '$LATEST' })
  })

  it('R6 leaves states out of lists', async () => {
    add({ mode: 'Active', updating: true })
    const [item] = (await list()).Functions ?? []
    expect(item).toMatchObject({ Role: ROLE, TracingConfig: { Mode: 'Active' }, RevisionId: expect.any(String) })
    for (const key of [
      'State',
      'StateReason',
      'LastUpdateStatus',
      'LastUpdateStatusReason',
      'RuntimeVersionConfig',
      'Tags',
    ]) {
      expect(item).not.toHaveProperty(key)
    }
  })

  it('R7 gives fifty a page whatever MaxItems says', async () => {
    for (let index = 0; index < 120; index += 1) add({ name: `fn-${String(index).padStart(3, '0')}` })
    const names: string[] = []
    const sizes: number[] = []
    let Marker: string | undefined
    do {
      const page = await list({ MaxItems: 1000, Marker })
      sizes.push(page.Functions?.length ?? 0)
      names.push(...(page.Functions ?? []).map((item) => item.FunctionName ?? ''))
      Marker = page.NextMarker
    } while (Marker !== undefined)
    expect(sizes).toEqual([50, 50, 20])
    expect(new Set(names).size).toBe(120)
    expect((await list({ MaxItems: 7 })).Functions).toHaveLength(7)
  })

  it('R7 pages versions likewise', async () => {
    add({ versions: Array.from({ length: 60 }, () => ({})) })
    const lambda = clients.lambda()
    const first = await lambda.send(new ListVersionsByFunctionCommand({ FunctionName: 'fn' }))
    const second = await lambda.send(
      new ListVersionsByFunctionCommand({ FunctionName: 'fn', Marker: first.NextMarker }),
    )
    expect([first.Versions?.length, second.Versions?.length, second.NextMarker]).toEqual([50, 11, undefined])
    expect(first.Versions?.slice(0, 3).map((item) => item.FunctionArn)).toEqual([
      `${ARN}:$LATEST`,
      `${ARN}:1`,
      `${ARN}:2`,
    ])
  })

  it('R8 lists every version with ALL, through page breaks within a function', async () => {
    add({ name: 'a', versions: Array.from({ length: 70 }, () => ({})) })
    add({ name: 'b', versions: [{}] })
    const arns: string[] = []
    let Marker: string | undefined
    do {
      const page = await list({ FunctionVersion: 'ALL', Marker })
      arns.push(...(page.Functions ?? []).map((item) => item.FunctionArn?.split('function:')[1] ?? ''))
      Marker = page.NextMarker
    } while (Marker !== undefined)
    const versions = Array.from({ length: 70 }, (_, index) => `a:${index + 1}`)
    expect(arns).toEqual(['a:$LATEST', ...versions, 'b:$LATEST', 'b:1'])
    expect((await refusal(list({ FunctionVersion: 'invalid' as 'ALL' }))).message).toBe(
      "1 validation error detected: Value 'invalid' at 'functionVersion' failed to satisfy constraint: Member must satisfy enum value set: [ALL]",
    )
  })

  it('R9 lists event source mappings by function, a hundred a page', async () => {
    add({ eventSources: Array.from({ length: 120 }, () => ({ kind: 'sqs' as const })) })
    add({ name: 'stream', eventSources: [{ kind: 'kafka' }, { kind: 'msk' }, { kind: 'mq' }, { kind: 'documentdb' }] })
    const mappings = async (FunctionName?: string, Marker?: string) =>
      clients.lambda().send(new ListEventSourceMappingsCommand({ FunctionName, Marker }))
    const first = await mappings('fn')
    const second = await mappings('fn', first.NextMarker)
    expect([first.EventSourceMappings?.length, second.EventSourceMappings?.length]).toEqual([100, 20])
    const [kafka, msk, mq, documentdb] = (await mappings('stream')).EventSourceMappings ?? []
    expect(kafka?.SelfManagedEventSource?.Endpoints?.KAFKA_BOOTSTRAP_SERVERS).toBeDefined()
    expect(kafka).not.toHaveProperty('EventSourceArn')
    expect([msk, mq, documentdb].map((mapping) => mapping?.EventSourceArn?.split(':')[2])).toEqual([
      'kafka',
      'mq',
      'rds',
    ])
    expect((await mappings()).NextMarker).toBeDefined()
  })
})
