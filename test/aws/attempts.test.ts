/** Which failures are met by sending again, how often and after how long; and which call is never sent twice. */
import { describe, expect, test } from 'vitest'
import { waitBefore } from '../../src/aws/attempts.js'
import type { IamGateway, IdentityGateway, LambdaGateway } from '../../src/aws/gateways.js'
import { type ErrorCode, XtraceError } from '../../src/errors.js'
import { type Access, openAccess } from './support/access.js'
import {
  ACCOUNT,
  configuration,
  json,
  lambdaError,
  ROLE_ARN,
  reset,
  throttled,
  xml,
  xmlError,
} from './support/answers.js'
import { ownEnvironment } from './support/environment.js'
import { failureOf } from './support/failure.js'
import { type Answer, fakeAws } from './support/fake-aws.js'

ownEnvironment()
const aws = fakeAws()

interface Call {
  name: string
  send(access: Access): Promise<unknown>
  /** The answer of success. */
  done: Answer
}

/** Every call of Lambda finds in it what its own answer holds. */
const LAMBDA_DONE = json({
  ...configuration(),
  Configuration: configuration(),
  ...{ Functions: [], Versions: [], Aliases: [], EventSourceMappings: [] },
  ...{ Name: 'live', FunctionVersion: '8' },
})

function lambdaCall(name: string, send: (lambda: LambdaGateway) => Promise<unknown>): Call {
  return { name, send: async (access) => send(await access.lambda()), done: LAMBDA_DONE }
}

function iamCall(name: string, send: (iam: IamGateway) => Promise<unknown>): Call {
  return { name, send: async (access) => send(await access.iam()), done: xml(name, '<IsTruncated>false</IsTruncated>') }
}

function identityCall(name: string, send: (identity: IdentityGateway) => Promise<unknown>): Call {
  return {
    name,
    send: async (access) => send(await access.identity()),
    done: xml(name, `<Account>${ACCOUNT}</Account>`, 'sts'),
  }
}

const READS: Call[] = [
  lambdaCall('GetFunctionConfiguration', (lambda) => lambda.getFunction('orders')),
  lambdaCall('GetFunction', (lambda) => lambda.pollFunction('orders')),
  lambdaCall('ListFunctions', (lambda) => lambda.listFunctions()[Symbol.asyncIterator]().next()),
  lambdaCall('ListVersionsByFunction', (lambda) => lambda.listVersions('orders')[Symbol.asyncIterator]().next()),
  lambdaCall('ListAliases', (lambda) => lambda.listAliases('orders')),
  lambdaCall('ListEventSourceMappings', (lambda) => lambda.listEventSources()),
  lambdaCall('ListTags', (lambda) => lambda.listTags('arn')),
]
const SENT_ONCE: Call[] = [
  lambdaCall('UpdateFunctionConfiguration', (lambda) => lambda.setMode('orders', 'Active', 'revision')),
  lambdaCall('CreateFunction', (lambda) =>
    lambda.createFunction({ name: 'o', role: ROLE_ARN, code: { s3Bucket: 'b', s3Key: 'k' }, publish: false }),
  ),
  lambdaCall('PublishVersion', (lambda) => lambda.publishVersion('o', { codeSha256: 'x', latestPublished: false })),
  lambdaCall('UpdateAlias', (lambda) => lambda.moveAlias('o', { name: 'live', version: '8', weights: {} })),
]
const ROLE_WRITES: Call[] = [
  iamCall('AttachRolePolicy', (iam) => iam.attachPolicy('orders-role', 'arn:aws:iam::aws:policy/P')),
  iamCall('PutRolePolicy', (iam) => iam.putInlinePolicy('orders-role', 'p', {})),
  iamCall('DetachRolePolicy', (iam) => iam.detachPolicy('orders-role', 'arn:aws:iam::aws:policy/P')),
  iamCall('DeleteRolePolicy', (iam) => iam.deleteInlinePolicy('orders-role', 'p')),
]
const QUERY_CALLS: Call[] = [
  ...ROLE_WRITES,
  iamCall('GetAccountAuthorizationDetails', (iam) => iam.readAllRoles()),
  identityCall('GetCallerIdentity', (identity) => identity.whoAmI()),
]

async function failureAfter(call: Call, access: Access, count: number, answer: () => Answer): Promise<ErrorCode> {
  aws().answers(...Array.from({ length: count }, answer))
  const failure = await failureOf(call.send(access))
  expect(failure.aws?.operation).toBe(call.name)
  return failure.code
}

const ec2Throttle = () =>
  lambdaError(400, 'InvalidParameterValueException', 'Your request has been throttled by EC2, please make sure …')
const iamThrottle = () => xmlError(400, 'Throttling', 'Rate exceeded')
const DOUBLING = [200, 400, 800, 1600, 3200, 6400, 8000, 8000, 8000, 8000, 8000]

describe('throttled', () => {
  test.each([...READS, ...SENT_ONCE])('$name waits as long as Retry-After says, and so does the pace', async (call) => {
    aws().answers(throttled({ 'retry-after': '7' }), throttled({ 'retry-after': '1' }), call.done)
    const access = openAccess()
    await call.send(access)
    expect(aws().sent).toHaveLength(3)
    expect(access.clock.slept).toEqual([7000, 1000])
    const quota = call.name === 'GetFunction' ? 'getFunction' : 'others'
    expect(access.paces.find((made) => made.quota === quota)?.pace).toMatchObject({ taken: 3, backedOff: [7000, 1000] })
    expect(access.paces.find((made) => made.quota !== quota)?.pace).toMatchObject({ taken: 0, backedOff: [] })
  })

  test.each([...READS, ...SENT_ONCE])(
    '$name without Retry-After waits twice as long each time, 12 times in all',
    async (call) => {
      const access = openAccess()
      expect(await failureAfter(call, access, 12, throttled)).toBe('THROTTLED')
      expect(aws().sent).toHaveLength(12)
      expect(access.clock.slept).toEqual(DOUBLING)
    },
  )

  test.each(SENT_ONCE)('$name by EC2, in the words of an invalid parameter', async (call) => {
    aws().answers(ec2Throttle(), call.done)
    const access = openAccess()
    await call.send(access)
    expect(access.clock.slept).toEqual([200])
  })

  test.each(QUERY_CALLS)('$name with status 400', async (call) => {
    aws().answers(iamThrottle(), iamThrottle(), call.done)
    const access = openAccess()
    await call.send(access)
    expect(aws().sent).toHaveLength(3)
    expect(access.clock.slept).toEqual([200, 400])
  })

  test('half of every wait is chance', async () => {
    aws().answers(throttled(), throttled(), LAMBDA_DONE)
    const access = openAccess({ random: () => 0 })
    await (await access.lambda()).getFunction('orders')
    expect(access.clock.slept).toEqual([100, 200])
  })
})

describe('failures of several kinds', () => {
  const broken = () => lambdaError(500, 'ServiceException', 'An error occurred')
  const times = (count: number, answer: () => Answer) => Array.from({ length: count }, answer)

  test('are counted each by itself, and waited for as long as all of them ask: one kind uses up no patience with another', async () => {
    aws().answers(...times(6, throttled), broken(), reset(), broken(), LAMBDA_DONE)
    const access = openAccess()
    await (await access.lambda()).getFunction('orders')
    expect(aws().sent).toHaveLength(10)
    expect(access.clock.slept).toEqual([200, 400, 800, 1600, 3200, 6400, 8000, 8000, 8000])
  })

  test('in turn are given up when one kind is at its end: together they are bounded too', async () => {
    aws().answers(...times(5, broken), ...times(5, reset), ...times(11, throttled), broken(), LAMBDA_DONE)
    const failure = await failureOf((await openAccess().lambda()).getFunction('orders'))
    expect(failure.code).toBe('SERVER_ERROR')
    expect(aws().sent).toHaveLength(22)
  })
})

const SERVER_FAULTS: Array<[what: string, answer: () => Answer, code: ErrorCode]> = [
  ['500', () => lambdaError(500, 'ServiceException', 'An error occurred'), 'SERVER_ERROR'],
  ['503', () => lambdaError(503, 'ServiceUnavailableException', 'Service Unavailable'), 'SERVER_ERROR'],
  ['ECONNRESET', reset, 'CONNECTION_LOST'],
]

describe.each(SERVER_FAULTS)('%s', (_, answer, code) => {
  test.each(READS)('$name is asked again', async (call) => {
    aws().answers(answer(), answer(), call.done)
    const access = openAccess()
    await call.send(access)
    expect(aws().sent).toHaveLength(3)
    expect(access.clock.slept).toEqual([200, 400])
  })

  test.each(READS)('$name is given up after six times', async (call) => {
    expect(await failureAfter(call, openAccess(), 6, answer)).toBe(code)
    expect(aws().sent).toHaveLength(6)
  })

  test.each(SENT_ONCE)('$name is never sent again: it may have been done', async (call) => {
    const access = openAccess()
    aws().answers(answer(), call.done)
    const failure = await failureOf(call.send(access))
    expect(failure.code).toBe(code)
    expect(aws().sent).toHaveLength(1)
    expect(access.clock.slept).toEqual([])
  })
})

describe('IAM and STS', () => {
  const faults: Array<[what: string, answer: () => Answer, requests: number, code: ErrorCode]> = [
    ['ServiceFailure', () => xmlError(500, 'ServiceFailure', 'try later'), 6, 'SERVER_ERROR'],
    ['ECONNRESET', reset, 6, 'CONNECTION_LOST'],
    ['Throttling', iamThrottle, 12, 'THROTTLED'],
  ]
  describe.each(faults)('%s', (_, answer, requests, code) => {
    test.each(QUERY_CALLS)('$name is repeated', async (call) => {
      expect(await failureAfter(call, openAccess(), requests, answer)).toBe(code)
      expect(aws().sent).toHaveLength(requests)
    })
  })

  const concurrent = () => xmlError(409, 'ConcurrentModification', '')
  test.each(ROLE_WRITES)('$name is repeated when another write to the role was under way', async (call) => {
    aws().answers(concurrent(), concurrent(), call.done)
    const access = openAccess()
    await call.send(access)
    expect(access.clock.slept).toEqual([200, 400])
  })

  test.each(ROLE_WRITES)('$name is given up when other writes do not end', async (call) => {
    expect(await failureAfter(call, openAccess(), 8, concurrent)).toBe('CONFLICT')
  })

  const full = () => xmlError(409, 'LimitExceeded', 'Cannot exceed quota for PoliciesPerRole: 10')
  test.each(ROLE_WRITES)('$name to a full role is reported at once', async (call) => {
    const access = openAccess()
    aws().answers(full(), call.done)
    expect((await failureOf(call.send(access))).code).toBe('POLICY_QUOTA')
    expect(aws().sent).toHaveLength(1)
    expect(access.clock.slept).toEqual([])
  })
})

test('a host that is not there is tried twice', async () => {
  const gone = () => Object.assign(new Error('getaddrinfo ENOTFOUND lambda.xx-east-1.aws'), { code: 'ENOTFOUND' })
  const lookUp = READS[0] as Call
  expect(await failureAfter(lookUp, openAccess(), 2, gone)).toBe('CONNECTION_LOST')
  expect(aws().sent).toHaveLength(2)
})

describe('a clock that is wrong by hours', () => {
  const HOURS = 5 * 3_600_000
  const late = (service: 'lambda' | 'iam'): Answer => {
    const headers = { date: new Date(Date.now() + HOURS).toUTCString() }
    const text = 'Signature expired: 20260601T000000Z is now earlier than 20260601T045500Z'
    return service === 'lambda'
      ? lambdaError(403, 'InvalidSignatureException', text, headers)
      : xmlError(403, 'SignatureDoesNotMatch', text, headers)
  }
  const time = (stamp = '') => Date.parse(stamp.replace(/(....)(..)(..T..)(..)(..)Z/, '$1-$2-$3:$4:$5Z'))

  test.each([...READS, ...SENT_ONCE, ...ROLE_WRITES])('$name is signed again with the time of AWS', async (call) => {
    aws().answers(late(ROLE_WRITES.includes(call) ? 'iam' : 'lambda'), call.done)
    const access = openAccess()
    await call.send(access)
    const [first, second] = aws().signed.map(({ date }) => time(date))
    expect(Math.abs(Number(second) - Number(first) - HOURS)).toBeLessThan(60_000)
    expect(access.clock.slept).toEqual([])
  })

  test('is corrected once, then the refusal is believed', async () => {
    aws().answers(late('lambda'), late('lambda'), json({}))
    const failure = await failureOf((await openAccess().lambda()).getFunction('orders'))
    expect(failure.code).toBe('INVALID_CREDENTIALS')
    expect(aws().sent).toHaveLength(2)
  })

  test.each(SENT_ONCE)('is no reason to repeat $name after a server error', async (call) => {
    const date = new Date(Date.now() + HOURS).toUTCString()
    aws().answers(lambdaError(500, 'ServiceException', 'An error occurred', { date }), call.done)
    expect((await failureOf(call.send(openAccess()))).code).toBe('SERVER_ERROR')
    expect(aws().sent).toHaveLength(1)
  })
})

describe('a run that is being stopped', () => {
  const stopped = () => {
    throw new XtraceError('INTERRUPTED', 'stopped')
  }

  test.each([...READS, ...SENT_ONCE, ...QUERY_CALLS])('sends no $name', async (call) => {
    expect((await failureOf(call.send(openAccess({ checkpoint: stopped })))).code).toBe('INTERRUPTED')
    expect(aws().sent).toEqual([])
  })

  test('does not try again after a wait that was interrupted', async () => {
    aws().answers(throttled(), json({}))
    const clock = { now: () => 0, sleep: async () => stopped() }
    expect((await failureOf((await openAccess({ clock }).lambda()).getFunction('o'))).code).toBe('INTERRUPTED')
    expect(aws().sent).toHaveLength(1)
  })
})

test('Retry-After is obeyed only where it asks for more', () => {
  const said = (retryAfterMs: number) =>
    new XtraceError('THROTTLED', 'slow', { aws: { service: 'lambda', operation: 'x', retryAfterMs } })
  expect(waitBefore(said(1000), 1, 0)).toBe(1000)
  expect(waitBefore(said(1000), 6, 0)).toBe(3200)
})
