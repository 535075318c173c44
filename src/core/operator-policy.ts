/** The least IAM policy that whoever runs a command needs, as statements of a policy document. */
import type { GrantChoice } from './plan/plan.js'
import { managedPolicyArn } from './policy/grant.js'

export interface PolicyStatement {
  Sid: string
  Effect: 'Allow'
  Action: string[]
  Resource: string
  Condition?: Record<string, Record<string, string>>
}

export interface PolicyDocument {
  Version: '2012-10-17'
  Statement: PolicyStatement[]
}

export const COMMANDS_ON_AWS = [
  'show',
  'enable',
  'disable',
  'create',
  'audit',
  'verify',
  'cost',
  'apply',
  'resume',
  'undo',
] as const
export type CommandOnAws = (typeof COMMANDS_ON_AWS)[number]

/**
 * What a command needs more rights for: choosing functions by flags, moving aliases, taking permissions back, reading the
 * accounts of an organization, asking AWS Config instead of Lambda, and proving a change with --verify.
 */
export const USES = ['selection', 'publish', 'revoke', 'organization', 'config', 'verify'] as const
export type Use = (typeof USES)[number]

export interface PolicyRequest {
  commands: readonly CommandOnAws[]
  /** As with --permissions of enable and create; it decides which writing right on roles is needed. */
  grants: GrantChoice
  uses: readonly Use[]
  partition: string
  /** Name of the role by which other accounts are entered; absent: any. */
  memberRole?: string
}

const READ_ROLES = [
  'iam:GetRole',
  'iam:ListAttachedRolePolicies',
  'iam:ListRolePolicies',
  'iam:GetRolePolicy',
  'iam:GetPolicy',
  'iam:GetPolicyVersion',
]

/** Above a handful of roles one sweep replaces six calls a role; where it is denied, roles are read one by one. */
const SWEEP_ROLES = 'iam:GetAccountAuthorizationDetails'

const READ_FUNCTION = ['lambda:GetFunctionConfiguration', 'lambda:ListAliases']
const EVENT_SOURCES = 'lambda:ListEventSourceMappings'

/** GetFunction polls, for its own quota of 100 requests/s; where it is denied, GetFunctionConfiguration does. */
const SET_MODE = ['lambda:GetFunctionConfiguration', 'lambda:GetFunction', 'lambda:UpdateFunctionConfiguration']

/** The second where the first does not answer. */
const LIST_REGIONS = ['account:ListRegions', 'ec2:DescribeRegions']
/** Who owns a function, and which rule it falls under. */
const TAGS = 'tag:GetResources'

/** How often functions are called. */
const COUNT_CALLS = 'cloudwatch:GetMetricData'
const READ_TRACES = ['xray:GetTraceSegmentDestination', 'xray:GetTraceSummaries', 'xray:BatchGetTraces']

/** Who needs a role is asked of every function in every region. */
const FIND_USERS = ['lambda:ListFunctions', ...LIST_REGIONS]

/** What each command always calls; a run that is resumed or applied may hold any kind of step. */
const ACTIONS: Record<CommandOnAws, readonly string[]> = {
  show: [...READ_FUNCTION, EVENT_SOURCES, 'lambda:ListVersionsByFunction', 'lambda:ListTags', ...READ_ROLES],
  enable: [...READ_FUNCTION, EVENT_SOURCES, ...SET_MODE, ...READ_ROLES, SWEEP_ROLES],
  disable: [...READ_FUNCTION, ...SET_MODE],
  create: [
    'lambda:CreateFunction',
    'lambda:GetFunctionConfiguration',
    'lambda:TagResource',
    'lambda:GetLayerVersion',
    ...READ_ROLES,
  ],
  audit: ['lambda:ListFunctions', 'lambda:ListAliases', EVENT_SOURCES, TAGS, ...READ_ROLES, SWEEP_ROLES],
  verify: [...READ_FUNCTION, EVENT_SOURCES, ...READ_ROLES, SWEEP_ROLES, COUNT_CALLS, ...READ_TRACES],
  cost: [
    'lambda:ListFunctions',
    'lambda:GetFunctionConfiguration',
    EVENT_SOURCES,
    ...READ_ROLES,
    SWEEP_ROLES,
    COUNT_CALLS,
  ],
  apply: [...SET_MODE, 'lambda:ListFunctions', ...READ_ROLES, SWEEP_ROLES],
  resume: SET_MODE,
  undo: [...SET_MODE, ...FIND_USERS],
}

const USE_ACTIONS: Record<Use, readonly string[]> = {
  selection: ['lambda:ListFunctions', TAGS, ...LIST_REGIONS],
  publish: ['lambda:ListAliases', 'lambda:PublishVersion', 'lambda:UpdateAlias'],
  revoke: [...FIND_USERS, ...READ_ROLES, SWEEP_ROLES],
  organization: ['organizations:ListAccounts', ...LIST_REGIONS],
  config: [
    'config:SelectResourceConfig',
    'config:SelectAggregateResourceConfig',
    'config:DescribeConfigurationAggregatorSourcesStatus',
  ],
  verify: [COUNT_CALLS, ...READ_TRACES],
}

const GRANTING: ReadonlySet<CommandOnAws> = new Set<CommandOnAws>(['enable', 'create', 'apply', 'resume'])
const REVOKING: ReadonlySet<CommandOnAws> = new Set<CommandOnAws>(['undo'])

export function operatorPolicy({ commands, grants, uses, partition, memberRole }: PolicyRequest): PolicyDocument {
  const actions = sorted([
    ...commands.flatMap((command) => ACTIONS[command]),
    ...uses.flatMap((use) => USE_ACTIONS[use]),
  ])
  const lambda = actions.filter((action) => action.startsWith('lambda:'))
  const roles = actions.filter((action) => action.startsWith('iam:'))
  const telemetry = actions.filter((action) => /^(cloudwatch|xray):/.test(action))
  const places = actions.filter((action) => !/^(lambda|iam|cloudwatch|xray):/.test(action))
  return {
    Version: '2012-10-17',
    Statement: [
      allow('Lambda', lambda),
      ...(roles.length > 0 ? [allow('ReadRoles', roles)] : []),
      ...(places.length > 0 ? [allow('FindFunctions', places)] : []),
      ...(telemetry.length > 0 ? [allow('ReadTraces', telemetry)] : []),
      ...(commands.some((command) => GRANTING.has(command) || undoesRevoke(command, uses))
        ? roleWrites('Grant', grants, partition)
        : []),
      ...(uses.includes('revoke') || commands.some((command) => REVOKING.has(command))
        ? roleWrites('Revoke', grants, partition)
        : []),
      ...(commands.includes('create') ? [passRole(partition)] : []),
      ...(uses.includes('organization') ? [enterAccounts(partition, memberRole)] : []),
    ],
  }
}

/** What --revoke took from a role its undoing gives back. */
function undoesRevoke(command: CommandOnAws, uses: readonly Use[]): boolean {
  return command === 'undo' && uses.includes('revoke')
}

const ROLE_WRITES = {
  Grant: { managed: 'iam:AttachRolePolicy', inline: 'iam:PutRolePolicy' },
  Revoke: { managed: 'iam:DetachRolePolicy', inline: 'iam:DeleteRolePolicy' },
} as const

function roleWrites(what: 'Grant' | 'Revoke', grants: GrantChoice, partition: string): PolicyStatement[] {
  if (grants === 'none') return []
  const statement = { ...allow(`${what}TraceWrite`, [ROLE_WRITES[what][grants]]), Resource: anyRole(partition) }
  if (grants === 'inline') return [statement]
  return [{ ...statement, Condition: { ArnEquals: { 'iam:PolicyARN': managedPolicyArn(partition) } } }]
}

function passRole(partition: string): PolicyStatement {
  return {
    ...allow('PassRole', ['iam:PassRole']),
    Resource: anyRole(partition),
    Condition: { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } },
  }
}

/** The role there needs the rest of this policy, and a trust policy that names whoever has it. */
function enterAccounts(partition: string, role = '*'): PolicyStatement {
  return { ...allow('EnterAccounts', ['sts:AssumeRole']), Resource: `arn:${partition}:iam::*:role/${role}` }
}

function anyRole(partition: string): string {
  return `arn:${partition}:iam::*:role/*`
}

function allow(Sid: string, Action: string[]): PolicyStatement {
  return { Sid, Effect: 'Allow', Action, Resource: '*' }
}

function sorted(actions: string[]): string[] {
  return [...new Set(actions)].sort()
}
