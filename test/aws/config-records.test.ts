/** One row of AWS Config's answer: what it says of a function, and what it must not be taken to say. */
import { describe, expect, test } from 'vitest'
import { FUNCTIONS_QUERY, recordOf } from '../../src/aws/config-records.js'
import { XtraceError } from '../../src/errors.js'
import { ACCOUNT, FUNCTION_ARN, ROLE_ARN } from './support/answers.js'

/** As AWS Config sends it: every row is JSON in a string. */
function row(configuration: object = {}, more: object = {}): string {
  return JSON.stringify({
    arn: FUNCTION_ARN,
    configurationItemCaptureTime: '2026-05-31T09:30:00.000Z',
    tags: [
      { tag: 'team=shop', key: 'team', value: 'shop' },
      { tag: 'aws:cloudformation:stack-name=orders', key: 'aws:cloudformation:stack-name', value: 'orders' },
    ],
    configuration: {
      functionName: 'orders',
      role: ROLE_ARN,
      tracingConfig: { mode: 'Active' },
      runtime: 'nodejs22.x',
      packageType: 'Zip',
      memorySize: 512,
      layers: [{ arn: `arn:aws:lambda:us-east-1:${ACCOUNT}:layer:Datadog-Node22-x:1` }],
      ...configuration,
    },
    ...more,
  })
}

test('a whole row', () => {
  expect(recordOf(row())).toEqual({
    fn: {
      arn: FUNCTION_ARN,
      name: 'orders',
      account: ACCOUNT,
      region: 'us-east-1',
      partition: 'aws',
      version: '$LATEST',
      mode: 'Active',
      role: ROLE_ARN,
      runtime: 'nodejs22.x',
      packageType: 'Zip',
      memory: 512,
      otherTracers: ['Datadog'],
      managedInstances: false,
      snapStart: false,
    },
    tags: { team: 'shop', 'aws:cloudformation:stack-name': 'orders' },
    recordedAt: '2026-05-31T09:30:00.000Z',
  })
})

const modes: Array<[what: string, tracingConfig: unknown, mode: string]> = [
  ['Active', { mode: 'Active' }, 'Active'],
  ['PassThrough', { mode: 'PassThrough' }, 'PassThrough'],
  ['active in lower case, which AWS never sends', { mode: 'active' }, 'PassThrough'],
  ['no mode', {}, 'PassThrough'],
  ['none', null, 'PassThrough'],
  ['nothing', undefined, 'PassThrough'],
]
test.each(modes)('tracing %s', (_, tracingConfig, mode) => {
  expect(recordOf(row({ tracingConfig })).fn.mode).toBe(mode)
})

test('a container image has no runtime', () => {
  const { fn } = recordOf(row({ packageType: 'Image', runtime: null }))
  expect(fn.packageType).toBe('Image')
  expect(fn).not.toHaveProperty('runtime')
})

test('what was never set is not there, and a function all the same', () => {
  const bare = JSON.stringify({ arn: 'arn:aws-cn:lambda:cn-north-1:222222222222:function:bare', configuration: {} })
  const record = recordOf(bare)
  expect(record.fn).toMatchObject({
    name: 'bare',
    account: '222222222222',
    region: 'cn-north-1',
    partition: 'aws-cn',
    mode: 'PassThrough',
    role: '',
    packageType: 'Zip',
    memory: 128,
    otherTracers: [],
  })
  expect(record.tags).toEqual({})
  expect(record).not.toHaveProperty('recordedAt')
})

test('lists that are not as they should be count as empty', () => {
  const record = recordOf(row({ layers: 'none' }, { tags: { team: 'shop' } }))
  expect(record.fn.otherTracers).toEqual([])
  expect(record.tags).toEqual({})
  expect(
    recordOf(row({ layers: [null, {}, { arn: 7 }] }, { tags: [null, { key: 'a' }, { value: 'b' }] })).tags,
  ).toEqual({
    a: '',
  })
})

describe('a row that names no function is thrown: left out, it would hide one', () => {
  const rows: Array<[what: string, text: string]> = [
    ['not JSON', '{"arn":'],
    ['nothing', 'null'],
    ['a text', '"arn"'],
    ['an empty object', '{}'],
    ['no ARN', row({}, { arn: undefined })],
    ['an ARN of something else', row({}, { arn: 'arn:aws:s3:::bucket' })],
    ['no configuration', row({}, { configuration: null })],
  ]
  test.each(rows)('%s', (_, text) => {
    const read = () => recordOf(text)
    expect(read).toThrow(XtraceError)
    expect(read).toThrow('AWS Config answered with a row that is not the record of a function.')
    expect(read).toThrow(expect.objectContaining({ code: 'SERVER_ERROR' }))
  })
})

test('the query is one that AWS Config takes', () => {
  expect(FUNCTIONS_QUERY).toBe(
    "SELECT arn, configurationItemCaptureTime, tags, configuration.functionName, configuration.role, configuration.tracingConfig.mode, configuration.runtime, configuration.packageType, configuration.memorySize, configuration.layers.arn WHERE resourceType = 'AWS::Lambda::Function'",
  )
  expect(FUNCTIONS_QUERY.length).toBeLessThan(4096)
})
