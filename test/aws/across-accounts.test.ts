/** The way into other accounts: which account is one's own, and the same access for the same account. */
import { describe, expect, test } from 'vitest'
import type { AwsAccess } from '../../src/aws/gateways.js'
import { openAccess } from './support/access.js'
import { xml, xmlError } from './support/answers.js'
import { ownEnvironment } from './support/environment.js'
import { fakeAws } from './support/fake-aws.js'

ownEnvironment()
const aws = fakeAws()

const OWN = '111111111111'
const MEMBER = '222222222222'
const WAY = { role: 'Tracing', externalId: 'blue' }

function across(): AwsAccess {
  aws().on('GetCallerIdentity', xml('GetCallerIdentity', `<Account>${OWN}</Account>`, 'sts'))
  return openAccess().aws.through(WAY)
}

describe('without a way into others', () => {
  test('every account is taken for the own one, and nothing is asked', async () => {
    const access = openAccess().aws
    expect(await access.inAccount(MEMBER, 'aws')).toBe(access)
    expect(access.memberRole).toBeUndefined()
    expect(aws().sent).toEqual([])
  })
})

describe('with one', () => {
  test('the own account is not entered, and keeps its gateways', async () => {
    const access = across()
    const inside = await access.inAccount(OWN, 'aws')
    expect(await inside.lambda('us-east-1')).toBe(await access.lambda('us-east-1'))
    expect(inside.memberRole).toBe('Tracing')
    expect(aws().forms('AssumeRole')).toEqual([])
  })

  test('an account has the same gateways whoever asks: all its calls keep one pace', async () => {
    const access = across()
    const [once, twice] = await Promise.all([access.inAccount(MEMBER, 'aws'), access.inAccount(MEMBER, 'aws')])
    expect(await once.lambda('us-east-1')).toBe(await twice.lambda('us-east-1'))
    expect(await (await access.inAccount('333333333333', 'aws')).lambda('us-east-1')).not.toBe(
      await once.lambda('us-east-1'),
    )
  })

  test('whose the keys are is asked once, however many accounts there are', async () => {
    const access = across()
    for (const id of [OWN, MEMBER, MEMBER, '333333333333']) await access.inAccount(id, 'aws')
    expect(aws().sent.map(({ host }) => host)).toEqual(['sts.us-east-1.amazonaws.com'])
  })

  test('the role is asked for by name and external id, in the partition of the account', async () => {
    const access = across()
    aws().on('AssumeRole', xmlError(403, 'AccessDenied', 'No.'))
    const inside = await access.inAccount(MEMBER, 'aws-us-gov')
    await expect((await inside.identity('us-gov-west-1')).whoAmI()).rejects.toMatchObject({ code: 'ACCESS_DENIED' })
    expect(aws().sent[0]?.host).toBe('sts.us-gov-west-1.amazonaws.com')
    expect(aws().forms('AssumeRole')).toMatchObject([
      { RoleArn: `arn:aws-us-gov:iam::${MEMBER}:role/Tracing`, ExternalId: 'blue' },
    ])
  })

  test('a failure to ask whose the keys are is not for good', async () => {
    const access = across()
    aws().on('GetCallerIdentity', xmlError(403, 'AccessDenied', 'No.'))
    await expect(access.inAccount(OWN, 'aws')).rejects.toMatchObject({ code: 'ACCESS_DENIED' })
    aws().on('GetCallerIdentity', xml('GetCallerIdentity', `<Account>${OWN}</Account>`, 'sts'))
    await access.inAccount(OWN, 'aws')
  })

  test('another way leads on from the own keys', async () => {
    const other = across().through({ role: 'Reader' })
    aws().on('AssumeRole', xmlError(403, 'AccessDenied', 'No.'))
    const inside = await other.inAccount(MEMBER, 'aws')
    await expect((await inside.identity('us-east-1')).whoAmI()).rejects.toMatchObject({ code: 'ACCESS_DENIED' })
    const [asked] = aws().forms('AssumeRole')
    expect(asked).toMatchObject({ RoleArn: `arn:aws:iam::${MEMBER}:role/Reader` })
    expect(asked).not.toHaveProperty('ExternalId')
    expect(other.memberRole).toBe('Reader')
  })
})
