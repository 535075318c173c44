/** BEHAVIOUR F: faults. */
import { AttachRolePolicyCommand, GetRoleCommand, ListRolesCommand } from '@aws-sdk/client-iam'
import {
  GetFunctionConfigurationCommand,
  LambdaClient,
  ListFunctionsCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda'
import { AssumeRoleCommand, GetCallerIdentityCommand } from '@aws-sdk/client-sts'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { FaultRule } from '../../src/sandbox/server.js'
import { type Clients, KEYS, refusal, sandboxClients } from './sandbox-clients.js'

describe('F: faults', () => {
  let clients: Clients

  beforeEach(async () => {
    clients = await sandboxClients()
    const account = clients.sandbox.world.account()
    const role = account.addRole({ name: 'worker', managed: ['AdministratorAccess'] }).arn
    for (const name of ['fn', 'other']) account.region('us-east-1').addFunction({ name, role })
  })
  afterEach(() => clients.close())

  const fault = (rule: FaultRule) => clients.sandbox.faults.push(rule)
  const list = (region?: string) => clients.lambda(region).send(new ListFunctionsCommand({}))
  const read = (FunctionName = 'fn') => clients.lambda().send(new GetFunctionConfigurationCommand({ FunctionName }))
  const trace = (FunctionName = 'fn', lambda = clients.lambda()) =>
    lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, TracingConfig: { Mode: 'Active' } }))
  const roles = () => clients.iam().send(new ListRolesCommand({}))

  it('F1 matches by operation, region, resource, service, account and write', async () => {
    const kind = 'http-500'
    const { faults, settings } = clients.sandbox
    settings.lambdaRate = 1000
    const hits = async (match: FaultRule['match']) => {
      faults.splice(0, faults.length, { match, kind })
      const calls = [list(), list('eu-west-1'), read(), read('other'), roles()]
      const outcomes = await Promise.allSettled(calls)
      return outcomes.map((outcome) => (outcome.status === 'rejected' ? 'x' : '.')).join('')
    }
    expect(await hits({ operation: 'ListFunctions' })).toBe('xx...')
    expect(await hits({ operation: ['ListRoles', 'ListFunctions'], region: 'us-east-1' })).toBe('x...x')
    expect(await hits({ region: 'eu-west-1' })).toBe('.x...')
    expect(await hits({ resource: 'fn' })).toBe('..x..')
    expect(await hits({ resource: 'arn:aws:lambda:us-east-1:123456789012:function:other' })).toBe('...x.')
    expect(await hits({ service: 'iam' })).toBe('....x')
    expect(await hits({ account: '111111111111' })).toBe('.....')
    expect(await hits({ write: true })).toBe('.....')
    expect(await hits({ write: false })).toBe('xxxxx')
  })

  it('F1 skips the first, acts so many times, then is spent', async () => {
    fault({ match: { operation: 'ListFunctions' }, kind: 'http-503', skip: 1, times: 2 })
    const outcomes: boolean[] = []
    for (let index = 0; index < 5; index += 1)
      outcomes.push(
        await list().then(
          () => true,
          () => false,
        ),
      )
    expect(outcomes).toEqual([true, false, false, true, true])
  })

  it('F1 draws probabilities from the seed', async () => {
    const pattern = async (randomSeed: number) => {
      const other = await sandboxClients({ randomSeed, faults: [{ match: {}, kind: 'http-500', probability: 0.3 }] })
      const iam = other.iam()
      const outcomes: string[] = []
      for (let index = 0; index < 60; index += 1) {
        outcomes.push(
          await iam.send(new ListRolesCommand({})).then(
            () => '.',
            () => 'x',
          ),
        )
      }
      await other.close()
      return outcomes.join('')
    }
    const first = await pattern(7)
    expect(first).toBe(await pattern(7))
    expect(first).not.toBe(await pattern(8))
    expect(first.split('x').length - 1).toBeGreaterThan(8)
    expect(first.split('x').length - 1).toBeLessThan(30)
  })

  const USER = 'User: arn:aws:iam::123456789012:user/operator is not authorized to perform:'
  const FN = 'arn:aws:lambda:us-east-1:123456789012:function:fn'

  it.each<[kind: FaultRule['kind'], tail: string]>([
    ['access-denied', 'because no identity-based policy allows the lambda:GetFunctionConfiguration action'],
    ['explicit-deny', 'with an explicit deny in an identity-based policy'],
    ['scp-deny', 'with an explicit deny in a service control policy'],
  ])('F2 denies by %s', async (kind, tail) => {
    fault({ match: {}, kind })
    expect(await refusal(read())).toEqual({
      name: 'AccessDeniedException',
      status: 403,
      message: `${USER} lambda:GetFunctionConfiguration on resource: ${FN} ${tail}`,
    })
    const attach = { RoleName: 'worker', PolicyArn: 'arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess' }
    const denied = await refusal(clients.iam().send(new AttachRolePolicyCommand(attach)))
    expect(denied).toMatchObject({ name: 'AccessDenied', status: 403 })
    expect(denied.message).toContain('iam:AttachRolePolicy on resource: arn:aws:iam::123456789012:role/worker')
    expect((await refusal(list())).message).toContain('lambda:ListFunctions on resource: *')
  })

  it('F2 turns regions off and lets tokens expire', async () => {
    fault({ match: { region: 'ap-east-1' }, kind: 'region-off' })
    fault({ match: { operation: 'GetFunctionConfiguration' }, kind: 'expired-token' })
    fault({ match: { operation: 'GetRole' }, kind: 'expired-token' })
    expect(await refusal(list('ap-east-1'))).toEqual({
      name: 'UnrecognizedClientException',
      status: 403,
      message: 'The security token included in the request is invalid.',
    })
    const identity = clients.sts('ap-east-1').send(new GetCallerIdentityCommand({}))
    expect(await refusal(identity)).toMatchObject({ name: 'InvalidClientTokenId', status: 403 })
    expect(await refusal(read())).toMatchObject({ name: 'ExpiredTokenException', status: 403 })
    const role = clients.iam().send(new GetRoleCommand({ RoleName: 'worker' }))
    expect(await refusal(role)).toMatchObject({ name: 'ExpiredToken', status: 403 })
  })

  it('F2 denies assuming one role among accounts by its ARN', async () => {
    const member = (id: string) =>
      clients.sandbox.world.account(id).addRole({
        name: 'Auditor',
        trust: { Statement: { Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' } },
      }).arn
    const [open, shut] = [member('111111111111'), member('222222222222')]
    fault({ match: { operation: 'AssumeRole', resource: shut }, kind: 'scp-deny' })
    const assume = (RoleArn: string) => clients.sts().send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'audit' }))
    expect((await assume(open)).Credentials).toBeDefined()
    expect(await refusal(assume(shut))).toMatchObject({ name: 'AccessDenied' })
  })

  it('F3 throttles in each service’s way', async () => {
    fault({ match: { operation: ['ListFunctions', 'ListRoles'] }, kind: 'throttle', retryAfterSeconds: 3 })
    fault({ match: { write: true }, kind: 'ec2-throttle' })
    const throttled = list().then(
      () => undefined,
      (error: { retryAfterSeconds?: string; Reason?: string }) => error,
    )
    expect(await throttled).toMatchObject({ retryAfterSeconds: '3', Reason: 'CallerRateLimitExceeded' })
    expect(await refusal(roles())).toEqual({ name: 'Throttling', status: 400, message: 'Rate exceeded' })
    const ec2 = await refusal(trace())
    expect(ec2).toMatchObject({ name: 'InvalidParameterValueException', status: 400 })
    expect(ec2.message).toMatch(/^Your request has been throttled by EC2/)
  })

  it('F4 fails with the service’s own 500 and 503', async () => {
    fault({ match: { operation: ['ListFunctions', 'ListRoles'] }, kind: 'http-500', times: 2 })
    fault({ match: { operation: ['ListFunctions', 'ListRoles'] }, kind: 'http-503' })
    expect(await refusal(list())).toMatchObject({ name: 'ServiceException', status: 500 })
    expect(await refusal(roles())).toMatchObject({ name: 'InternalFailure', status: 500 })
    expect(await refusal(list())).toMatchObject({ name: 'ServiceUnavailableException', status: 503 })
    expect(await refusal(roles())).toMatchObject({ name: 'ServiceUnavailable', status: 503 })
  })

  it('F4 cuts connections before or after the work', async () => {
    const mode = (name: string) => clients.sandbox.world.account().region('us-east-1').function(name).mode
    fault({ match: { resource: 'fn' }, kind: 'reset-before' })
    fault({ match: { resource: 'other' }, kind: 'reset-after' })
    for (const name of ['fn', 'other']) {
      expect(await refusal(trace(name))).toMatchObject({
        status: 0,
        message: expect.stringMatching(/ECONNRESET|hang up/),
      })
    }
    expect([mode('fn'), mode('other')]).toEqual([undefined, 'Active'])
    expect(clients.sandbox.calls.map(({ status, errorCode }) => [status, errorCode])).toEqual([
      [0, 'reset-before'],
      [0, 'reset-after'],
    ])
  })

  it('F4 is survived by a client that retries', async () => {
    fault({ match: {}, kind: 'reset-before', times: 1 })
    const patient = new LambdaClient({ region: 'us-east-1', credentials: KEYS, endpoint: clients.sandbox.url })
    expect((await trace('fn', patient)).TracingConfig?.Mode).toBe('Active')
    patient.destroy()
    expect(clients.sandbox.calls.map((call) => call.status)).toEqual([0, 200])
  })

  it('F5 delays, and answers anything', async () => {
    const before = clients.clock.now()
    fault({ match: {}, kind: 'delay', delayMs: 7000 })
    fault({ match: { service: 'iam' }, kind: 'error', status: 409, code: 'ConcurrentModification', message: 'busy' })
    await list()
    expect(clients.clock.now() - before).toBe(7000)
    expect(await refusal(roles())).toEqual({ name: 'ConcurrentModificationException', status: 409, message: 'busy' })
  })

  it('F6 throttles before any fault', async () => {
    clients.sandbox.settings.lambdaRate = 0
    fault({ match: {}, kind: 'http-500' })
    expect(await refusal(list())).toMatchObject({ name: 'TooManyRequestsException' })
  })
})
