/** What a grant writes, and whether it would help. */
import { describe, expect, test } from 'vitest'
import { afterGrant, inlinePolicyDocument, isReserved, managedPolicyArn } from '../../../src/core/policy/grant.js'
import { traceWritePermission } from '../../../src/core/policy/permission.js'
import { ACCOUNT, allow, deny, inline, managed, role } from './build-role.js'

const partition = 'aws-us-gov'
const answerAfter = (subject: Parameters<typeof afterGrant>[0], how: 'managed' | 'inline') =>
  traceWritePermission(afterGrant(subject, how, partition), {}).answer

test('the managed policy is the one of the partition', () => {
  expect(managedPolicyArn('aws-cn')).toBe('arn:aws-cn:iam::aws:policy/AWSXRayDaemonWriteAccess')
})

test('the inline policy allows the two actions and nothing else', () => {
  expect(inlinePolicyDocument()).toEqual({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], Resource: '*' }],
  })
})

describe.each(['managed', 'inline'] as const)('%s', (how) => {
  test.each([
    ['helps a bare role', role([]), 'yes'],
    ['does not help against a deny', role([inline('guard', deny('xray:*'))]), 'no'],
    ['does not help inside a boundary', role([], { boundary: managed('ops', allow('s3:*')) }), 'no'],
    ['does not bring a deleted role back', role([], { missing: true }), 'no'],
    ['leaves an unreadable role unknown', role([], { unreadable: 'AccessDenied' }), 'unknown'],
  ] as const)('%s', (_, subject, answer) => {
    expect(answerAfter(subject, how)).toBe(answer)
  })

  test('leaves the role it was given as it was, and granting twice is granting once', () => {
    const subject = role([inline('own', allow('s3:*'))])
    const granted = afterGrant(subject, how, partition)
    expect(subject.policies).toHaveLength(1)
    expect(granted.policies).toHaveLength(2)
    expect(afterGrant(granted, how, partition)).toEqual(granted)
  })
})

test('an inline policy of the same name is overwritten; a customer policy that borrows the managed name stays', () => {
  expect(answerAfter(role([inline('xtrace-xray-write', deny('xray:*'))]), 'inline')).toBe('yes')
  const borrowed = managed('AWSXRayDaemonWriteAccess', deny('xray:*'))
  expect(borrowed.arn).toContain(ACCOUNT)
  expect(answerAfter(role([borrowed]), 'managed')).toBe('no')
})

test.each([
  ['aws-service-role/lambda.amazonaws.com/AWSServiceRoleForLambda', true],
  ['aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin', true],
  ['aws-service-role', false],
  ['service-role/orders', false],
  ['teams/aws-service-role/orders', false],
])('role/%s is reserved for AWS: %s', (name, reserved) => {
  expect(isReserved({ arn: `arn:aws:iam::${ACCOUNT}:role/${name}` })).toBe(reserved)
})
