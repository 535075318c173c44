/** BEHAVIOUR I9 and I10: callers and assumed roles. */
import { ListRolesCommand } from '@aws-sdk/client-iam'
import { ListFunctionsCommand } from '@aws-sdk/client-lambda'
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

  it('I10 caps chained sessions at one hour', async () => {
    const member = clients.sandbox.world.account('111111111111')
    member.addRole({ name: 'Next', trust: trusting('111111111111') })
    const chained = clients.sts('us-east-1', await keysOf('Auditor'))
    expect(await refusal(assume('Next', { DurationSeconds: 7200 }, chained))).toMatchObject({ name: 'ValidationError' })
    expect((await assume('Next', {}, chained)).Credentials).toBeDefined()
  })
})
