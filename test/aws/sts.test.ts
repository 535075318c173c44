/** Whose credentials these are: one form to the regional STS. */
import { describe, expect, test } from 'vitest'
import type { ErrorCode } from '../../src/errors.js'
import { openAccess } from './support/access.js'
import { ACCOUNT, REQUEST_ID, xml, xmlError } from './support/answers.js'
import { KEYS, ownEnvironment } from './support/environment.js'
import { failureOf } from './support/failure.js'
import { fakeAws } from './support/fake-aws.js'

ownEnvironment()
const aws = fakeAws()

const arn = `arn:aws:sts::${ACCOUNT}:assumed-role/Admin/me`
const identity = () =>
  xml('GetCallerIdentity', `<Arn>${arn}</Arn><UserId>AROA:me</UserId><Account>${ACCOUNT}</Account>`, 'sts')

const regions: Array<[region: string, host: string]> = [
  ['us-east-1', 'sts.us-east-1.amazonaws.com'],
  ['eu-west-3', 'sts.eu-west-3.amazonaws.com'],
  ['cn-north-1', 'sts.cn-north-1.amazonaws.com.cn'],
]
test.each(regions)('asks STS in %s', async (region, host) => {
  aws().answers(identity())
  expect(await (await openAccess().identity(region)).whoAmI()).toEqual({ account: ACCOUNT, arn })
  const body = { Action: 'GetCallerIdentity', Version: '2011-06-15' }
  expect(aws().sent).toEqual([{ method: 'POST', host, path: '/', query: {}, body }])
  expect(aws().signed[0]).toMatchObject({ accessKey: KEYS.AWS_ACCESS_KEY_ID, region, service: 'sts' })
})

describe('a refusal', () => {
  const refusals: Array<[name: string, text: string, code: ErrorCode]> = [
    ['ExpiredToken', 'The security token included in the request is expired', 'EXPIRED_CREDENTIALS'],
    ['InvalidClientTokenId', 'The security token included in the request is invalid.', 'INVALID_CREDENTIALS'],
    ['SignatureDoesNotMatch', 'The request signature we calculated does not match.', 'INVALID_CREDENTIALS'],
    ['AccessDenied', 'not authorized to perform: sts:GetCallerIdentity', 'ACCESS_DENIED'],
  ]
  test.each(refusals)('%s', async (name, text, code) => {
    aws().answers(xmlError(403, name, text, {}, 'sts'))
    const failure = await failureOf((await openAccess().identity()).whoAmI())
    expect(failure.code).toBe(code)
    expect(failure.message).toContain(text)
    expect(failure.aws).toMatchObject({ service: 'sts', operation: 'GetCallerIdentity', status: 403 })
    expect(failure.aws?.requestId).toBe(REQUEST_ID)
    expect(aws().sent).toHaveLength(1)
  })
})
