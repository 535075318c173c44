/** `xtrace disable --revoke`: permissions are taken back that no function traces with, in any region. */
import { expect } from 'vitest'
import { type Aws, type AwsOptions, describe, it } from '../support/it.js'
import type { ReportJson } from '../support/report-json.js'
import { FAST, HURRY, SEVERAL } from '../support/rollout.js'
import type { SmallFunction } from '../support/world.js'
import { run } from '../support/xtrace.js'

const world = (...functions: SmallFunction[]): AwsOptions => ({
  functions: functions.map((one) => ({ mode: 'Active', ...one })),
  roles: [
    {
      name: 'own-inline',
      inline: { 'xtrace-xray-write': allowing('xray:PutTraceSegments', 'xray:PutTelemetryRecords') },
    },
  ],
  regions: ['us-east-1', 'eu-west-1', 'ap-south-1'],
  settings: FAST,
})

function allowing(...Action: string[]) {
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow' as const, Action, Resource: '*' }] }
}

const revoke = (aws: Aws, state: string, ...words: string[]) =>
  run(['disable', ...words, '--revoke', ...HURRY, '--json'], { aws, state })
const managedOf = ({ sandbox }: Aws, role = 'writing-role') =>
  sandbox.world
    .account()
    .role(role)
    .managed.map((arn) => arn.split('/').at(-1))
const taken = ({ calls }: Aws) =>
  calls.filter(({ service, write }) => service === 'iam' && write).map(({ operation }) => operation)

describe.concurrent('revoke', SEVERAL, () => {
  it('takes the permission from a role that nobody else traces with, after the function is off', async ({
    open,
    state,
  }) => {
    const aws = await open(world({ name: 'orders' }, { name: 'quiet', mode: 'PassThrough' }))
    const { status, stderr, json } = await revoke(aws, state, 'orders')
    expect(status, stderr).toBe(0)
    expect(managedOf(aws)).toEqual(['AWSLambdaBasicExecutionRole'])
    expect(json<ReportJson>().data.grants).toMatchObject([{ change: 'revoke', how: 'managed', result: 'done' }])
    expect(aws.writes().map(({ operation }) => operation)).toEqual(['UpdateFunctionConfiguration', 'DetachRolePolicy'])
  })

  it('takes back its own inline policy, and never one of somebody else', async ({ open, state }) => {
    const aws = await open(world({ name: 'ours', role: 'own-inline' }, { name: 'theirs', role: 'inline-role' }))
    expect((await revoke(aws, state, '--all', '--yes')).status).toBe(0)
    expect(aws.sandbox.world.account().role('own-inline').inline.size).toBe(0)
    expect([...aws.sandbox.world.account().role('inline-role').inline.keys()]).toEqual(['tracing'])
    expect(taken(aws)).toEqual(['DeleteRolePolicy'])
  })

  const USERS: ReadonlyArray<readonly [what: string, user: SmallFunction]> = [
    ['another function of the region', { name: 'other' }],
    ['a function of another region', { name: 'orders', region: 'ap-south-1' }],
    ['a published version', { name: 'other', mode: 'PassThrough', versions: [{ mode: 'Active' }] }],
    [
      'a version of a function that is turned off itself',
      { name: 'orders', versions: [{ mode: 'Active' }], aliases: [{ name: 'live', version: '1' }] },
    ],
  ]

  for (const [what, user] of USERS)
    it(`keeps the permission for ${what}`, async ({ open, state }) => {
      const aws = await open(world(...(user.name === 'orders' && !user.region ? [] : [{ name: 'orders' }]), user))
      const { status, json } = await revoke(aws, state, 'orders')
      expect(status).toBe(0)
      expect(aws.mode('orders')).toBe('PassThrough')
      expect(managedOf(aws)).toContain('AWSXRayDaemonWriteAccess')
      expect(taken(aws)).toEqual([])
      expect(json<ReportJson>().data.grants).toEqual([])
    })

  for (const kind of ['access-denied', 'scp-deny', 'http-500'] as const)
    it(`takes nothing back where a region answers ${kind}, and says which`, async ({ open, state }) => {
      const aws = await open({
        ...world({ name: 'orders' }),
        faults: [{ match: { service: 'lambda', region: 'ap-south-1' }, kind }],
      })
      const { status, json } = await revoke(aws, state, 'orders')
      expect([0, 6]).toContain(status)
      expect(aws.mode('orders')).toBe('PassThrough')
      expect(taken(aws)).toEqual([])
      expect(json<ReportJson>().notes.join('\n')).toMatch(/no permission was taken back: .*ap-south-1/)
    })

  it('is not stopped by regions that are not enabled', async ({ open, state }) => {
    const aws = await open({
      ...world({ name: 'orders' }),
      faults: [{ match: { operation: ['ListRegions', 'DescribeRegions'] }, kind: 'access-denied' }],
    })
    expect((await revoke(aws, state, 'orders')).status).toBe(0)
    expect(managedOf(aws)).toEqual(['AWSLambdaBasicExecutionRole'])
  })

  it('keeps the permission where the function could not be turned off', async ({ open, state }) => {
    const aws = await open({
      ...world({ name: 'orders' }, { name: 'billing' }),
      faults: [{ match: { operation: 'UpdateFunctionConfiguration', resource: 'billing' }, kind: 'access-denied' }],
    })
    const { status, json } = await revoke(aws, state, 'orders', 'billing')
    expect(status).toBe(6)
    expect(taken(aws)).toEqual([])
    expect(managedOf(aws)).toContain('AWSXRayDaemonWriteAccess')
    expect(json<ReportJson>().data.grants).toMatchObject([{ change: 'revoke', result: 'failed' }])
  })

  it('of a function that is off already takes the permission back', async ({ open, state }) => {
    const aws = await open(world({ name: 'orders', mode: 'PassThrough' }))
    expect((await revoke(aws, state, 'orders')).status).toBe(0)
    expect(taken(aws)).toEqual(['DetachRolePolicy'])
    expect((await revoke(aws, state, 'orders')).status).toBe(0)
    expect(taken(aws)).toEqual(['DetachRolePolicy'])
  })

  it('writes nothing with --dry-run', async ({ open, state }) => {
    const aws = await open(world({ name: 'orders' }))
    const { status, stdout } = await run(['disable', 'orders', '--revoke', '--dry-run'], { aws, state })
    expect(status).toBe(0)
    expect(stdout).toMatch(/writing-role/)
    expect(aws.writes()).toEqual([])
  })
})
