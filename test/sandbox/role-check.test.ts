/** BEHAVIOUR X: Lambda's check of the execution role. */
import {
  AttachRolePolicyCommand,
  CreatePolicyVersionCommand,
  CreateRoleCommand,
  DetachRolePolicyCommand,
  PutRolePermissionsBoundaryCommand,
} from '@aws-sdk/client-iam'
import { UpdateFunctionConfigurationCommand } from '@aws-sdk/client-lambda'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { RoleSeed } from '../../src/sandbox/world/account.js'
import { type Clients, refusal, sandboxClients } from './sandbox-clients.js'

const WRITE = 'arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess'
const NOT_PERMITTED = {
  name: 'InvalidParameterValueException',
  status: 400,
  message: 'The provided execution role does not have permissions to call PutTraceSegments on XRAY',
}
const NOT_ASSUMABLE = {
  name: 'InvalidParameterValueException',
  status: 400,
  message: 'The role defined for the function cannot be assumed by Lambda.',
}

describe('X: the role check', () => {
  let clients: Clients

  beforeEach(async () => {
    clients = await sandboxClients()
  })
  afterEach(() => clients.close())

  const withRole = (seed: Partial<RoleSeed>, role?: string) => {
    const account = clients.sandbox.world.account()
    const made = account.addRole({ name: 'worker', ...seed })
    account.region('us-east-1').addFunction({ name: 'fn', role: role ?? made.arn })
    return made
  }
  const trace = (Mode: 'Active' | 'PassThrough' = 'Active') =>
    clients.lambda().send(new UpdateFunctionConfigurationCommand({ FunctionName: 'fn', TracingConfig: { Mode } }))
  const grant = () => clients.iam().send(new AttachRolePolicyCommand({ RoleName: 'worker', PolicyArn: WRITE }))

  it('X1 refuses Active for a role that cannot write, and leaves the function alone', async () => {
    withRole({ managed: ['AWSLambdaBasicExecutionRole'] })
    expect(await refusal(trace())).toEqual(NOT_PERMITTED)
    expect(clients.sandbox.world.account().region('us-east-1').function('fn').mode).toBeUndefined()
    expect((await trace('PassThrough')).TracingConfig?.Mode).toBe('PassThrough')
  })

  it('X2 sees a grant only after iamDelayMs', async () => {
    withRole({})
    await grant()
    clients.clock.advance(4999)
    expect(await refusal(trace())).toEqual(NOT_PERMITTED)
    clients.clock.advance(1)
    expect((await trace()).TracingConfig?.Mode).toBe('Active')
  })

  it('X2 sees a removal only after iamDelayMs', async () => {
    withRole({ managed: [WRITE] })
    await clients.iam().send(new DetachRolePolicyCommand({ RoleName: 'worker', PolicyArn: WRITE }))
    expect((await trace()).TracingConfig?.Mode).toBe('Active')
    clients.clock.advance(5000)
    expect(await refusal(trace())).toEqual(NOT_PERMITTED)
  })

  it('X2 sees a boundary only after iamDelayMs', async () => {
    withRole({ managed: [WRITE] })
    const PermissionsBoundary = 'arn:aws:iam::aws:policy/ReadOnlyAccess'
    await clients.iam().send(new PutRolePermissionsBoundaryCommand({ RoleName: 'worker', PermissionsBoundary }))
    expect((await trace()).TracingConfig?.Mode).toBe('Active')
    clients.clock.advance(5000)
    expect(await refusal(trace())).toEqual(NOT_PERMITTED)
  })

  it('X3 refuses roles that are missing or do not trust Lambda', async () => {
    withRole({ managed: [WRITE] }, 'arn:aws:iam::123456789012:role/gone')
    expect(await refusal(trace())).toEqual(NOT_ASSUMABLE)
    const Principal = { Service: 'ec2.amazonaws.com' }
    withRole({ managed: [WRITE], trust: { Statement: { Effect: 'Allow', Principal, Action: 'sts:AssumeRole' } } })
    expect(await refusal(trace())).toEqual(NOT_ASSUMABLE)
    withRole({ managed: [WRITE], trust: 'edgelambda' })
    expect((await trace()).TracingConfig?.Mode).toBe('Active')
  })

  it('X3 refuses roles younger than iamDelayMs', async () => {
    withRole({}, 'arn:aws:iam::123456789012:role/young')
    const trust = clients.sandbox.world.account().role('worker').trust.text
    await clients.iam().send(new CreateRoleCommand({ RoleName: 'young', AssumeRolePolicyDocument: trust }))
    await clients.iam().send(new AttachRolePolicyCommand({ RoleName: 'young', PolicyArn: WRITE }))
    expect(await refusal(trace())).toEqual(NOT_ASSUMABLE)
    clients.clock.advance(5000)
    expect((await trace()).TracingConfig?.Mode).toBe('Active')
  })

  it('X6 goes by the default version of a policy, seen with delay', async () => {
    const allow = { Statement: [{ Effect: 'Allow' as const, Action: 'xray:*', Resource: '*' }] }
    const nothing = { Statement: [{ Effect: 'Allow' as const, Action: 's3:*', Resource: '*' }] }
    const account = clients.sandbox.world.account()
    const policy = account.addPolicy({ name: 'tracing', document: nothing, olderVersions: [allow] })
    withRole({ managed: ['tracing'] })
    expect(await refusal(trace())).toEqual(NOT_PERMITTED)
    const version = { PolicyArn: policy.arn, PolicyDocument: JSON.stringify(allow) }
    await clients.iam().send(new CreatePolicyVersionCommand(version))
    clients.clock.advance(5000)
    expect(await refusal(trace())).toEqual(NOT_PERMITTED)
    await clients.iam().send(new CreatePolicyVersionCommand({ ...version, SetAsDefault: true }))
    expect(await refusal(trace())).toEqual(NOT_PERMITTED)
    clients.clock.advance(5000)
    expect((await trace()).TracingConfig?.Mode).toBe('Active')
  })

  it('X8 can be switched off', async () => {
    clients.sandbox.settings.roleCheck = false
    withRole({}, 'arn:aws:iam::123456789012:role/gone')
    expect((await trace()).TracingConfig?.Mode).toBe('Active')
  })
})
