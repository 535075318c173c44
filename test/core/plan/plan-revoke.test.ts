/** Which permissions may be taken back: xtrace's own, of roles that nobody traces with any more. */
import { describe, expect, test } from 'vitest'
import type { LambdaFunction } from '../../../src/core/lambda-function.js'
import { planChange } from '../../../src/core/plan/plan-change.js'
import { planRevokes } from '../../../src/core/plan/plan-revoke.js'
import { inlinePolicyDocument } from '../../../src/core/policy/grant.js'
import type { Role, RolePolicy } from '../../../src/core/policy/role.js'
import { fn, functionArn, observation, ROLE } from '../build-observation.js'
import { allow, BOTH, inline, managed, role } from '../policy/build-role.js'

const POLICY = 'arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess'
const OURS: RolePolicy = { ...managed('AWSXRayDaemonWriteAccess', allow(BOTH)), arn: POLICY }
const OUR_INLINE: RolePolicy = { source: 'inline', name: 'xtrace-xray-write', document: inlinePolicyDocument() }
const on = fn('on', { mode: 'Active' })
const off = fn('off')

function revokes(functions: LambdaFunction[], its: Role, inUse: string[] = []) {
  const seen = functions.map((one) => observation(one))
  return planRevokes({ inUse: new Set(inUse) }, seen, new Map([[its.arn, its]]))
}

test('the managed policy and the inline one, after every function that is turned off', () => {
  const other = fn('other', { mode: 'Active', region: 'eu-west-1' })
  expect(revokes([on, off, other], role([OURS, OUR_INLINE]))).toEqual([
    {
      kind: 'revoke',
      id: `revoke:${ROLE}:managed`,
      role: ROLE,
      how: 'managed',
      policy: POLICY,
      after: [`setMode:${on.arn}`, `setMode:${functionArn('other', 'eu-west-1')}`],
    },
    expect.objectContaining({ id: `revoke:${ROLE}:inline`, how: 'inline', policy: 'xtrace-xray-write' }),
  ])
})

test('also where every function is off already', () => {
  expect(revokes([off], role([OURS]))).toMatchObject([{ kind: 'revoke', after: [] }])
})

describe('kept', () => {
  test('where somebody traces with the role', () => {
    expect(revokes([on], role([OURS]), [ROLE])).toEqual([])
  })

  test('of a role that is gone, or was not read', () => {
    expect(revokes([on], role([OURS], { missing: true }))).toEqual([])
    expect(revokes([fn('on', { mode: 'Active', role: `${ROLE}-2` })], role([OURS]))).toEqual([])
  })

  test('of a role that only AWS may change', () => {
    const linked = ROLE.replace('/service/', '/aws-service-role/lambda.amazonaws.com/')
    const user = fn('on', { mode: 'Active', role: linked })
    expect(revokes([user], role([OURS], { arn: linked }))).toEqual([])
  })

  test.each<[what: string, policy: RolePolicy]>([
    ['a customer policy of that name', managed('AWSXRayDaemonWriteAccess', allow(BOTH))],
    ['AWS’s other policies', { ...OURS, arn: 'arn:aws:iam::aws:policy/AWSXrayWriteOnlyAccess' }],
    ['that of another partition', { ...OURS, arn: 'arn:aws-cn:iam::aws:policy/AWSXRayDaemonWriteAccess' }],
    ['an inline policy of another name', inline('trace', allow(BOTH))],
    ['our inline policy, with more in it', inline('xtrace-xray-write', allow([...BOTH, 's3:*']))],
    ['our inline policy, with another statement', inline('xtrace-xray-write', allow(BOTH), allow('s3:*'))],
    ['our inline policy, unreadable', { ...OUR_INLINE, document: undefined, unreadable: 'AccessDenied' }],
    ['our inline policy, not a document', { ...OUR_INLINE, document: 'oops' }],
  ])('%s', (_, policy) => {
    expect(revokes([on], role([policy]))).toEqual([])
  })
})

test('our inline policy is known as IAM sends it, too', () => {
  const encoded = encodeURIComponent(JSON.stringify(inlinePolicyDocument()))
  expect(revokes([on], role([{ ...OUR_INLINE, document: encoded }]))).toHaveLength(1)
})

test('the managed policy is that of the role’s partition', () => {
  const arn = ROLE.replace('arn:aws:', 'arn:aws-us-gov:')
  const policy = POLICY.replace('arn:aws:', 'arn:aws-us-gov:')
  expect(revokes([{ ...on, role: arn }], role([{ ...OURS, arn: policy }], { arn }))).toMatchObject([{ policy }])
})

test('as part of disabling: only when asked, and last', () => {
  const its = role([OURS])
  const plan = (revoke: boolean) =>
    planChange({
      to: 'PassThrough',
      grants: 'none',
      observations: [observation(on), observation(off)],
      roles: new Map([[its.arn, its]]),
      ...(revoke && { revoke: { inUse: new Set<string>() } }),
    })
  expect(plan(true).steps.map((step) => step.kind)).toEqual(['setMode', 'revoke'])
  expect(plan(true).unchanged).toMatchObject([{ function: off.arn }])
  expect(plan(false).steps.map((step) => step.kind)).toEqual(['setMode'])
})
