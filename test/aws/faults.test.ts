/** Faults that no service means: broken answers, lost connections, credentials that are not there. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import nock from 'nock'
import { afterEach, describe, expect, test } from 'vitest'
import { type CallName, faultOf } from '../../src/aws/faults.js'
import { type ErrorCode, XtraceError } from '../../src/errors.js'
import { openAccess } from './support/access.js'
import { json, lambdaError, xmlError } from './support/answers.js'
import { KEYS, ownEnvironment, setEnvironment, withoutKeys } from './support/environment.js'
import { failureOf } from './support/failure.js'
import { type Answer, fakeAws } from './support/fake-aws.js'
import { SECRETS } from './support/secrets.js'

ownEnvironment()
const aws = fakeAws()

const CALL: CallName = { service: 'lambda', operation: 'GetFunctionConfiguration' }
const page = (status: number): Answer => ({ status, body: '<html><body>hunter2 gateway</body></html>' })

describe('an answer that is not in AWS’s format', () => {
  const answers: Array<[what: string, answer: Answer, code: ErrorCode, requests: number]> = [
    ['a page of a proxy instead of the answer', page(200), 'CONNECTION_LOST', 6],
    ['a page of a proxy that forbids', page(403), 'CONNECTION_LOST', 6],
    ['a page with 502', page(502), 'SERVER_ERROR', 6],
    ['a page with 429', page(429), 'THROTTLED', 12],
    [
      'JSON that stops',
      { status: 200, body: `{"Environment":{"Variables":{"P":"${SECRETS.variable}` },
      'CONNECTION_LOST',
      6,
    ],
    ['JSON broken beside a secret', { status: 200, body: `{"P": ${SECRETS.variable}}` }, 'CONNECTION_LOST', 6],
  ]
  test.each(answers)('%s', async (_, answer, code, requests) => {
    aws().answers(...Array.from({ length: requests }, () => answer), json({}))
    const failure = await failureOf((await openAccess().lambda()).getFunction('orders'))
    expect(failure.code).toBe(code)
    expect(failure.message).toContain(`the answer (status ${'status' in answer ? answer.status : ''}) broke off`)
    expect(failure.message).not.toMatch(/html|JSON|gateway/)
    expect(aws().sent).toHaveLength(requests)
  })

  test('a write whose answer is broken is not sent again: it may have been done', async () => {
    aws().answers({ status: 200, body: '{"FunctionName":"ord' }, json({}))
    const failure = await failureOf((await openAccess().lambda()).setMode('orders', 'Active'))
    expect(failure.code).toBe('CONNECTION_LOST')
    expect(aws().sent).toHaveLength(1)
  })

  test('an empty answer with 500 names its status', async () => {
    aws().answers(...Array.from({ length: 6 }, () => ({ status: 500, body: '' })))
    const failure = await failureOf((await openAccess().lambda()).getFunction('orders'))
    expect(failure.message).toBe('lambda:GetFunctionConfiguration: AWS answered 500 and gave no reason')
  })
})

describe('a connection that ends inside the answer', () => {
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' })
    response.write(`{"Environment":{"Variables":{"P":"${SECRETS.variable}"}}`, () => response.destroy())
  })
  afterEach(() => new Promise((resolve) => server.close(resolve)))

  test('counts as lost, whatever status came first', async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    nock.enableNetConnect('127.0.0.1')
    setEnvironment({ AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}` })
    const access = openAccess()
    const failure = await failureOf((await access.lambda()).getFunction('orders'))
    expect(failure.code).toBe('CONNECTION_LOST')
    expect(access.clock.slept).toHaveLength(5)
  })
})

describe('credentials', () => {
  test('none at all: nothing is sent', async () => {
    withoutKeys()
    const failure = await failureOf((await openAccess().lambda()).getFunction('orders'))
    expect(failure.code).toBe('NO_CREDENTIALS')
    expect(failure.message).toBe('No AWS credentials: Could not load credentials from any providers')
    expect(failure.exit).toBe('credentials')
    expect(aws().sent).toEqual([])
  })

  test('a wrong signature: the signed request that AWS repeats goes no further', async () => {
    const said = 'The request signature we calculated does not match the signature you provided.'
    const repeated = `\n\nThe Canonical String for this request should have been\n'POST\n/\n\nx-amz-security-token:${KEYS.AWS_SESSION_TOKEN}\n'`
    aws().answers(xmlError(403, 'SignatureDoesNotMatch', said + repeated, {}, 'sts'))
    const failure = await failureOf((await openAccess().identity()).whoAmI())
    expect(failure.code).toBe('INVALID_CREDENTIALS')
    expect(failure.message).toBe(`sts:GetCallerIdentity: ${said}`)
  })

  test('a malformed signature: the header that AWS repeats goes no further', async () => {
    const text = `Authorization header requires existence of either a 'X-Amz-Date' header. Authorization=AWS4-HMAC-SHA256 ${SECRETS.accessKey}`
    aws().answers(lambdaError(403, 'IncompleteSignature', text))
    const failure = await failureOf((await openAccess().lambda()).getFunction('orders'))
    expect(failure.message).toBe('lambda:GetFunctionConfiguration: IncompleteSignature')
  })
})

describe('what is thrown before any answer', () => {
  const named = (name: string, message: string) => Object.assign(new Error(message), { name })
  const coded = (code: string, message: string) => Object.assign(new Error(message), { code })
  const thrown: Array<[what: string, thrown: unknown, code: ErrorCode, text: string]> = [
    ['an unknown host', coded('ENOTFOUND', 'getaddrinfo ENOTFOUND l.aws'), 'CONNECTION_LOST', 'ENOTFOUND l.aws'],
    [
      'every address of a host refusing',
      Object.assign(new AggregateError([coded('ECONNREFUSED', 'connect')]), { code: 'ECONNREFUSED' }),
      'CONNECTION_LOST',
      'No answer from AWS (lambda:GetFunctionConfiguration): ECONNREFUSED',
    ],
    ['a time-out', named('TimeoutError', 'Connection timed out after 60000 ms'), 'CONNECTION_LOST', '60000 ms'],
    [
      'a certificate of a proxy',
      coded('SELF_SIGNED_CERT_IN_CHAIN', 'self-signed certificate in certificate chain'),
      'CONNECTION_LOST',
      'self-signed certificate',
    ],
    [
      'an expired SSO session',
      named('CredentialsProviderError', 'The SSO session associated with this profile has expired.'),
      'EXPIRED_CREDENTIALS',
      'The SSO session associated with this profile has expired.',
    ],
    [
      'an expired SSO token',
      named('TokenProviderError', 'Token is expired. To refresh this SSO session run aws sso login'),
      'EXPIRED_CREDENTIALS',
      'aws sso login',
    ],
    [
      'a profile that is not there',
      named('CredentialsProviderError', 'Could not resolve credentials using profile: [x]'),
      'NO_CREDENTIALS',
      'No AWS credentials: Could not resolve credentials using profile: [x]',
    ],
    ['a fault of the program', new TypeError('x is not a function'), 'FAULT', 'x is not a function'],
    ['something that is no error', 'oh no', 'FAULT', 'oh no'],
  ]
  test.each(thrown)('%s', (_, what, code, text) => {
    const fault = faultOf(what, CALL)
    expect(fault.code).toBe(code)
    expect(fault.message).toContain(text)
    expect(fault.aws?.status).toBeUndefined()
  })

  test('an XtraceError stays what it is', () => {
    const stopped = new XtraceError('INTERRUPTED', 'stopped')
    expect(faultOf(stopped, CALL)).toBe(stopped)
  })
})
