/** The least policy of whoever runs a command. */
import { describe, expect, test } from 'vitest'
import { COMMANDS_ON_AWS, type CommandOnAws, operatorPolicy } from '../../src/core/operator-policy.js'
import type { GrantChoice } from '../../src/core/plan.js'

const CHOICES: GrantChoice[] = ['managed', 'inline', 'none']

function actions(commands: CommandOnAws[], grants: GrantChoice = 'managed'): string[] {
  return operatorPolicy(commands, grants).Statement.flatMap((statement) => statement.Action)
}

const writes = (list: string[]) => list.filter((action) => !/:(Get|List)/.test(action)).sort()

describe('what a command may change', () => {
  test.each<[CommandOnAws, GrantChoice, string[]]>([
    ['show', 'managed', []],
    ['audit', 'managed', []],
    ['disable', 'managed', ['lambda:UpdateFunctionConfiguration']],
    ['enable', 'none', ['lambda:UpdateFunctionConfiguration']],
    ['enable', 'managed', ['iam:AttachRolePolicy', 'lambda:UpdateFunctionConfiguration']],
    ['enable', 'inline', ['iam:PutRolePolicy', 'lambda:UpdateFunctionConfiguration']],
    ['create', 'none', ['iam:PassRole', 'lambda:CreateFunction', 'lambda:TagResource']],
    ['create', 'managed', ['iam:AttachRolePolicy', 'iam:PassRole', 'lambda:CreateFunction', 'lambda:TagResource']],
  ])('%s with --permissions %s', (command, grants, expected) => {
    expect(writes(actions([command], grants))).toEqual(expected)
  })
})

test('disable asks nothing of IAM, and does not read event sources', () => {
  expect(actions(['disable'])).toEqual([
    'lambda:GetFunction',
    'lambda:GetFunctionConfiguration',
    'lambda:ListAliases',
    'lambda:UpdateFunctionConfiguration',
  ])
  expect(operatorPolicy(['disable'], 'managed').Statement.map((statement) => statement.Sid)).toEqual(['Lambda'])
})

test('a managed grant may attach the one policy and no other', () => {
  expect(operatorPolicy(['enable'], 'managed', 'aws-cn').Statement).toContainEqual({
    Sid: 'GrantTraceWrite',
    Effect: 'Allow',
    Action: ['iam:AttachRolePolicy'],
    Resource: 'arn:aws-cn:iam::*:role/*',
    Condition: { ArnEquals: { 'iam:PolicyARN': 'arn:aws-cn:iam::aws:policy/AWSXRayDaemonWriteAccess' } },
  })
})

test('a role may be passed to Lambda and to nothing else', () => {
  expect(operatorPolicy(['create'], 'none', 'aws-us-gov').Statement).toContainEqual({
    Sid: 'PassRole',
    Effect: 'Allow',
    Action: ['iam:PassRole'],
    Resource: 'arn:aws-us-gov:iam::*:role/*',
    Condition: { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } },
  })
})

describe.each(COMMANDS_ON_AWS)('%s', (command) => {
  test.each(CHOICES)('--permissions %s: a document that IAM accepts, without wildcards in actions', (grants) => {
    const { Version, Statement } = operatorPolicy([command], grants)
    expect(Version).toBe('2012-10-17')
    expect(new Set(Statement.map(({ Sid }) => Sid)).size).toBe(Statement.length)
    for (const { Sid, Action } of Statement) {
      expect(Sid).toMatch(/^[A-Za-z0-9]+$/)
      expect(Action).toEqual([...new Set(Action)].sort())
      expect(Action.length).toBeGreaterThan(0)
      for (const action of Action) expect(action).toMatch(/^(lambda|iam):[A-Z][A-Za-z]+$/)
    }
  })
})

test('all commands together need what each of them needs, once', () => {
  const all = actions([...COMMANDS_ON_AWS])
  expect([...all].sort()).toEqual([...new Set(COMMANDS_ON_AWS.flatMap((command) => actions([command])))].sort())
})
