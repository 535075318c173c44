/** The regions of an account, from the one service and from the other. */
import { describe, expect, test } from 'vitest'
import { openAccess } from './support/access.js'
import { json, lambdaError, REQUEST_ID } from './support/answers.js'
import { ownEnvironment } from './support/environment.js'
import { failureOf } from './support/failure.js'
import { type Answer, fakeAws } from './support/fake-aws.js'

ownEnvironment()
const aws = fakeAws()

const regions = () => openAccess().aws.regions('us-east-1')

describe('from the Account API', () => {
  const page = (names: string[], NextToken?: string) =>
    json({ Regions: names.map((RegionName) => ({ RegionName, RegionOptStatus: 'ENABLED' })), NextToken })

  test('only those that are on, to the last page, sorted', async () => {
    aws().answers(page(['us-east-1'], 't1'), page([], 't2'), page(['eu-west-1']))
    expect(await (await regions()).fromAccount()).toEqual(['eu-west-1', 'us-east-1'])
    const body = { MaxResults: 50, RegionOptStatusContains: ['ENABLED', 'ENABLED_BY_DEFAULT'] }
    const host = 'account.us-east-1.amazonaws.com'
    expect(aws().sent).toEqual(
      [{}, { NextToken: 't1' }, { NextToken: 't2' }].map((token) => ({
        method: 'POST',
        host,
        path: '/listRegions',
        query: {},
        body: { ...body, ...token },
      })),
    )
  })

  test('denied', async () => {
    aws().answers(lambdaError(403, 'AccessDeniedException', 'not authorized to perform: account:ListRegions'))
    const failure = await failureOf((await regions()).fromAccount())
    expect(failure.code).toBe('ACCESS_DENIED')
    expect(failure.aws).toMatchObject({ service: 'account', operation: 'ListRegions', requestId: REQUEST_ID })
  })
})

describe('from EC2', () => {
  const error = (status: number, code: string, message: string): Answer => ({
    status,
    body: `<Response><Errors><Error><Code>${code}</Code><Message>${message}</Message></Error></Errors>
      <RequestID>${REQUEST_ID}</RequestID></Response>`,
    headers: { 'content-type': 'text/xml', 'x-amzn-requestid': REQUEST_ID },
  })
  const found = (...names: string[]): Answer => ({
    status: 200,
    body: `<DescribeRegionsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><regionInfo>
      ${names.map((name) => `<item><regionName>${name}</regionName></item>`).join('')}</regionInfo></DescribeRegionsResponse>`,
    headers: { 'content-type': 'text/xml' },
  })

  test('only those that are on, sorted', async () => {
    aws().answers(found('us-east-1', 'ap-south-1'))
    expect(await (await regions()).fromEc2()).toEqual(['ap-south-1', 'us-east-1'])
    const body = { Action: 'DescribeRegions', Version: '2016-11-15', AllRegions: 'false' }
    expect(aws().sent).toEqual([{ method: 'POST', host: 'ec2.us-east-1.amazonaws.com', path: '/', query: {}, body }])
  })

  const refusals: Array<[status: number, name: string, code: string]> = [
    [403, 'UnauthorizedOperation', 'ACCESS_DENIED'],
    [401, 'AuthFailure', 'INVALID_CREDENTIALS'],
    [400, 'RequestExpired', 'EXPIRED_CREDENTIALS'],
  ]
  test.each(refusals)('%i %s', async (status, name, code) => {
    aws().answers(error(status, name, 'You are not authorized to perform this operation.'))
    const failure = await failureOf((await regions()).fromEc2())
    expect(failure.code).toBe(code)
    expect(failure.message).toContain('You are not authorized to perform this operation.')
    expect(aws().sent).toHaveLength(1)
  })

  test('throttled with 503 waits as for a throttle', async () => {
    aws().answers(...Array.from({ length: 12 }, () => error(503, 'RequestLimitExceeded', 'Request limit exceeded.')))
    expect((await failureOf((await regions()).fromEc2())).code).toBe('THROTTLED')
    expect(aws().sent).toHaveLength(12)
  })
})
