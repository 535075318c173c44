/** What people call a function, and what is made of it. */
import { describe, expect, test } from 'vitest'
import { type FunctionRef, isPublished, parseFunctionRef } from '../../src/core/function-ref.js'
import { XtraceError } from '../../src/errors.js'

const ACCOUNT = '123456789012'
const account = ACCOUNT
const arn = (region: string, rest: string, partition = 'aws') =>
  `arn:${partition}:lambda:${region}:${ACCOUNT}:function${rest}`

type Parts = Omit<FunctionRef, 'text'>

function accepted(form: string, rows: Array<[text: string, parts: Parts]>) {
  describe(form, () => {
    test.each(rows)('%s', (text, parts) => {
      expect(parseFunctionRef(text)).toEqual({ text, ...parts })
    })
  })
}

accepted('a name', [
  ['fn', { name: 'fn' }],
  ['7', { name: '7' }],
  ['function', { name: 'function' }],
  ['Orders_v2-eu', { name: 'Orders_v2-eu' }],
  ['dotted.name', { name: 'dotted.name' }],
  [ACCOUNT, { name: ACCOUNT }],
  ['f'.repeat(64), { name: 'f'.repeat(64) }],
])

accepted('a name with a qualifier', [
  ['fn:7', { name: 'fn', qualifier: '7' }],
  ['fn:live', { name: 'fn', qualifier: 'live' }],
  ['fn:live_2-b', { name: 'fn', qualifier: 'live_2-b' }],
  ['fn:latest', { name: 'fn', qualifier: 'latest' }],
  ['fn:$LATEST', { name: 'fn', qualifier: '$LATEST' }],
  ['fn:$LATEST.PUBLISHED', { name: 'fn', qualifier: '$LATEST.PUBLISHED' }],
])

accepted('a partial ARN', [
  [`${ACCOUNT}:function:fn`, { account, name: 'fn' }],
  [`${ACCOUNT}:function:fn:7`, { account, name: 'fn', qualifier: '7' }],
  [`${ACCOUNT}:function:fn:$LATEST`, { account, name: 'fn', qualifier: '$LATEST' }],
  [`${ACCOUNT}:fn`, { account, name: 'fn' }],
  [`${ACCOUNT}:function`, { account, name: 'function' }],
  ['function:fn', { name: 'fn' }],
  ['us-east-1:fn', { region: 'us-east-1', name: 'fn' }],
  [`us-east-1:${ACCOUNT}:function:fn`, { region: 'us-east-1', account, name: 'fn' }],
  [`eusc-de-east-1:${ACCOUNT}:function:fn:live`, { region: 'eusc-de-east-1', account, name: 'fn', qualifier: 'live' }],
])

const full = (region: string, partition = 'aws') => ({ partition, region, account })

accepted('a full ARN', [
  [arn('us-east-1', ':fn'), { ...full('us-east-1'), name: 'fn' }],
  [arn('us-east-1', ':fn:7'), { ...full('us-east-1'), name: 'fn', qualifier: '7' }],
  [arn('us-east-1', ':fn:live'), { ...full('us-east-1'), name: 'fn', qualifier: 'live' }],
  [arn('us-east-1', ':fn:$LATEST'), { ...full('us-east-1'), name: 'fn', qualifier: '$LATEST' }],
  [arn('us-east-1', ':fn:$LATEST.PUBLISHED'), { ...full('us-east-1'), name: 'fn', qualifier: '$LATEST.PUBLISHED' }],
  [arn('ap-southeast-4', ':fn'), { ...full('ap-southeast-4'), name: 'fn' }],
])

accepted('an ARN that stops at :function', [
  [arn('us-east-1', ''), { ...full('us-east-1'), name: 'function' }],
  [arn('us-east-1', ':function'), { ...full('us-east-1'), name: 'function' }],
  [arn('us-east-1', ':function:function'), { ...full('us-east-1'), name: 'function', qualifier: 'function' }],
])

describe('an ARN of every partition', () => {
  test.each([
    ['us-gov-west-1', 'aws-us-gov'],
    ['cn-north-1', 'aws-cn'],
    ['us-iso-east-1', 'aws-iso'],
    ['us-isob-east-1', 'aws-iso-b'],
    ['eu-isoe-west-1', 'aws-iso-e'],
    ['us-isof-south-1', 'aws-iso-f'],
    ['eusc-de-east-1', 'aws-eusc'],
  ])('%s', (region, partition) => {
    const text = arn(region, ':fn:live', partition)
    expect(parseFunctionRef(text)).toEqual({ text, partition, region, account, name: 'fn', qualifier: 'live' })
  })
})

const NO_FORM = 'does not have the form of a name or of a Lambda ARN'
const OTHER_ARN = 'is the ARN of something other than a Lambda function'
const CAPITALS = 'has a qualifier that Lambda does not know; write $LATEST in capitals'
const odd = (shown: string) => `holds the character ${shown}, which no function name may have`

describe('refused', () => {
  test.each([
    ['', 'is empty'],
    [':', NO_FORM],
    ['fn:', NO_FORM],
    [':fn', NO_FORM],
    ['fn:a:b', NO_FORM],
    ['$LATEST', NO_FORM],
    ['fn:$OTHER', NO_FORM],
    ['fn:dotted.alias', NO_FORM],
    ['fn:$latest', CAPITALS],
    ['fn:$Latest.Published', CAPITALS],
    [`${arn('us-east-1', ':fn')}:$latest`, CAPITALS],
    ['my fn', odd('" "')],
    ['my fn:$LATEST', odd('" "')],
    ['fn\n', odd('"\\n"')],
    ['fn\u001b[2J', odd('"\\u001b"')],
    ['naïve', odd('"ï"')],
    ['😀', odd('"😀"')],
    ['fn*', odd('"*"')],
    ['a/b', odd('"/"')],
    [`${arn('us-east-1', ':fn:live')}:more`, NO_FORM],
    [`${arn('us-east-1', ':fn').replace(ACCOUNT, '1234')}`, NO_FORM],
    [`${arn('US-EAST-1', ':fn')}`, NO_FORM],
    ['arn:aws:s3:::bucket', OTHER_ARN],
    ['arn:aws:iam::123456789012:role/orders', OTHER_ARN],
    ['arn:other:lambda:us-east-1:123456789012:function:fn', OTHER_ARN],
    ['arn:aws:lambda:us-east-1:123456789012:layer:otel:3', NO_FORM],
  ])('%j', (text, why) => {
    expect(refusal(text)).toEqual({ code: 'MALFORMED_NAME', message: `"${text}" is not a function name: it ${why}.` })
  })

  test('a name beyond 64 characters, in a bare name and in an ARN alike', () => {
    const name = 'f'.repeat(65)
    expect(refusal(name).message).toContain('has a name of 65 characters, Lambda takes at most 64')
    expect(refusal(arn('us-east-1', `:${name}`)).message).toContain('has a name of 65 characters')
  })

  test('a text beyond 256 characters, which the message shortens', () => {
    const text = `fn:${'7'.repeat(254)}`
    expect(refusal(text).message).toBe(
      `"${text.slice(0, 77)}..." is not a function name: it is 257 characters long, Lambda takes at most 256.`,
    )
    expect(parseFunctionRef(text.slice(0, 256)).name).toBe('fn')
  })
})

function refusal(text: string): { code: string; message: string } {
  try {
    parseFunctionRef(text)
  } catch (error) {
    if (error instanceof XtraceError) return { code: error.code, message: error.message }
    throw error
  }
  throw new Error(`${text} was accepted`)
}

test.each([
  ['fn', false],
  ['fn:$LATEST', false],
  ['fn:7', true],
  ['fn:live', true],
  ['fn:latest', true],
  ['fn:$LATEST.PUBLISHED', true],
])('%s is published: %s', (text, published) => {
  expect(isPublished(parseFunctionRef(text))).toBe(published)
})
