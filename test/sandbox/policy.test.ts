/** BEHAVIOUR X4 to X7: how policies are evaluated. */
import { describe, expect, it } from 'vitest'
import { AWS_MANAGED_POLICIES } from '../../src/sandbox/policy/aws-managed.js'
import type { PolicyDocument, PolicyStatement } from '../../src/sandbox/policy/document.js'
import { allows } from '../../src/sandbox/policy/evaluate.js'
import { matchesWildcard } from '../../src/sandbox/policy/wildcard.js'

const ACTION = 'xray:PutTraceSegments'
const OWN_ACCOUNT = { StringEquals: { 'aws:ResourceAccount': '$' + '{aws:PrincipalAccount}' } }
const OTHER = { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } }

const allow = (more: Partial<PolicyStatement>): PolicyDocument => ({
  Statement: [{ Effect: 'Allow', Resource: '*', ...more }],
})
const deny = (more: Partial<PolicyStatement>): PolicyDocument => ({
  Statement: [{ Effect: 'Deny', Resource: '*', ...more }],
})
const everything = allow({ Action: '*' })

describe('X: evaluating policies', () => {
  it.each<[why: string, identity: PolicyDocument[], boundary: PolicyDocument | undefined, answer: boolean]>([
    ['X4 nothing allows nothing', [], undefined, false],
    ['X4 the action itself', [allow({ Action: ACTION })], undefined, true],
    ['X4 in any case', [allow({ Action: 'XRAY:puttracesegments' })], undefined, true],
    ['X4 a list with wildcards', [allow({ Action: ['s3:*', 'xray:Put?raceSegment*'] })], undefined, true],
    ['X4 another action', [allow({ Action: 'xray:Get*' })], undefined, false],
    [
      'X4 a statement that is no list',
      [{ Statement: { Effect: 'Allow', Action: 'xray:*', Resource: '*' } }],
      undefined,
      true,
    ],
    ['X4 NotAction that spares it', [allow({ NotAction: ['iam:*'] })], undefined, true],
    ['X4 NotAction that names it', [allow({ NotAction: ['xray:Put*'] })], undefined, false],
    ['X4 another resource', [allow({ Action: ACTION, Resource: 'arn:aws:xray:*:*:group/a' })], undefined, false],
    [
      'X4 NotResource',
      [{ Statement: { Effect: 'Allow', Action: ACTION, NotResource: 'arn:aws:s3:::a' } }],
      undefined,
      true,
    ],
    ['X4 Deny wins', [everything, deny({ Action: 'xray:*' })], undefined, false],
    ['X4 Deny of others does not', [everything, deny({ Action: 's3:*' })], undefined, true],
    ['X4 Deny by NotAction', [everything, deny({ NotAction: 'logs:*' })], undefined, false],
    ['X5 a boundary that allows it', [everything], allow({ Action: 'xray:*' }), true],
    ['X5 a boundary that does not', [everything], allow({ Action: 'logs:*' }), false],
    ['X5 a boundary alone', [], everything, false],
    [
      'X5 a boundary that denies',
      [everything],
      { Statement: [...list(everything), ...list(deny({ Action: ACTION }))] },
      false,
    ],
    ['X7 the own account', [allow({ Action: ACTION, Condition: OWN_ACCOUNT })], undefined, true],
    ['X7 another condition in an Allow', [allow({ Action: ACTION, Condition: OTHER })], undefined, false],
    ['X7 both conditions', [allow({ Action: ACTION, Condition: { ...OWN_ACCOUNT, ...OTHER } })], undefined, false],
    ['X7 another condition in a Deny', [everything, deny({ Action: ACTION, Condition: OTHER })], undefined, false],
  ])('%s', (_why, identity, boundary, answer) => {
    expect(allows(boundary === undefined ? { identity } : { identity, boundary }, ACTION)).toBe(answer)
  })

  it.each([
    ['/AWSXRayDaemonWriteAccess', true],
    ['/AWSXrayWriteOnlyAccess', true],
    ['/AdministratorAccess', true],
    ['/PowerUserAccess', true],
    ['/CloudWatchLambdaApplicationSignalsExecutionRolePolicy', true],
    ['/ReadOnlyAccess', false],
    ['/service-role/AWSLambdaBasicExecutionRole', false],
    ['/service-role/AWSLambdaVPCAccessExecutionRole', false],
  ])('the AWS managed policy %s lets a function trace: %s', (key, answer) => {
    const policy = AWS_MANAGED_POLICIES.get(key)
    expect(policy && allows({ identity: [policy.stored.document] }, ACTION)).toBe(answer)
  })

  it('X4 answers a pattern of thousands of stars', () => {
    expect(matchesWildcard(`${'*a'.repeat(2000)}b`, 'a'.repeat(4000))).toBe(false)
  })
})

function list(document: PolicyDocument): PolicyStatement[] {
  return [document.Statement].flat() as PolicyStatement[]
}
