/** BEHAVIOUR V: versions, aliases, tags. */
import {
  CreateAliasCommand,
  type CreateAliasCommandInput,
  DeleteAliasCommand,
  DeleteFunctionCommand,
  GetAliasCommand,
  GetFunctionConfigurationCommand,
  ListAliasesCommand,
  ListTagsCommand,
  ListVersionsByFunctionCommand,
  PublishVersionCommand,
  type PublishVersionCommandInput,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateAliasCommand,
  type UpdateAliasCommandInput,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Clients, refusal, sandboxClients } from './sandbox-clients.js'

const ARN = 'arn:aws:lambda:us-east-1:123456789012:function:fn'
const FunctionName = 'fn'

describe('V: versions and aliases', () => {
  let clients: Clients

  beforeEach(async () => {
    clients = await sandboxClients({ settings: { roleCheck: false } })
    const role = 'arn:aws:iam::123456789012:role/r'
    const region = clients.sandbox.world.account().region('us-east-1')
    region.addFunction({ name: 'fn', role, mode: 'PassThrough', versions: [{ mode: 'PassThrough' }] })
    region.addFunction({ name: 'managed', role, mode: 'PassThrough', managedInstances: true })
  })
  afterEach(() => clients.close())

  const publish = (input: Partial<PublishVersionCommandInput> = {}) =>
    clients.lambda().send(new PublishVersionCommand({ FunctionName, ...input }))
  const read = (Qualifier?: string, name = FunctionName) =>
    clients.lambda().send(new GetFunctionConfigurationCommand({ FunctionName: name, Qualifier }))
  const trace = async (name = FunctionName) => {
    const input = { FunctionName: name, TracingConfig: { Mode: 'Active' as const } }
    await clients.lambda().send(new UpdateFunctionConfigurationCommand(input))
    clients.clock.advance(2000)
  }
  const createAlias = (input: Partial<CreateAliasCommandInput> = {}) =>
    clients.lambda().send(new CreateAliasCommand({ FunctionName, Name: 'live', FunctionVersion: '1', ...input }))
  const updateAlias = (input: Partial<UpdateAliasCommandInput> = {}) =>
    clients.lambda().send(new UpdateAliasCommand({ FunctionName, Name: 'live', ...input }))

  it('V1 publishes at once, and renews the RevisionId of $LATEST', async () => {
    await trace()
    const before = await read()
    const version = await publish()
    expect(version).toMatchObject({
      Version: '2',
      FunctionArn: `${ARN}:2`,
      State: 'Active',
      LastUpdateStatus: 'Successful',
      TracingConfig: { Mode: 'Active' },
    })
    expect(version.$metadata.httpStatusCode).toBe(201)
    const after = await read()
    expect(new Set([before.RevisionId, after.RevisionId, version.RevisionId]).size).toBe(3)
  })

  it('V2 answers the existing version where nothing was updated', async () => {
    expect((await publish()).Version).toBe('1')
    await trace()
    expect([(await publish()).Version, (await publish()).Version]).toEqual(['2', '2'])
  })

  it('V2 never uses a number twice', async () => {
    await trace()
    await publish()
    await clients.lambda().send(new DeleteFunctionCommand({ FunctionName, Qualifier: '2' }))
    await trace()
    expect((await publish()).Version).toBe('3')
  })

  it('V3 locks what was published', async () => {
    const before = await read('1')
    await clients.lambda().send(new UpdateFunctionConfigurationCommand({ FunctionName, Timeout: 9 }))
    expect(await read('1')).toMatchObject({ LastUpdateStatus: 'Successful' })
    clients.clock.advance(2000)
    await trace()
    await publish()
    const { $metadata: _a, ...after } = await read('1')
    const { $metadata: _b, ...was } = before
    expect(after).toEqual(was)
  })

  it('V4 refuses another CodeSha256 and a stale RevisionId', async () => {
    const current = (await read()).CodeSha256
    expect(await refusal(publish({ CodeSha256: 'other' }))).toEqual({
      name: 'InvalidParameterValueException',
      status: 400,
      message: `CodeSHA256 (other) is different from current CodeSHA256 in $LATEST (${current}). Please try again with the CodeSHA256 in $LATEST.`,
    })
    expect(await refusal(publish({ RevisionId: 'old' }))).toMatchObject({
      name: 'PreconditionFailedException',
      status: 412,
    })
    expect((await publish({ CodeSha256: current })).Version).toBe('1')
  })

  it('V1 publishes new code as Pending through UpdateFunctionCode', async () => {
    const ZipFile = Buffer.from('new code')
    const answer = await clients.lambda().send(new UpdateFunctionCodeCommand({ FunctionName, ZipFile, Publish: true }))
    expect(answer).toMatchObject({ Version: '2', State: 'Pending' })
    expect(answer.CodeSha256).not.toBe((await read('1')).CodeSha256)
  })

  it('V5 routes to one version, or two by weight', async () => {
    await trace()
    await publish()
    expect(await createAlias()).not.toHaveProperty('RoutingConfig')
    const RoutingConfig = { AdditionalVersionWeights: { '2': 0.1 } }
    expect(await updateAlias({ RoutingConfig })).toMatchObject({ FunctionVersion: '1', RoutingConfig })
    const listed = async (FunctionVersion?: string) =>
      (await clients.lambda().send(new ListAliasesCommand({ FunctionName, FunctionVersion }))).Aliases
    expect(await listed()).toMatchObject([{ AliasArn: `${ARN}:live`, Name: 'live', RoutingConfig }])
    expect(await listed('2')).toHaveLength(1)
    expect(await listed('3')).toHaveLength(0)
    expect(await updateAlias({ RoutingConfig: { AdditionalVersionWeights: {} } })).not.toHaveProperty('RoutingConfig')
  })

  it('V6 refuses aliases in AWS’s words', async () => {
    const message = async (call: Promise<unknown>) => (await refusal(call)).message
    const getAlias = (Name: string) => clients.lambda().send(new GetAliasCommand({ FunctionName, Name }))
    await trace()
    await publish()
    await createAlias()
    expect(await refusal(createAlias())).toEqual({
      name: 'ResourceConflictException',
      status: 409,
      message: `Alias already exists: ${ARN}:live`,
    })
    expect(await message(getAlias('blue'))).toBe(`Cannot find alias arn: ${ARN}:blue`)
    expect(await message(updateAlias({ Name: 'blue' }))).toBe(`Alias not found: ${ARN}:blue`)
    expect(await message(updateAlias({ FunctionVersion: '10' }))).toBe(`Function not found: ${ARN}:10`)
    expect(await message(createAlias({ Name: '2024' }))).toContain(
      "Value '2024' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: (?!^[0-9]+$)([a-zA-Z0-9-_]+)",
    )
    const weighted = (weights: Record<string, number>, FunctionVersion = '1') =>
      message(updateAlias({ FunctionVersion, RoutingConfig: { AdditionalVersionWeights: weights } }))
    expect(await weighted({ '1': 0.1, '2': 0.1 })).toBe(
      'Number of items in AdditionalVersionWeights cannot be greater than 1',
    )
    expect(await weighted({ '1': 0.1 })).toBe(
      'Invalid function version 1. Function version 1 is already included in routing configuration.',
    )
    expect(await weighted({ '1': 0.1 }, '$LATEST')).toBe(
      '$LATEST is not supported for an alias pointing to more than 1 version',
    )
    const deleted = await clients.lambda().send(new DeleteAliasCommand({ FunctionName, Name: 'blue' }))
    expect(deleted.$metadata.httpStatusCode).toBe(204)
  })

  it('V7 renews an alias’s RevisionId, and honours it', async () => {
    const { RevisionId } = await createAlias()
    const updated = await updateAlias({ RevisionId, Description: 'moved' })
    expect(updated.$metadata.httpStatusCode).toBe(200)
    expect(updated.RevisionId).not.toBe(RevisionId)
    expect(await refusal(updateAlias({ RevisionId }))).toMatchObject({
      name: 'PreconditionFailedException',
      status: 412,
    })
  })

  it('V8 renews $LATEST.PUBLISHED only when asked', async () => {
    const servedMode = async () => (await read('$LATEST.PUBLISHED', 'managed')).TracingConfig?.Mode
    await trace('managed')
    expect((await publish({ FunctionName: 'managed' })).Version).toBe('1')
    expect(await servedMode()).toBe('PassThrough')
    const published = await publish({ FunctionName: 'managed', PublishTo: 'LATEST_PUBLISHED' })
    expect(published).toMatchObject({
      Version: '$LATEST.PUBLISHED',
      FunctionArn: expect.stringMatching(/:\$LATEST\.PUBLISHED$/),
    })
    expect(await servedMode()).toBe('Active')
    const versions = await clients.lambda().send(new ListVersionsByFunctionCommand({ FunctionName: 'managed' }))
    expect(versions.Versions?.map((version) => version.Version)).toEqual(['$LATEST', '$LATEST.PUBLISHED', '1'])
    expect(versions.Versions?.[0]?.CapacityProviderConfig).toBeDefined()
    expect(await refusal(publish({ PublishTo: 'LATEST_PUBLISHED' }))).toMatchObject({ status: 400 })
    expect(await refusal(read('$LATEST.PUBLISHED'))).toMatchObject({ name: 'ResourceNotFoundException' })
  })

  it('V9 keeps tags on the function alone', async () => {
    const lambda = clients.lambda()
    await lambda.send(new TagResourceCommand({ Resource: ARN, Tags: { a: '1', b: '2', c: '3' } }))
    await lambda.send(new UntagResourceCommand({ Resource: ARN, TagKeys: ['a', 'b'] }))
    expect((await lambda.send(new ListTagsCommand({ Resource: ARN }))).Tags).toEqual({ c: '3' })
    expect(await refusal(lambda.send(new ListTagsCommand({ Resource: `${ARN}:1` })))).toEqual({
      name: 'InvalidParameterValueException',
      status: 400,
      message: 'Tags on function aliases and versions are not supported. Please specify a function ARN.',
    })
  })
})
