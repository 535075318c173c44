/** Every kind of execution role, with the answer and the words it must get. */
import { describe, expect, test } from 'vitest'
import { type Permission, traceWritePermission } from '../../../src/core/policy/permission.js'
import type { Role, RolePolicy } from '../../../src/core/policy/role.js'
import { ACCOUNT, allow, BOTH, deny, document, inline, managed, role } from './build-role.js'

const daemon = managed('AWSXRayDaemonWriteAccess', allow([...BOTH, 'xray:GetSamplingRules', 'xray:GetSamplingTargets']))
const logs = managed('AWSLambdaBasicExecutionRole', allow(['logs:CreateLogGroup', 'logs:PutLogEvents']))
const unread: RolePolicy = {
  source: 'managed',
  name: 'team-base',
  arn: `arn:aws:iam::${ACCOUNT}:policy/team-base`,
  document: undefined,
  unreadable: 'AccessDenied on iam:GetPolicyVersion',
}
const daemonAllows = 'AWSXRayDaemonWriteAccess allows xray:PutTraceSegments and xray:PutTelemetryRecords'
const nothingAllows = 'no policy allows xray:PutTraceSegments'
const when = (operator: string, key: string, value: unknown) => ({ Condition: { [operator]: { [key]: value } } })
const office = when('IpAddress', 'aws:SourceIp', '203.0.113.0/24')

type Row = [kind: string, subject: Role, answer: Permission['answer'], because: string]

const grants: Row[] = [
  ['managed policy', role([logs, daemon]), 'yes', daemonAllows],
  [
    'write-only managed policy, as SAM attaches it',
    role([managed('AWSXrayWriteOnlyAccess', allow([...BOTH, 'xray:GetSamplingRules']))]),
    'yes',
    'AWSXrayWriteOnlyAccess allows xray:PutTraceSegments and xray:PutTelemetryRecords',
  ],
  [
    'administrator',
    role([managed('AdministratorAccess', allow('*'))]),
    'yes',
    'AdministratorAccess allows xray:PutTraceSegments and xray:PutTelemetryRecords',
  ],
  [
    'inline statement, as CDK writes it',
    role([inline('DefaultPolicy', allow('s3:GetObject'), allow(BOTH, { Sid: 'Trace' }))]),
    'yes',
    'inline policy DefaultPolicy, statement "Trace" allows xray:PutTraceSegments and xray:PutTelemetryRecords',
  ],
  [
    'two policies that share the actions',
    role([inline('b', allow(BOTH[1])), managed('a', allow(BOTH[0]))]),
    'yes',
    'a allows xray:PutTraceSegments; inline policy b allows xray:PutTelemetryRecords',
  ],
  [
    'two statements that share the actions',
    role([managed('a', allow(BOTH[0]), allow(BOTH[1], { Sid: 'Telemetry' }))]),
    'yes',
    'a, statement 1 allows xray:PutTraceSegments; a, statement "Telemetry" allows xray:PutTelemetryRecords',
  ],
  [
    'one whole policy is named before two halves',
    role([managed('a', allow(BOTH[0])), managed('b', allow(BOTH))]),
    'yes',
    'b allows xray:PutTraceSegments and xray:PutTelemetryRecords',
  ],
  ...(['xray:*', 'xray:Put*', 'xray:Put?r*ce*', '*:*', 'x*', 'XRAY:pUT*'] as const).map(
    (action): Row => [
      `wildcards ${action}`,
      role([managed('wide', allow([action, BOTH[1]]))]),
      'yes',
      'wide allows xray:PutTraceSegments and xray:PutTelemetryRecords',
    ],
  ),
  [
    'odd case',
    role([managed('odd', allow(['XRay:puttracesegments', 'xray:PUTTELEMETRYRECORDS']))]),
    'yes',
    'odd allows xray:PutTraceSegments and xray:PutTelemetryRecords',
  ],
  [
    'NotAction that leaves X-Ray in',
    role([managed('PowerUserAccess', { Effect: 'Allow', NotAction: ['iam:*', 'organizations:*'], Resource: '*' })]),
    'yes',
    'PowerUserAccess allows xray:PutTraceSegments and xray:PutTelemetryRecords',
  ],
  [
    'NotResource that leaves everything else in',
    role([managed('p', { Effect: 'Allow', Action: 'xray:*', NotResource: 'arn:aws:xray:*:*:group/*' })]),
    'yes',
    'p allows xray:PutTraceSegments and xray:PutTelemetryRecords',
  ],
  [
    'one statement that is not in a list, URL-encoded, as IAM sends it',
    role([
      { source: 'inline', name: 'p', document: encodeURIComponent(JSON.stringify({ Statement: allow('xray:*') })) },
    ]),
    'yes',
    'inline policy p allows xray:PutTraceSegments and xray:PutTelemetryRecords',
  ],
  [
    'a Deny on something else',
    role([daemon, inline('guard', deny('xray:Get*'), deny('xray:*', { Resource: 'arn:aws:xray:*:*:group/*' }))]),
    'yes',
    daemonAllows,
  ],
]

const refusals: Row[] = [
  ['no policy', role([]), 'no', nothingAllows],
  ['only logs', role([logs]), 'no', nothingAllows],
  [
    'Application Signals, which allows segments only',
    role([
      managed(
        'CloudWatchLambdaApplicationSignalsExecutionRolePolicy',
        allow('xray:PutTraceSegments', when('StringEquals', 'aws:ResourceAccount', `\${aws:PrincipalAccount}`)),
        allow('logs:PutLogEvents'),
      ),
    ]),
    'no',
    'no policy allows xray:PutTelemetryRecords',
  ],
  [
    'NotAction that leaves X-Ray out',
    role([managed('p', { Effect: 'Allow', NotAction: ['XRAY:put*'], Resource: '*' })]),
    'no',
    nothingAllows,
  ],
  [
    'customer policy whose default version does not allow, whatever its name says',
    role([managed('AWSXRayDaemonWriteAccess', allow('xray:Get*'))]),
    'no',
    nothingAllows,
  ],
  [
    'a service that only looks alike',
    role([managed('p', allow(['xrays:*', 'ray:*', 'xray:Put']))]),
    'no',
    nothingAllows,
  ],
  [
    'resources that these actions do not have',
    role([managed('p', allow('xray:*', { Resource: ['arn:aws:xray:*:*:*', 'arn:*'] }))]),
    'no',
    nothingAllows,
  ],
  [
    'NotResource of everything',
    role([managed('p', { Effect: 'Allow', Action: '*', NotResource: '*' })]),
    'no',
    nothingAllows,
  ],
  [
    'deny by a named statement',
    role([daemon, inline('guard', deny('xray:Put*', { Sid: 'NoXray' }))]),
    'no',
    'inline policy guard, statement "NoXray" denies xray:PutTraceSegments',
  ],
  [
    'deny of telemetry only, by a nameless statement',
    role([daemon, managed('guard', allow('s3:*'), deny('xray:puttelemetry*'))]),
    'no',
    'guard, statement 2 denies xray:PutTelemetryRecords',
  ],
  [
    'deny of everything else',
    role([daemon, inline('only-s3', { Effect: 'Deny', NotAction: 's3:*', Resource: '*' })]),
    'no',
    'inline policy only-s3 denies xray:PutTraceSegments',
  ],
  [
    'a deny is told before a missing allow',
    role([inline('half', deny('xray:PutTelemetryRecords'))]),
    'no',
    'inline policy half denies xray:PutTelemetryRecords',
  ],
  ['deleted role', role([daemon], { missing: true }), 'no', 'role orders no longer exists'],
]

const boundaries: Row[] = [
  [
    'boundary allows',
    role([daemon], { boundary: managed('ops', allow(['xray:*', 's3:*'])) }),
    'yes',
    `${daemonAllows}, within permissions boundary ops`,
  ],
  [
    'boundary lacks one action',
    role([daemon], { boundary: managed('ops-boundary', allow(BOTH[0])) }),
    'no',
    'permissions boundary ops-boundary does not allow xray:PutTelemetryRecords',
  ],
  [
    'boundary denies',
    role([daemon], { boundary: managed('ops', allow('*'), deny('xray:*', { Sid: 'Quiet' })) }),
    'no',
    'permissions boundary ops, statement "Quiet" denies xray:PutTraceSegments',
  ],
  ['boundary grants nothing', role([logs], { boundary: managed('ops', allow('*')) }), 'no', nothingAllows],
  [
    'boundary unreadable',
    role([daemon], { boundary: { ...unread, name: 'ops' } }),
    'unknown',
    'permissions boundary ops could not be read: AccessDenied on iam:GetPolicyVersion',
  ],
  ['boundary unreadable, but nothing to bound', role([logs], { boundary: unread }), 'no', nothingAllows],
  [
    'boundary blocks, whatever else is unreadable',
    role([unread], { boundary: managed('ops', allow('s3:*')), unreadable: 'AccessDenied on iam:ListRolePolicies' }),
    'no',
    'permissions boundary ops does not allow xray:PutTraceSegments',
  ],
  [
    'boundary allows under a condition that is not known',
    role([daemon], { boundary: managed('ops', allow('*', office)) }),
    'unknown',
    'permissions boundary ops allows xray:PutTraceSegments, depending on aws:SourceIp, which cannot be decided here',
  ],
]

const gaps: Row[] = [
  [
    'policy unreadable, no allow seen',
    role([logs, unread]),
    'unknown',
    'team-base could not be read: AccessDenied on iam:GetPolicyVersion',
  ],
  [
    'policy unreadable beside an allow: it may deny',
    role([daemon, unread]),
    'unknown',
    'team-base could not be read: AccessDenied on iam:GetPolicyVersion',
  ],
  [
    'policy unreadable beside a deny',
    role([daemon, unread, inline('guard', deny('*'))]),
    'no',
    'inline policy guard denies xray:PutTraceSegments',
  ],
  [
    'policy malformed',
    role([{ ...daemon, document: '{' }]),
    'unknown',
    'AWSXRayDaemonWriteAccess could not be read: it is not JSON',
  ],
  [
    'Effect in another case is no Effect',
    role([inline('p', { ...allow('*'), Effect: 'allow' })]),
    'unknown',
    'inline policy p could not be read: an Effect is neither Allow nor Deny',
  ],
  [
    'role unreadable',
    role([], { unreadable: 'AccessDenied on iam:GetRole' }),
    'unknown',
    'role orders could not be read: AccessDenied on iam:GetRole',
  ],
  [
    'a list of policies unreadable beside an allow',
    role([daemon], { unreadable: 'AccessDenied on iam:ListRolePolicies' }),
    'unknown',
    'role orders could not be read: AccessDenied on iam:ListRolePolicies',
  ],
  [
    'a list of policies unreadable beside a deny',
    role([inline('guard', deny('xray:*'))], { unreadable: 'AccessDenied on iam:ListAttachedRolePolicies' }),
    'no',
    'inline policy guard denies xray:PutTraceSegments',
  ],
]

const elsewhere = when('StringNotEquals', 'aws:RequestedRegion', ['eu-west-1', 'eu-central-1'])

const conditions: Row[] = [
  [
    'allow in the role’s own account',
    role([inline('p', allow('xray:*', when('StringEquals', 'aws:ResourceAccount', `\${aws:PrincipalAccount}`)))]),
    'yes',
    'inline policy p allows xray:PutTraceSegments and xray:PutTelemetryRecords',
  ],
  [
    'allow in another account',
    role([inline('p', allow('xray:*', when('StringEquals', 'aws:ResourceAccount', '999999999999')))]),
    'no',
    nothingAllows,
  ],
  [
    'allow under a condition that is not known',
    role([inline('p', allow('xray:*', { Sid: 'Office', ...office }))]),
    'unknown',
    'inline policy p allows xray:PutTraceSegments, depending on aws:SourceIp, which cannot be decided here',
  ],
  ['the same beside a plain allow', role([daemon, inline('p', allow('xray:*', office))]), 'yes', daemonAllows],
  ['deny outside the regions in use', role([daemon, inline('p', deny('*', elsewhere))]), 'yes', daemonAllows],
  [
    'deny outside other regions',
    role([daemon, inline('p', deny('*', when('StringNotEquals', 'aws:RequestedRegion', 'us-east-1')))]),
    'no',
    'inline policy p denies xray:PutTraceSegments',
  ],
  [
    'deny under a condition that is not known',
    role([
      daemon,
      inline('p', deny('*', { Sid: 'Mfa', ...when('BoolIfExists', 'aws:MultiFactorAuthPresent', 'false') })),
    ]),
    'unknown',
    'inline policy p, statement "Mfa" denies xray:PutTraceSegments, depending on aws:MultiFactorAuthPresent, which cannot be decided here',
  ],
  [
    'deny under an unknown condition, and no allow anyway',
    role([logs, inline('p', deny('*', office))]),
    'no',
    nothingAllows,
  ],
  [
    'deny that needs an unknown and a false condition',
    role([
      daemon,
      inline('p', deny('*', { Condition: { ...office.Condition, Bool: { 'aws:SecureTransport': 'false' } } })),
    ]),
    'yes',
    daemonAllows,
  ],
  [
    'resource with a variable that is not known',
    role([inline('p', allow('xray:*', { Resource: `*\${aws:PrincipalTag/team}` }))]),
    'unknown',
    'inline policy p allows xray:PutTraceSegments, depending on its Resource, which cannot be decided here',
  ],
  [
    'resource with an unknown variable that could not be * anyway',
    role([inline('p', allow('xray:*', { Resource: `arn:aws:s3:::\${aws:userid}/*` }))]),
    'no',
    nothingAllows,
  ],
]

describe.each([
  ['grants', grants],
  ['refusals', refusals],
  ['permissions boundary', boundaries],
  ['what could not be read', gaps],
  ['conditions', conditions],
])('%s', (_, rows) => {
  test.each(rows)('%s', (_kind, subject, answer, because) => {
    expect(traceWritePermission(subject, { region: 'eu-west-1', partition: 'aws' })).toEqual({ answer, because })
  })
})

test('a condition on the region is unknown where the region is', () => {
  const subject = role([daemon, inline('p', deny('*', elsewhere))])
  expect(traceWritePermission(subject, {}).answer).toBe('unknown')
})

test('a role that Lambda cannot assume writes nothing, whatever its policies say', () => {
  expect(traceWritePermission(role([daemon], { trustsLambda: false }), {})).toEqual({
    answer: 'no',
    because: 'role orders does not trust lambda.amazonaws.com: Lambda cannot assume it',
  })
  expect(traceWritePermission(role([daemon], { trustsLambda: true }), {}).answer).toBe('yes')
})

test('in a document without Version a variable is ordinary text, so the condition is false', () => {
  const conditional = allow('xray:*', when('StringEquals', 'aws:ResourceAccount', `\${aws:PrincipalAccount}`))
  const old = { source: 'inline', name: 'p', document: { Statement: conditional } } as const
  expect(traceWritePermission(role([old]), {}).answer).toBe('no')
  expect(traceWritePermission(role([{ ...old, document: document(conditional) }]), {}).answer).toBe('yes')
})
