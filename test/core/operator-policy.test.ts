/** The least policy of whoever runs a command. */
import { describe, expect, test } from 'vitest'
import { COMMANDS_ON_AWS, type CommandOnAws, operatorPolicy, USES, type Use } from '../../src/core/operator-policy.js'
import type { GrantChoice } from '../../src/core/plan/plan.js'

const CHOICES: GrantChoice[] = ['managed', 'inline', 'none']

function policy(commands: CommandOnAws[], grants: GrantChoice = 'managed', partition = 'aws', uses: Use[] = []) {
  return operatorPolicy({ commands, grants, partition, uses })
}

function actions(commands: CommandOnAws[], grants?: GrantChoice, uses?: Use[]): string[] {
  return policy(commands, grants, 'aws', uses).Statement.flatMap((statement) => statement.Action)
}

const writes = (list: string[]) => list.filter((action) => !/:(Get|List|Describe|Select)/.test(action)).sort()

describe('what a command may change', () => {
  test.each<[CommandOnAws, GrantChoice, string[]]>([
    ['show', 'managed', []],
    ['audit', 'managed', []],
    ['disable', 'managed', ['lambda:UpdateFunctionConfiguration']],
    ['enable', 'none', ['lambda:UpdateFunctionConfiguration']],
    ['enable', 'managed', ['iam:AttachRolePolicy', 'lambda:UpdateFunctionConfiguration']],
    ['enable', 'inline', ['iam:PutRolePolicy', 'lambda:UpdateFunctionConfiguration']],
    ['undo', 'managed', ['iam:DetachRolePolicy', 'lambda:UpdateFunctionConfiguration']],
    ['undo', 'inline', ['iam:DeleteRolePolicy', 'lambda:UpdateFunctionConfiguration']],
    ['resume', 'managed', ['iam:AttachRolePolicy', 'lambda:UpdateFunctionConfiguration']],
    ['apply', 'none', ['lambda:UpdateFunctionConfiguration']],
    ['resume', 'none', ['lambda:UpdateFunctionConfiguration']],
    ['apply', 'inline', ['iam:PutRolePolicy', 'lambda:UpdateFunctionConfiguration']],
    ['undo', 'none', ['lambda:UpdateFunctionConfiguration']],
    ['create', 'none', ['iam:PassRole', 'lambda:CreateFunction', 'lambda:TagResource']],
    ['create', 'managed', ['iam:AttachRolePolicy', 'iam:PassRole', 'lambda:CreateFunction', 'lambda:TagResource']],
  ])('%s with --permissions %s', (command, grants, expected) => {
    expect(writes(actions([command], grants))).toEqual(expected)
  })
})

test.each<[Use, string[]]>([
  ['selection', ['account:ListRegions', 'ec2:DescribeRegions', 'lambda:ListFunctions', 'tag:GetResources']],
  ['publish', ['lambda:PublishVersion', 'lambda:UpdateAlias']],
])('enable --uses %s adds what that takes and nothing else', (use, added) => {
  const without = actions(['enable'])
  expect(
    actions(['enable'], 'managed', [use])
      .filter((action) => !without.includes(action))
      .sort(),
  ).toEqual(added)
})

test('disable --uses revoke may detach the one policy, and look for whoever needs it', () => {
  const added = actions(['disable'], 'managed', ['revoke'])
  expect(writes(added)).toEqual(['iam:DetachRolePolicy', 'lambda:UpdateFunctionConfiguration'])
  expect(added).toEqual(expect.arrayContaining(['lambda:ListFunctions', 'account:ListRegions']))
})

describe('what a use of it adds', () => {
  test.each<[use: Use, added: string[]]>([
    ['selection', []],
    ['publish', ['lambda:PublishVersion', 'lambda:UpdateAlias']],
    ['revoke', ['iam:DetachRolePolicy']],
    ['organization', ['sts:AssumeRole']],
    ['config', []],
  ])('%s', (use, added) => {
    const extra = writes(actions(['disable'], 'managed', [use])).filter(
      (one) => one !== 'lambda:UpdateFunctionConfiguration',
    )
    expect(extra).toEqual(added)
  })

  test('a selection lists functions, tags and regions; revoking reads every function and role', () => {
    expect(actions(['disable'], 'managed', ['selection'])).toEqual(
      expect.arrayContaining([
        'lambda:ListFunctions',
        'tag:GetResources',
        'account:ListRegions',
        'ec2:DescribeRegions',
      ]),
    )
    expect(actions(['disable'], 'inline', ['revoke'])).toEqual(
      expect.arrayContaining(['lambda:ListFunctions', 'account:ListRegions', 'iam:GetRole', 'iam:DeleteRolePolicy']),
    )
  })
})

test('an audit reads functions, roles and tags, and needs no use for that', () => {
  expect(policy(['audit']).Statement).toEqual([
    {
      Sid: 'Lambda',
      Effect: 'Allow',
      Action: ['lambda:ListAliases', 'lambda:ListEventSourceMappings', 'lambda:ListFunctions'],
      Resource: '*',
    },
    {
      Sid: 'ReadRoles',
      Effect: 'Allow',
      Action: [
        'iam:GetAccountAuthorizationDetails',
        'iam:GetPolicy',
        'iam:GetPolicyVersion',
        'iam:GetRole',
        'iam:GetRolePolicy',
        'iam:ListAttachedRolePolicies',
        'iam:ListRolePolicies',
      ],
      Resource: '*',
    },
    { Sid: 'FindFunctions', Effect: 'Allow', Action: ['tag:GetResources'], Resource: '*' },
  ])
})

describe('an organization', () => {
  const enters = (partition: string, memberRole?: string) =>
    operatorPolicy({
      commands: ['audit'],
      grants: 'none',
      uses: ['organization'],
      partition,
      ...(memberRole !== undefined && { memberRole }),
    }).Statement.find((statement) => statement.Action.includes('sts:AssumeRole'))

  test('is listed, and its accounts are entered by any role', () => {
    expect(enters('aws-us-gov')).toEqual({
      Sid: 'EnterAccounts',
      Effect: 'Allow',
      Action: ['sts:AssumeRole'],
      Resource: 'arn:aws-us-gov:iam::*:role/*',
    })
    const finds = policy(['audit'], 'none', 'aws', ['organization']).Statement.find(
      ({ Sid }) => Sid === 'FindFunctions',
    )
    expect(finds?.Action).toEqual([
      'account:ListRegions',
      'ec2:DescribeRegions',
      'organizations:ListAccounts',
      'tag:GetResources',
    ])
  })

  test('is entered by the one role that is named', () => {
    expect(enters('aws', 'audit/Reader')?.Resource).toBe('arn:aws:iam::*:role/audit/Reader')
  })
})

test('AWS Config is asked with three rights more', () => {
  const added = actions(['audit'], 'none', ['config']).filter((action) => !actions(['audit'], 'none').includes(action))
  expect(added).toEqual([
    'config:DescribeConfigurationAggregatorSourcesStatus',
    'config:SelectAggregateResourceConfig',
    'config:SelectResourceConfig',
  ])
})

test('disable asks nothing of IAM, and does not read event sources', () => {
  expect(actions(['disable'])).toEqual([
    'lambda:GetFunction',
    'lambda:GetFunctionConfiguration',
    'lambda:ListAliases',
    'lambda:UpdateFunctionConfiguration',
  ])
  expect(policy(['disable'], 'managed').Statement.map((statement) => statement.Sid)).toEqual(['Lambda'])
})

test('a managed grant may attach the one policy and no other', () => {
  expect(policy(['enable'], 'managed', 'aws-cn').Statement).toContainEqual({
    Sid: 'GrantTraceWrite',
    Effect: 'Allow',
    Action: ['iam:AttachRolePolicy'],
    Resource: 'arn:aws-cn:iam::*:role/*',
    Condition: { ArnEquals: { 'iam:PolicyARN': 'arn:aws-cn:iam::aws:policy/AWSXRayDaemonWriteAccess' } },
  })
})

test('a role may be passed to Lambda and to nothing else', () => {
  expect(policy(['create'], 'none', 'aws-us-gov').Statement).toContainEqual({
    Sid: 'PassRole',
    Effect: 'Allow',
    Action: ['iam:PassRole'],
    Resource: 'arn:aws-us-gov:iam::*:role/*',
    Condition: { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } },
  })
})

const FOR_ALL_USES = COMMANDS_ON_AWS.flatMap((command) => [[], [...USES]].map((uses) => ({ command, uses })))
describe.each(FOR_ALL_USES)('$command, uses $uses', ({ command, uses }) => {
  test.each(CHOICES)('--permissions %s: a document that IAM accepts, without wildcards in actions', (grants) => {
    const { Version, Statement } = policy([command], grants, 'aws', uses)
    expect(Version).toBe('2012-10-17')
    expect(new Set(Statement.map(({ Sid }) => Sid)).size).toBe(Statement.length)
    for (const { Sid, Action } of Statement) {
      expect(Sid).toMatch(/^[A-Za-z0-9]+$/)
      expect(Action).toEqual([...new Set(Action)].sort())
      expect(Action.length).toBeGreaterThan(0)
      for (const action of Action)
        expect(action).toMatch(/^(lambda|iam|account|ec2|tag|sts|organizations|config|xray|cloudwatch):[A-Z][A-Za-z]+$/)
    }
  })
})

test('all commands together need what each of them needs, once', () => {
  const all = actions([...COMMANDS_ON_AWS], 'managed', [...USES])
  expect([...all].sort()).toEqual(
    [...new Set(COMMANDS_ON_AWS.flatMap((command) => actions([command], 'managed', [...USES])))].sort(),
  )
})
