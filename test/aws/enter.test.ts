/** Another account: entered by a role at the first call, renewed in time, and never mixed up with the caller's own keys. */
import { describe, expect, test } from 'vitest'
import type { AwsAccess, Entrance } from '../../src/aws/gateways.js'
import { type ErrorCode, XtraceError } from '../../src/errors.js'
import { type Access, openAccess } from './support/access.js'
import { json, lambdaError, reset, xml, xmlError } from './support/answers.js'
import { KEYS, ownEnvironment, withoutKeys } from './support/environment.js'
import { failureOf } from './support/failure.js'
import { type Answer, fakeAws } from './support/fake-aws.js'

ownEnvironment()
const aws = fakeAws()

const MEMBER = '222222222222'
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const SECRET = 'hunter2-of-the-session'

function session(key: string, expires = HOUR): Answer {
  const keys = `<AccessKeyId>${key}</AccessKeyId><SecretAccessKey>${SECRET}</SecretAccessKey><SessionToken>${SECRET}</SessionToken>`
  return xml(
    'AssumeRole',
    `<Credentials>${keys}<Expiration>${new Date(expires).toISOString()}</Expiration></Credentials>`,
    'sts',
  )
}

/** Sessions in this order: ASIA1, ASIA2 … each an hour from the clock's now. */
function sessions(access: Access): void {
  let count = 0
  aws().on('AssumeRole', () => session(`ASIA${++count}`, access.clock.now() + HOUR))
}

function enter({ aws: access }: Access, entrance: Partial<Entrance> = {}, home = 'us-east-1'): AwsAccess {
  return access.enter({ account: MEMBER, role: 'Reader', ...entrance }, home)
}

const listing = json({ Functions: [] })
const functionsOf = async (access: AwsAccess, region = 'us-east-1') =>
  (await access.lambda(region)).listFunctions()[Symbol.asyncIterator]().next()
const keysUsed = () => aws().signed.map(({ accessKey, service }) => `${service} ${accessKey}`)
const OWN = `sts ${KEYS.AWS_ACCESS_KEY_ID}`

describe('the way in', () => {
  const ways: Array<[what: string, entrance: Partial<Entrance>, home: string, form: Record<string, string>]> = [
    ['a role by name', {}, 'us-east-1', { RoleArn: `arn:aws:iam::${MEMBER}:role/Reader` }],
    [
      'a role with a path',
      { role: 'audit/Reader' },
      'eu-west-1',
      { RoleArn: `arn:aws:iam::${MEMBER}:role/audit/Reader` },
    ],
    [
      'an external id',
      { externalId: 'blue' },
      'us-east-1',
      { RoleArn: `arn:aws:iam::${MEMBER}:role/Reader`, ExternalId: 'blue' },
    ],
    ['another partition', {}, 'us-gov-west-1', { RoleArn: `arn:aws-us-gov:iam::${MEMBER}:role/Reader` }],
  ]
  test.each(ways)('%s', async (_, entrance, home, form) => {
    const access = openAccess()
    sessions(access)
    aws().answers(listing)
    await functionsOf(enter(access, entrance, home), home)
    const [asked] = aws().sent
    expect(asked?.host).toBe(`sts.${home}.amazonaws.com`)
    expect(asked?.body).toEqual({
      Action: 'AssumeRole',
      Version: '2011-06-15',
      RoleSessionName: 'xtrace',
      DurationSeconds: '3600',
      ...form,
    })
    expect(keysUsed()).toEqual([OWN, 'lambda ASIA1'])
  })

  test('is not gone before a call needs it', async () => {
    const entered = enter(openAccess())
    await entered.lambda('us-east-1')
    expect(aws().sent).toEqual([])
  })

  test('leads on to a third account with the keys of the second', async () => {
    const access = openAccess()
    sessions(access)
    aws().answers(listing)
    await functionsOf(enter(access).enter({ account: '333333333333', role: 'Reader' }, 'us-east-1'))
    expect(keysUsed()).toEqual([OWN, 'sts ASIA1', 'lambda ASIA2'])
  })

  test('leaves the caller’s own gateways alone', async () => {
    const access = openAccess()
    sessions(access)
    aws().answers(listing, listing)
    await functionsOf(enter(access))
    await functionsOf(access.aws)
    expect(keysUsed().at(-1)).toBe(`lambda ${KEYS.AWS_ACCESS_KEY_ID}`)
  })
})

describe('a session', () => {
  test('serves all gateways, though they call at the same time', async () => {
    const access = openAccess()
    sessions(access)
    aws().on('GetCallerIdentity', xml('GetCallerIdentity', `<Account>${MEMBER}</Account>`, 'sts'))
    aws().answers(listing, listing, listing)
    const entered = enter(access)
    await Promise.all([
      functionsOf(entered, 'us-east-1'),
      functionsOf(entered, 'eu-west-1'),
      functionsOf(entered, 'eu-west-2'),
      entered.identity('us-east-1').then((identity) => identity.whoAmI()),
    ])
    await (await entered.identity('us-east-1')).whoAmI()
    expect(aws().forms('AssumeRole')).toHaveLength(1)
    expect(keysUsed().filter((key) => key.endsWith('ASIA1'))).toHaveLength(5)
  })

  test('is another one for each account', async () => {
    const access = openAccess()
    sessions(access)
    aws().answers(listing, listing)
    await functionsOf(enter(access))
    await functionsOf(enter(access, { account: '333333333333' }))
    expect(keysUsed()).toEqual([OWN, 'lambda ASIA1', OWN, 'lambda ASIA2'])
  })

  test('is renewed five minutes before it ends, by clients that have used the old one', async () => {
    const access = openAccess()
    sessions(access)
    aws().answers(listing, listing, listing, listing)
    const entered = enter(access)
    await functionsOf(entered)
    await access.clock.sleep(55 * MINUTE - 1)
    await functionsOf(entered)
    await access.clock.sleep(1)
    await Promise.all([functionsOf(entered), functionsOf(entered)])
    expect(keysUsed()).toEqual([OWN, 'lambda ASIA1', 'lambda ASIA1', OWN, 'lambda ASIA2', 'lambda ASIA2'])
  })

  test('lasts as long by AWS’s clock as AWS says, whatever this machine’s clock shows', async () => {
    const access = openAccess()
    const headers = { 'content-type': 'text/xml', date: new Date(Date.now() + 5 * HOUR).toUTCString() }
    aws().on('AssumeRole', () => ({ ...session('ASIA1', access.clock.now() + 6 * HOUR), headers }))
    aws().answers(listing, listing)
    const entered = enter(access)
    await functionsOf(entered)
    await access.clock.sleep(54 * MINUTE)
    await functionsOf(entered)
    expect(aws().forms('AssumeRole')).toHaveLength(1)
    aws().answers(listing)
    await access.clock.sleep(2 * MINUTE)
    await functionsOf(entered)
    expect(aws().forms('AssumeRole')).toHaveLength(2)
  })

  test('that AWS calls expired is renewed once, and the call sent again', async () => {
    const access = openAccess()
    sessions(access)
    aws().answers(expired(), listing)
    await functionsOf(enter(access))
    expect(keysUsed()).toEqual([OWN, 'lambda ASIA1', OWN, 'lambda ASIA2'])
    expect(access.clock.slept).toEqual([])
  })

  test('is asked for again when STS is slow or lost, as any read', async () => {
    const access = openAccess()
    const answers = [xmlError(400, 'Throttling', 'Rate exceeded', {}, 'sts'), reset(), session('ASIA1')]
    aws().on('AssumeRole', () => answers.shift() ?? reset())
    aws().answers(listing)
    await functionsOf(enter(access))
    expect(access.clock.slept).toEqual([200, 400])
  })

  test('whose answer is broken is told without a word of it', async () => {
    aws().on('AssumeRole', { status: 200, body: `<AssumeRoleResponse><SecretAccessKey>${SECRET}` })
    const failure = await failureOf(functionsOf(enter(openAccess())))
    expect(failure.code).toBe('CONNECTION_LOST')
  })

  test.each([
    ['Credentials', ''],
    ['AccessKeyId', `<Credentials><SecretAccessKey>${SECRET}</SecretAccessKey></Credentials>`],
    ['SecretAccessKey', '<Credentials><AccessKeyId>ASIA1</AccessKeyId></Credentials>'],
  ])('that comes without %s is a fault of AWS', async (missing, keys) => {
    const access = openAccess()
    aws().on('AssumeRole', xml('AssumeRole', keys, 'sts'))
    const failure = await failureOf(functionsOf(enter(access)))
    expect(failure.code).toBe('SERVER_ERROR')
    expect(failure.message).toBe(
      `Role Reader in account ${MEMBER} cannot be assumed: sts:AssumeRole answered something that is not in its format (${missing} is missing).`,
    )
  })
})

const expired = () => lambdaError(403, 'ExpiredTokenException', 'The security token included in the request is expired')
const unknownToken = () =>
  lambdaError(403, 'UnrecognizedClientException', 'The security token included in the request is invalid.')

describe('a role that cannot be assumed', () => {
  const denied = `User: arn:aws:iam::111122223333:user/me is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::${MEMBER}:role/Reader`

  test('says which, where and in AWS’s words, and what to look at', async () => {
    aws().on('AssumeRole', xmlError(403, 'AccessDenied', denied, {}, 'sts'))
    const failure = await failureOf(functionsOf(enter(openAccess())))
    expect(failure).toMatchObject({ code: 'ACCESS_DENIED', exit: 'refused' })
    expect(failure.message).toBe(`Role Reader in account ${MEMBER} cannot be assumed: Access denied: ${denied}`)
    expect(failure.suggestions.join(' ')).toMatch(/trust policy.*--assume-role.*--external-id.*uses organization/)
    expect(failure.aws).toMatchObject({ service: 'sts', operation: 'AssumeRole', status: 403 })
  })

  test('is that of every call, but is asked for once', async () => {
    aws().on('AssumeRole', xmlError(403, 'AccessDenied', denied, {}, 'sts'))
    const entered = enter(openAccess())
    const failures = [await failureOf(functionsOf(entered)), await failureOf(functionsOf(entered, 'eu-west-1'))]
    expect(failures.map(({ code }) => code)).toEqual(['ACCESS_DENIED', 'ACCESS_DENIED'])
    expect(aws().sent).toHaveLength(1)
  })

  test('by an SCP is told apart', async () => {
    const text = `${denied} with an explicit deny in a service control policy`
    aws().on('AssumeRole', xmlError(403, 'AccessDenied', text, {}, 'sts'))
    expect((await failureOf(functionsOf(enter(openAccess())))).aws?.denial).toBe('scp')
  })

  const others: Array<[what: string, answer: Answer, code: ErrorCode, requests: number]> = [
    [
      'a wrong ARN',
      xmlError(400, 'ValidationError', 'arn:aws:iam::2:role/x is invalid', {}, 'sts'),
      'INVALID_REQUEST',
      1,
    ],
    [
      'STS switched off',
      xmlError(403, 'RegionDisabledException', 'STS is not activated', {}, 'sts'),
      'ACCESS_DENIED',
      1,
    ],
    ['throttled to the end', xmlError(400, 'Throttling', 'Rate exceeded', {}, 'sts'), 'THROTTLED', 12],
    ['no answer', reset(), 'CONNECTION_LOST', 6],
  ]
  test.each(others)(
    'for %s: the account’s own failure, tried as often as any read',
    async (_, answer, code, requests) => {
      aws().on('AssumeRole', answer)
      const failure = await failureOf(functionsOf(enter(openAccess())))
      expect(failure).toMatchObject({ code, exit: 'refused' })
      expect(failure.message).toContain(`Role Reader in account ${MEMBER} cannot be assumed: `)
      expect(aws().sent).toHaveLength(requests)
    },
  )

  test('for want of an answer may be assumed by the next call', async () => {
    const access = openAccess()
    aws().on('AssumeRole', reset())
    const entered = enter(access)
    await failureOf(functionsOf(entered))
    sessions(access)
    aws().answers(listing)
    expect(await functionsOf(entered)).toMatchObject({ value: [] })
  })
})

describe('the caller’s own credentials concern all accounts', () => {
  const refusals: Array<[name: string, code: ErrorCode]> = [
    ['ExpiredToken', 'EXPIRED_CREDENTIALS'],
    ['InvalidClientTokenId', 'INVALID_CREDENTIALS'],
  ]
  test.each(refusals)('%s when the role is assumed', async (name, code) => {
    aws().on('AssumeRole', xmlError(403, name, 'The security token included in the request is no good', {}, 'sts'))
    const failure = await failureOf(functionsOf(enter(openAccess())))
    expect(failure).toMatchObject({ code, exit: 'credentials' })
    expect(failure.message).toBe('sts:AssumeRole: The security token included in the request is no good')
    expect(aws().sent).toHaveLength(1)
  })

  test('none at all', async () => {
    withoutKeys()
    expect(await failureOf(functionsOf(enter(openAccess())))).toMatchObject({ code: 'NO_CREDENTIALS' })
  })

  test('an interruption while the role is assumed stays one', async () => {
    const stopped = new XtraceError('INTERRUPTED', 'stopped')
    const access = openAccess({
      checkpoint: () => {
        throw stopped
      },
    })
    expect(await failureOf(functionsOf(enter(access)))).toBe(stopped)
    expect(aws().sent).toEqual([])
  })
})

describe('a session that is refused concerns its account', () => {
  const opened = () => {
    const access = openAccess()
    sessions(access)
    return enter(access)
  }

  test('expired again after its renewal', async () => {
    aws().answers(expired(), expired(), listing)
    const failure = await failureOf(functionsOf(opened()))
    expect(failure).toMatchObject({ code: 'ACCESS_DENIED', exit: 'refused' })
    expect(failure.message).toBe(
      `The session of role Reader in account ${MEMBER} is refused: lambda:ListFunctions: The security token included in the request is expired`,
    )
    expect(aws().forms('AssumeRole')).toHaveLength(2)
  })

  test('unknown in one region, known at home: the region is not enabled', async () => {
    aws().on('GetCallerIdentity', xml('GetCallerIdentity', `<Account>${MEMBER}</Account>`, 'sts'))
    aws().answers(unknownToken())
    const failure = await failureOf(functionsOf(opened(), 'af-south-1'))
    expect(failure.code).toBe('REGION_NOT_ENABLED')
    expect(failure.message).toBe(`Region af-south-1 is not enabled for account ${MEMBER}.`)
    expect(aws().sent.map(({ host }) => host)).toEqual([
      'sts.us-east-1.amazonaws.com',
      'lambda.af-south-1.amazonaws.com',
      'sts.us-east-1.amazonaws.com',
    ])
    expect(keysUsed().at(-1)).toBe('sts ASIA1')
  })

  test('unknown at home as well', async () => {
    const invalid = 'The security token included in the request is invalid'
    aws().on('GetCallerIdentity', xmlError(403, 'InvalidClientTokenId', invalid, {}, 'sts'))
    aws().answers(unknownToken(), unknownToken())
    const entered = opened()
    expect(await failureOf(functionsOf(entered, 'af-south-1'))).toMatchObject({ code: 'ACCESS_DENIED' })
    expect(await failureOf(functionsOf(entered, 'us-east-1'))).toMatchObject({ code: 'ACCESS_DENIED' })
    expect(aws().forms('GetCallerIdentity')).toHaveLength(1)
  })
})
