/** The kinds of execution roles of an audit fleet, each with the truth about it: can it write to X-Ray. */
import type { PolicyDocument, PolicyStatement } from '../policy/document.js'
import type { PolicySeed, RoleSeed } from '../world/account.js'

export interface RoleKind {
  /** Both xray:PutTraceSegments and xray:PutTelemetryRecords. */
  readonly writes: boolean
  /** `boundary` is a policy's name here. Absent: the functions name a role that was deleted. */
  readonly role?: Omit<RoleSeed, 'name'>
}

const BASIC = 'AWSLambdaBasicExecutionRole'
const WRITE = 'AWSXRayDaemonWriteAccess'
const BOTH = ['xray:PutTraceSegments', 'xray:PutTelemetryRecords']

const document = (...Statement: PolicyStatement[]): PolicyDocument => ({ Version: '2012-10-17', Statement })
const allow = (Action: string | string[], more: Partial<PolicyStatement> = {}): PolicyStatement => ({
  Effect: 'Allow',
  Action,
  Resource: '*',
  ...more,
})
const allowAllBut = (...NotAction: string[]): PolicyStatement => ({ Effect: 'Allow', NotAction, Resource: '*' })
const deny = (Action: string | string[], more: Partial<PolicyStatement> = {}): PolicyStatement => ({
  Effect: 'Deny',
  Action,
  Resource: '*',
  ...more,
})
const inline = (...statements: PolicyStatement[]): Pick<RoleSeed, 'managed' | 'inline'> => ({
  managed: [BASIC],
  inline: { access: document(...statements) },
})
const when = (operator: string, key: string, value: string): Partial<PolicyStatement> => ({
  Condition: { [operator]: { [key]: value } },
})

/** The customer's own policies, which roles name. */
export const CUSTOMER_POLICIES: readonly PolicySeed[] = [
  { name: 'tracing-now', document: document(allow(BOTH)), olderVersions: [document(allow('s3:GetObject'))] },
  { name: 'tracing-before', document: document(allow('s3:GetObject')), olderVersions: [document(allow(BOTH))] },
  { name: 'segments-only', document: document(allow('xray:PutTraceSegments')) },
  { name: 'telemetry-only', document: document(allow('xray:PutTelemetryRecords')) },
  { name: 'boundary-with-tracing', document: document(allow(['logs:*', 's3:*', 'xray:Put*'])) },
  { name: 'boundary-without-tracing', document: document(allow(['logs:*', 's3:*', 'xray:Get*'])) },
  { name: 'boundary-that-denies', document: document(allow('*'), deny('xray:*')) },
]

export const ROLE_KINDS: Readonly<Record<string, RoleKind>> = {
  managed: { writes: true, role: { managed: [BASIC, WRITE] } },
  'write-only': { writes: true, role: { managed: [BASIC, 'AWSXrayWriteOnlyAccess'] } },
  admin: { writes: true, role: { managed: ['AdministratorAccess'] } },
  'power-user': { writes: true, role: { managed: ['PowerUserAccess'] } },
  everything: { writes: true, role: inline(allow('*')) },
  inline: { writes: true, role: inline(allow(BOTH)) },
  'service-wildcard': { writes: true, role: inline(allow('xray:*')) },
  'prefix-wildcard': { writes: true, role: inline(allow('xray:PutT*')) },
  'one-letter-wildcard': { writes: true, role: inline(allow(['?ray:PutTrace*', 'xray:PutTelemetryRecord?'])) },
  'odd-case': { writes: true, role: inline(allow(['XRAY:puttracesegments', 'xRay:PUTTELEMETRYRECORDS'])) },
  'not-action': { writes: true, role: { inline: { access: document(allowAllBut('iam:*', 'organizations:*')) } } },
  'default-version-allows': { writes: true, role: { managed: [BASIC, 'tracing-now'] } },
  'two-halves': { writes: true, role: { managed: [BASIC, 'segments-only', 'telemetry-only'] } },
  'path-and-policy': { writes: true, role: { path: '/service-role/teams/', managed: [BASIC, WRITE] } },
  'boundary-allows': { writes: true, role: { managed: [BASIC, WRITE], boundary: 'boundary-with-tracing' } },
  'condition-holds': {
    writes: true,
    role: inline(allow(BOTH, when('StringEquals', 'aws:ResourceAccount', '$' + '{aws:PrincipalAccount}'))),
  },
  'denies-other-things': { writes: true, role: { managed: [WRITE], inline: { guard: document(deny('s3:Delete*')) } } },
  'denies-without-tls': {
    writes: true,
    role: { managed: [WRITE], inline: { guard: document(deny('*', when('Bool', 'aws:SecureTransport', 'false'))) } },
  },
  basic: { writes: false, role: { managed: [BASIC] } },
  'read-only': { writes: false, role: { managed: [BASIC, 'ReadOnlyAccess'] } },
  signals: { writes: false, role: { managed: [BASIC, 'CloudWatchLambdaApplicationSignalsExecutionRolePolicy'] } },
  'first-half': { writes: false, role: { managed: [BASIC, 'segments-only'] } },
  'misspelt-action': { writes: false, role: inline(allow(['xray:PutTraceSegment', 'x-ray:*', 'xray:Put'])) },
  'other-resource': {
    writes: false,
    role: inline(allow(BOTH, { Resource: 'arn:aws:xray:*:*:group/*' })),
  },
  'not-action-excludes': { writes: false, role: inline(allowAllBut('xray:*', 'iam:*')) },
  'default-version-lacks': { writes: false, role: { managed: [BASIC, 'tracing-before'] } },
  'explicit-deny': { writes: false, role: { managed: [BASIC, WRITE], inline: { guard: document(deny('xray:Put*')) } } },
  'admin-denied-the-rest': {
    writes: false,
    role: {
      managed: ['AdministratorAccess'],
      inline: { guard: document({ Effect: 'Deny', NotAction: ['logs:*', 's3:*'], Resource: '*' }) },
    },
  },
  'boundary-blocks': { writes: false, role: { managed: [BASIC, WRITE], boundary: 'boundary-without-tracing' } },
  'boundary-denies': {
    writes: false,
    role: { managed: ['AdministratorAccess'], boundary: 'boundary-that-denies' },
  },
  'condition-fails': {
    writes: false,
    role: inline(allow(BOTH, when('StringEquals', 'aws:PrincipalAccount', '999999999999'))),
  },
  deleted: { writes: false },
}
