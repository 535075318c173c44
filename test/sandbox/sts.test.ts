/** BEHAVIOUR I9 to I11: callers and assumed roles. */
import { ListRegionsCommand } from '@aws-sdk/client-account'
import { SelectResourceConfigCommand } from '@aws-sdk/client-config-service'
import { DescribeRegionsCommand } from '@aws-sdk/client-ec2'
import { ListRolesCommand } from '@aws-sdk/client-iam'
import { ListFunctionsCommand } from '@aws-sdk/client-lambda'
import { ListAccountsCommand } from '@aws-sdk/client-organizations'
import { GetResourcesCommand } from '@aws-sdk/client-resource-groups-tagging-api'
import { AssumeRoleCommand, type AssumeRoleCommandInput, GetCallerIdentityCommand } from '@aws-sdk/client-sts'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { PolicyDocument } from '../../src/sandbox/policy/document.js'
import { type Clients, refusal, sandboxClients } from './sandbox-clients.js'

const trusting = (account: string, externalId?: string): PolicyDocument => ({
  Statement: {
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${account}:root` },
    Action: 'sts:AssumeRole',
    ...(externalId === undefined ? {} : { Condition: { StringEquals: { 'sts:ExternalId': externalId } } }),
  },
})

describe('I: callers', () => {
  let clients: Clients

  beforeEach(async () => {
    clients = await sandboxClients()
    const member = clients.sandbox.world.account('111111111111')
    member.addRole({ name: 'Auditor', trust: trusting('123456789012') })
    member.addRole({ name: 'Guarded', trust: trusting('123456789012', 'e-1') })
    member.addRole({ name: 'Stranger', trust: trusting('999999999999') })
    member.region('us-east-1').addFunction({ name: 'in-member', role: 'arn:aws:iam::111111111111:role/r' })
  })
  afterEach(() => clients.close())

  const assume = (role: string, more: Partial<AssumeRoleCommandInput> = {}, sts = clients.sts()) =>
    sts.send(
      new AssumeRoleCommand({ RoleArn: `arn:aws:iam::111111111111:role/${role}`, RoleSessionName: 's', ...more }),
    )
  const keysOf = async (role: string, more: Partial<AssumeRoleCommandInput> = {}) => {
    const { Credentials } = await assume(role, more)
    return {
      accessKeyId: Credentials?.AccessKeyId ?? '',
      secretAccessKey: Credentials?.SecretAccessKey ?? '',
      sessionToken: Credentials?.SessionToken ?? '',
    }
  }

  it('I9 names the user of the key’s account', async () => {
    expect(await clients.sts().send(new GetCallerIdentityCommand({}))).toMatchObject({
      Account: '123456789012',
      Arn: 'arn:aws:iam::123456789012:user/operator',
    })
  })

  it('I9 names the session of an assumed role', async () => {
    const keys = await keysOf('Auditor')
    expect(keys.accessKeyId).toMatch(/^ASIA111111111111[A-Z]{4}$/)
    expect(await clients.sts('us-east-1', keys).send(new GetCallerIdentityCommand({}))).toMatchObject({
      Account: '111111111111',
      Arn: 'arn:aws:sts::111111111111:assumed-role/Auditor/s',
    })
  })

  it('I10 gives keys that work in the role’s account', async () => {
    const { Functions } = await clients.lambda('us-east-1', await keysOf('Auditor')).send(new ListFunctionsCommand({}))
    expect(Functions?.map((found) => found.FunctionName)).toEqual(['in-member'])
  })

  it('I10 gives keys that are of the role’s account to every service', async () => {
    const keys = await keysOf('Auditor')
    const region = 'us-east-1'
    clients.sandbox.world.createOrganization('111111111111')
    await Promise.all([
      clients.lambda(region, keys).send(new ListFunctionsCommand({})),
      clients.iam(region, keys).send(new ListRolesCommand({})),
      clients.sts(region, keys).send(new GetCallerIdentityCommand({})),
      clients.tagging(region, keys).send(new GetResourcesCommand({})),
      clients.account(region, keys).send(new ListRegionsCommand({})),
      clients.ec2(region, keys).send(new DescribeRegionsCommand({})),
      clients.organizations(region, keys).send(new ListAccountsCommand({})),
      clients.config(region, keys).send(new SelectResourceConfigCommand({ Expression: 'SELECT arn' })),
    ])
    const [, ...calls] = clients.sandbox.calls
    expect(calls.map(({ service, account, status }) => `${service} ${account} ${status}`).sort()).toEqual(
      ['account', 'config', 'ec2', 'iam', 'lambda', 'organizations', 'sts', 'tagging'].map(
        (service) => `${service} 111111111111 200`,
      ),
    )
  })

  it('I10 lets faults and regions tell the role’s account from the caller’s', async () => {
    const functions = async (own: boolean, region: string) => {
      const keys = own ? undefined : await keysOf('Auditor')
      return clients.lambda(region, keys).send(new ListFunctionsCommand({}))
    }
    clients.sandbox.faults.push({ match: { account: '111111111111', region: 'eu-west-1' }, kind: 'scp-deny' })
    expect(await refusal(functions(false, 'eu-west-1'))).toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining('assumed-role/Auditor/s is not authorized'),
    })
    clients.sandbox.world.account('111111111111').disableRegions('us-west-2')
    expect(await refusal(functions(false, 'us-west-2'))).toMatchObject({ name: 'UnrecognizedClientException' })
    await Promise.all([functions(true, 'eu-west-1'), functions(true, 'us-west-2')])
  })

  it('I10 refuses roles that do not trust the caller, or are missing, alike', async () => {
    const denied = (role: string) => ({
      name: 'AccessDenied',
      status: 403,
      message: `User: arn:aws:iam::123456789012:user/operator is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::111111111111:role/${role}`,
    })
    expect(await refusal(assume('Stranger'))).toEqual(denied('Stranger'))
    expect(await refusal(assume('Missing'))).toEqual(denied('Missing'))
    expect(await refusal(assume('Guarded'))).toEqual(denied('Guarded'))
    expect(await refusal(assume('Guarded', { ExternalId: 'e-2' }))).toEqual(denied('Guarded'))
    expect((await assume('Guarded', { ExternalId: 'e-1' })).AssumedRoleUser?.Arn).toContain('/Guarded/')
  })

  it('I10 lets sessions expire', async () => {
    const keys = await keysOf('Auditor', { DurationSeconds: 900 })
    clients.clock.advance(899_000)
    await clients.iam('us-east-1', keys).send(new ListRolesCommand({}))
    clients.clock.advance(1000)
    expect(await refusal(clients.iam('us-east-1', keys).send(new ListRolesCommand({})))).toMatchObject({
      name: 'ExpiredToken',
      status: 403,
    })
    expect(await refusal(clients.lambda('us-east-1', keys).send(new ListFunctionsCommand({})))).toMatchObject({
      name: 'ExpiredTokenException',
      status: 403,
    })
  })

  it('I10 ends every service for a session at the same time', async () => {
    const keys = await keysOf('Auditor', { DurationSeconds: 900 })
    clients.clock.advance(900_000)
    const region = 'us-east-1'
    const expired = { name: 'ExpiredTokenException' }
    for (const call of [
      clients.tagging(region, keys).send(new GetResourcesCommand({})),
      clients.account(region, keys).send(new ListRegionsCommand({})),
      clients.organizations(region, keys).send(new ListAccountsCommand({})),
      clients.config(region, keys).send(new SelectResourceConfigCommand({ Expression: 'SELECT arn' })),
    ]) {
      expect(await refusal(call)).toMatchObject(expired)
    }
    const identity = clients.sts(region, keys).send(new GetCallerIdentityCommand({}))
    expect(await refusal(identity)).toMatchObject({ name: 'ExpiredToken' })
  })

  it('I11 obeys DurationSeconds from 900 to 3600, and takes an hour without it', async () => {
    const validFor = async (DurationSeconds?: number) =>
      ((await assume('Auditor', { DurationSeconds })).Credentials?.Expiration?.getTime() ?? 0) - clients.clock.now()
    expect([await validFor(900), await validFor(3600), await validFor()]).toEqual([900_000, 3_600_000, 3_600_000])
    const refused = async (DurationSeconds: number) => refusal(assume('Auditor', { DurationSeconds }))
    expect((await refused(899)).message).toContain("Value '899' at 'durationSeconds'")
    expect(await refused(3601)).toEqual({
      name: 'ValidationError',
      status: 400,
      message: 'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
    })
  })

  it('I11 caps chained sessions at one hour', async () => {
    const member = clients.sandbox.world.account('111111111111')
    member.addRole({ name: 'Next', trust: trusting('111111111111') })
    const chained = clients.sts('us-east-1', await keysOf('Auditor'))
    expect((await refusal(assume('Next', { DurationSeconds: 7200 }, chained))).message).toContain('role chaining')
    expect((await assume('Next', {}, chained)).Credentials).toBeDefined()
  })
})
