/** `xtrace enable` when AWS denies, throttles, breaks off or answers with a conflict. */
import { expect } from 'vitest'
import { describe, it } from '../support/it.js'
import { inBothModes, type ReportJson, row } from '../support/report-json.js'
import { run } from '../support/xtrace.js'

const MANAGED = 'arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess'
const fnArn = (name: string, region = 'us-east-1') => `arn:aws:lambda:${region}:123456789012:function:${name}`

describe.concurrent('enable: denied', () => {
  for (const operation of ['GetFunctionConfiguration', 'UpdateFunctionConfiguration', 'AttachRolePolicy']) {
    it(`is refused where ${operation} is`, async ({ open }) => {
      const aws = await open({
        functions: [{ name: 'orders', role: 'bare-role' }],
        faults: [{ match: { operation }, kind: 'access-denied' }],
      })
      const refusal = await inBothModes(['enable', 'orders'], { aws })
      expect(refusal).toMatchObject({ code: 'ACCESS_DENIED', exit: 5 })
      expect(refusal.message).toContain(`:${operation}`)
      expect(refusal.suggestions.join()).toContain('xtrace permissions')
      expect(aws.mode('orders')).toBe('PassThrough')
    })
  }

  for (const operation of ['ListAliases', 'ListEventSourceMappings']) {
    it(`goes on where ${operation} is denied, with the verdict unknown and the reason`, async ({ open }) => {
      const aws = await open({
        functions: [{ name: 'orders' }],
        faults: [{ match: { operation }, kind: 'access-denied' }],
      })
      const { status, json } = await run(['enable', 'orders', '--json'], { aws })
      expect(status).toBe(0)
      const changed = row(json<ReportJson>(), 'orders')
      expect(changed).toMatchObject({ result: 'changed', verdict: 'unknown' })
      expect(changed.because).toContain(`lambda:${operation}`)
      expect(aws.mode('orders')).toBe('Active')
    })
  }

  it('tells a region that is not enabled from keys that are no good', async ({ open }) => {
    const off = await open({ faults: [{ match: { region: 'ap-east-1' }, kind: 'region-off' }] })
    const words = ['enable', 'orders', '--region', 'ap-east-1']
    expect(await inBothModes(words, { aws: off })).toMatchObject({ code: 'REGION_NOT_ENABLED', exit: 5 })
    const bad = await open({ faults: [{ match: {}, kind: 'region-off' }] })
    expect(await inBothModes(words, { aws: bad })).toMatchObject({ code: 'INVALID_CREDENTIALS', exit: 4 })
  })
})

const FAULTS = [
  ['a 500', { kind: 'http-500' }, 1],
  ['a 503', { kind: 'http-503' }, 1],
  ['a 429', { kind: 'throttle' }, 1],
  ['a throttle by EC2', { kind: 'ec2-throttle' }, 1],
  ['a connection cut before the work', { kind: 'reset-before' }, 1],
  ['a connection cut after the work', { kind: 'reset-after' }, 0],
  [
    'a conflict',
    {
      kind: 'error',
      status: 409,
      code: 'ResourceConflictException',
      message: `The operation cannot be performed at this time. An update is in progress for resource: ${fnArn('orders')}`,
    },
    1,
  ],
  [
    'a revision that has changed',
    {
      kind: 'error',
      status: 412,
      code: 'PreconditionFailedException',
      message:
        'The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id',
    },
    1,
  ],
] as const

describe.concurrent('enable: trouble on the way', () => {
  for (const [what, fault, accepted] of FAULTS) {
    it(`ends Active after ${what} in answer to the update, without a needless second one`, async ({ open }) => {
      const aws = await open({
        functions: [{ name: 'orders' }],
        faults: [{ match: { operation: 'UpdateFunctionConfiguration' }, times: 1, ...fault }],
      })
      const { status, stderr, json } = await run(['enable', 'orders', '--json'], { aws })
      expect(status, stderr).toBe(0)
      expect(row(json<ReportJson>(), 'orders')).toMatchObject({ result: 'changed', verdict: 'traced' })
      expect(aws.mode('orders')).toBe('Active')
      const updates = aws.calledFor('UpdateFunctionConfiguration')
      expect(updates).toHaveLength(1 + accepted)
      expect(updates.filter((call) => call.status === 200)).toHaveLength(accepted)
    })
  }

  it('gets through throttling of every call, Lambda and IAM alike', async ({ open }) => {
    const aws = await open({
      functions: [{ name: 'orders', role: 'bare-role' }],
      faults: [
        { match: { service: 'lambda', operation: 'GetFunctionConfiguration' }, kind: 'throttle', times: 2 },
        { match: { service: 'lambda', operation: 'ListAliases' }, kind: 'throttle', times: 1 },
        { match: { service: 'iam', write: false }, kind: 'throttle', times: 3 },
        { match: { service: 'iam', write: true }, kind: 'throttle', times: 1 },
        {
          match: { operation: 'AttachRolePolicy' },
          kind: 'error',
          status: 409,
          code: 'ConcurrentModification',
          times: 1,
        },
      ],
    })
    const { status, stderr } = await run(['enable', 'orders'], { aws })
    expect(status, stderr).toBe(0)
    expect(aws.mode('orders')).toBe('Active')
    expect(aws.calledFor('AttachRolePolicy').filter((call) => call.status === 200)).toHaveLength(1)
  })

  it('gets through lost answers to reads and to the grant', async ({ open }) => {
    const aws = await open({
      functions: [{ name: 'orders', role: 'bare-role' }],
      faults: [
        { match: { write: false, service: 'lambda' }, kind: 'reset-before', times: 1 },
        { match: { write: false, service: 'iam' }, kind: 'http-500', times: 1 },
        { match: { operation: 'AttachRolePolicy' }, kind: 'reset-after', times: 1 },
      ],
    })
    const { status, stderr } = await run(['enable', 'orders'], { aws })
    expect(status, stderr).toBe(0)
    expect(aws.sandbox.world.account().roles.get('bare-role')?.managed).toContain(MANAGED)
    expect(aws.mode('orders')).toBe('Active')
  })

  it('stops the whole run when the session expires in the middle', async ({ open }) => {
    const names = ['a', 'b', 'c', 'd']
    const aws = await open({
      functions: names.map((name) => ({ name, role: 'bare-role' })),
      faults: [{ match: { operation: 'AttachRolePolicy' }, kind: 'expired-token' }],
    })
    const refusal = await inBothModes(['enable', ...names], { aws })
    expect(refusal).toMatchObject({ code: 'EXPIRED_CREDENTIALS', exit: 4 })
    expect(aws.calledFor('UpdateFunctionConfiguration')).toEqual([])
  })
})
