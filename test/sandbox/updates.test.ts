/** BEHAVIOUR U: updating functions, and how updates settle. */
import {
  CreateFunctionCommand,
  GetFunctionCommand,
  GetFunctionConfigurationCommand,
  PublishVersionCommand,
  TagResourceCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Clients, refusal, sandboxClients } from './sandbox-clients.js'

const TEXT_QUALIFIER =
  'Current operation does not support versions other than $LATEST. Please set the version to $LATEST or do not set a version in your request.'

describe('U: updating', () => {
  let clients: Clients
  let role: string

  beforeEach(async () => {
    clients = await sandboxClients()
    const account = clients.sandbox.world.account()
    role = account.addRole({ name: 'worker', managed: ['AWSXRayDaemonWriteAccess'] }).arn
    account.region('us-east-1').addFunction({ name: 'fn', role, environment: { KEY: 'secret' }, versions: [{}] })
  })
  afterEach(() => clients.close())

  const update = (input: Omit<UpdateFunctionConfigurationCommand['input'], 'FunctionName'>, name = 'fn') =>
    clients.lambda().send(new UpdateFunctionConfigurationCommand({ FunctionName: name, ...input }))
  const read = () => clients.lambda().send(new GetFunctionConfigurationCommand({ FunctionName: 'fn' }))
  const active = { TracingConfig: { Mode: 'Active' as const } }

  it('U1 changes only the keys that were sent', async () => {
    const before = await read()
    await update(active)
    clients.clock.advance(2000)
    const { $metadata: _a, RevisionId: _b, LastModified: _c, ...after } = await read()
    const { $metadata: _d, RevisionId: _e, LastModified: _f, ...was } = before
    expect(after).toEqual({ ...was, TracingConfig: { Mode: 'Active' } })
    expect(after.Environment).toEqual({ Variables: { KEY: 'secret' } })
  })

  it('U1 replaces Environment whole if it is sent', async () => {
    expect((await update({ Environment: { Variables: { OTHER: '1' } } })).Environment?.Variables).toEqual({
      OTHER: '1',
    })
  })

  it('U2 refuses versions and aliases, and takes $LATEST', async () => {
    for (const name of [
      'fn:1',
      'fn:live',
      '123456789012:function:fn:1',
      'arn:aws:lambda:us-east-1:123456789012:function:fn:1',
    ]) {
      expect(await refusal(update(active, name))).toEqual({
        name: 'InvalidParameterValueException',
        message: TEXT_QUALIFIER,
        status: 400,
      })
    }
    expect((await update(active, 'fn:$LATEST')).TracingConfig).toEqual({ Mode: 'Active' })
  })

  it('U3 answers the new values, InProgress, with a new RevisionId', async () => {
    const before = await read()
    const answer = await update(active)
    expect(answer).toMatchObject({
      State: 'Active',
      LastUpdateStatus: 'InProgress',
      LastUpdateStatusReason: 'The function is being created.',
      LastUpdateStatusReasonCode: 'Creating',
      TracingConfig: { Mode: 'Active' },
    })
    expect(answer.RevisionId).not.toBe(before.RevisionId)
  })

  it('U4 settles after settleMs, with one more RevisionId and no reasons', async () => {
    const answer = await update(active)
    clients.clock.advance(1999)
    expect(await read()).toMatchObject({ LastUpdateStatus: 'InProgress', RevisionId: answer.RevisionId })
    clients.clock.advance(1)
    const settled = await read()
    expect(settled.LastUpdateStatus).toBe('Successful')
    expect(settled).not.toHaveProperty('LastUpdateStatusReasonCode')
    expect(settled.RevisionId).not.toBe(answer.RevisionId)
    expect((await read()).RevisionId).toBe(settled.RevisionId)
  })

  it('U5 goes InProgress for an update that changes nothing', async () => {
    const before = await read()
    const answer = await update({ TracingConfig: { Mode: 'PassThrough' } })
    expect(answer.LastUpdateStatus).toBe('InProgress')
    expect(answer.RevisionId).not.toBe(before.RevisionId)
  })

  it('U6 refuses update, publish and tagging while an update runs', async () => {
    await update(active)
    const arn = 'arn:aws:lambda:us-east-1:123456789012:function:fn'
    const conflict = {
      name: 'ResourceConflictException',
      message: `The operation cannot be performed at this time. An update is in progress for resource: ${arn}`,
      status: 409,
    }
    expect(await refusal(update(active))).toEqual(conflict)
    expect(await refusal(clients.lambda().send(new PublishVersionCommand({ FunctionName: 'fn' })))).toEqual(conflict)
    expect(await refusal(clients.lambda().send(new TagResourceCommand({ Resource: arn, Tags: { a: 'b' } })))).toEqual(
      conflict,
    )
    clients.clock.advance(2000)
    expect((await update(active)).LastUpdateStatus).toBe('InProgress')
  })

  const create = (input: Partial<CreateFunctionCommand['input']> = {}) =>
    clients.lambda().send(
      new CreateFunctionCommand({
        FunctionName: 'fresh',
        Role: role,
        Runtime: 'nodejs22.x',
        Handler: 'index.handler',
        Code: { ZipFile: Buffer.from('code') },
        ...input,
      }),
    )

  it('U7 refuses changes while the function is Pending', async () => {
    await create()
    expect(await refusal(update(active, 'fresh'))).toMatchObject({
      name: 'ResourceConflictException',
      message:
        'The operation cannot be performed at this time. The function is currently in the following state: Pending',
    })
    clients.clock.advance(2000)
    const { Configuration } = await clients.lambda().send(new GetFunctionCommand({ FunctionName: 'fresh' }))
    expect(Configuration).toMatchObject({ State: 'Active', LastUpdateStatus: 'Successful' })
  })

  it('U8 refuses a stale RevisionId', async () => {
    const { RevisionId = '' } = await read()
    const answer = await update({ ...active, RevisionId })
    clients.clock.advance(2000)
    const stale = { name: 'PreconditionFailedException', status: 412 }
    expect(await refusal(update({ ...active, RevisionId }))).toMatchObject(stale)
    expect(await refusal(update({ ...active, RevisionId: answer.RevisionId }))).toMatchObject({
      ...stale,
      message:
        'The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id',
    })
  })

  it('U9 refuses blocked runtimes', async () => {
    clients.sandbox.world.account().region('us-east-1').addFunction({ name: 'old', role, runtime: 'nodejs12.x' })
    const refused = await refusal(update(active, 'old'))
    expect(refused).toMatchObject({ name: 'InvalidParameterValueException', status: 400 })
    expect(refused.message).toContain(
      'The runtime parameter of nodejs12.x is no longer supported for creating or updating AWS Lambda functions.',
    )
    expect((await refusal(create({ Runtime: 'python2.7' }))).message).toContain('python2.7 is no longer supported')
  })

  it('U10 refuses unknown modes and roles that are no ARN', async () => {
    const mode = await refusal(update({ TracingConfig: { Mode: 'On' as 'Active' } }))
    expect(mode).toMatchObject({ name: 'ValidationException', status: 400 })
    expect(mode.message).toContain("Value 'On' at 'tracingConfig.mode'")
    expect((await refusal(update({ Role: 'r1' }))).message).toBe(
      "1 validation error detected: Value 'r1' at 'role' failed to satisfy constraint: Member must satisfy regular expression pattern: arn:(aws[a-zA-Z-]*)?:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+",
    )
  })

  it('U11 creates Pending, and renews the RevisionId when Active', async () => {
    const answer = await create({ ...active, Tags: { team: 'a' } })
    expect(answer).toMatchObject({
      State: 'Pending',
      StateReason: 'The function is being created.',
      StateReasonCode: 'Creating',
      TracingConfig: { Mode: 'Active' },
      Version: '$LATEST',
    })
    expect(answer.$metadata.httpStatusCode).toBe(201)
    expect(answer).not.toHaveProperty('LastUpdateStatus')
    clients.clock.advance(2000)
    const { Configuration, Tags } = await clients.lambda().send(new GetFunctionCommand({ FunctionName: 'fresh' }))
    expect(Configuration?.RevisionId).not.toBe(answer.RevisionId)
    expect(Tags).toEqual({ team: 'a' })
    expect(await refusal(create())).toMatchObject({ name: 'ResourceConflictException', status: 409 })
  })

  it('U11 answers version "1" under the plain ARN with Publish', async () => {
    expect(await create({ Publish: true })).toMatchObject({
      Version: '1',
      FunctionArn: 'arn:aws:lambda:us-east-1:123456789012:function:fresh',
    })
  })

  it('U11 refuses what a package type cannot have', async () => {
    const { Runtime: _runtime, ...withoutRuntime } = { Runtime: undefined, FunctionName: 'x' }
    expect((await refusal(create({ ...withoutRuntime, Runtime: undefined }))).message).toContain(
      'are mandatory parameters',
    )
    expect((await refusal(create({ PackageType: 'Image' }))).message).toContain("Please don't provide Runtime")
    expect((await refusal(create({ Code: {} }))).message).toBe('Please provide a source for function code.')
  })
})
