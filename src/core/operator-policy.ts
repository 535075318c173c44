/** The least IAM policy that whoever runs a command needs, as statements of a policy document. */
import type { GrantChoice } from './plan.js'
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

export const COMMANDS_ON_AWS = ['show', 'enable', 'disable', 'create', 'audit'] as const
export type CommandOnAws = (typeof COMMANDS_ON_AWS)[number]

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

const READ_FUNCTION = ['lambda:GetFunctionConfiguration', 'lambda:ListAliases', 'lambda:ListEventSourceMappings']

/** GetFunction polls, for its own quota of 100 requests/s; where it is denied, GetFunctionConfiguration does. */
const CHANGE_FUNCTION = [...READ_FUNCTION, 'lambda:GetFunction', 'lambda:UpdateFunctionConfiguration']

const ACTIONS: Record<CommandOnAws, { lambda: string[]; iam: string[] }> = {
  show: {
    lambda: [...READ_FUNCTION, 'lambda:ListVersionsByFunction', 'lambda:ListTags'],
    iam: READ_ROLES,
  },
  enable: { lambda: CHANGE_FUNCTION, iam: [...READ_ROLES, SWEEP_ROLES] },
  disable: { lambda: CHANGE_FUNCTION.filter((action) => action !== 'lambda:ListEventSourceMappings'), iam: [] },
  create: {
    lambda: [
      'lambda:CreateFunction',
      'lambda:GetFunctionConfiguration',
      'lambda:TagResource',
      'lambda:GetLayerVersion',
    ],
    iam: READ_ROLES,
  },
  audit: {
    lambda: ['lambda:ListFunctions', 'lambda:ListAliases', 'lambda:ListEventSourceMappings'],
    iam: [...READ_ROLES, SWEEP_ROLES],
  },
}

/** @param grants as with --permissions of enable and create; it decides which writing right on roles is needed */
export function operatorPolicy(
  commands: readonly CommandOnAws[],
  grants: GrantChoice,
  partition = 'aws',
): PolicyDocument {
  const granting = commands.some((command) => command === 'enable' || command === 'create')
  const statements: PolicyStatement[] = [
    allow('Lambda', sorted(commands.flatMap((command) => ACTIONS[command].lambda))),
    ...(commands.some((command) => ACTIONS[command].iam.length > 0)
      ? [allow('ReadRoles', sorted(commands.flatMap((command) => ACTIONS[command].iam)))]
      : []),
  ]
  if (granting && grants === 'managed') {
    const condition = { ArnEquals: { 'iam:PolicyARN': managedPolicyArn(partition) } }
    statements.push({
      ...allow('GrantTraceWrite', ['iam:AttachRolePolicy']),
      Resource: `arn:${partition}:iam::*:role/*`,
      Condition: condition,
    })
  }
  if (granting && grants === 'inline') {
    statements.push({ ...allow('GrantTraceWrite', ['iam:PutRolePolicy']), Resource: `arn:${partition}:iam::*:role/*` })
  }
  if (commands.includes('create')) {
    const condition = { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } }
    statements.push({
      ...allow('PassRole', ['iam:PassRole']),
      Resource: `arn:${partition}:iam::*:role/*`,
      Condition: condition,
    })
  }
  return { Version: '2012-10-17', Statement: statements }
}

function allow(Sid: string, Action: string[]): PolicyStatement {
  return { Sid, Effect: 'Allow', Action, Resource: '*' }
}

function sorted(actions: string[]): string[] {
  return [...new Set(actions)].sort()
}
