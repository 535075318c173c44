/** One good file of each kind, which the tests damage, and what is in it. */
import { createHash } from 'node:crypto'
import { planText } from '../../src/core/plan/plan-file.js'
import { fn, observation } from '../core/build-observation.js'
import { auditJson, rowOf } from '../core/drift/build-audit.js'
import { RULES_FILE } from '../core/rules/rules-file.js'
import { done, ended, failed, HEADER, PLAN, STEP, started } from '../core/run/build-run.js'

export interface GoodFile {
  text: string
  /** As JSON. */
  content: object
  /** The file of a content that is damaged, with all seals unbroken. */
  textOf(content: unknown): string
}

const inJson = (content: unknown) => JSON.stringify(content) ?? ''

export const RULES: GoodFile = {
  text: RULES_FILE,
  content: {
    version: 1,
    regions: ['us-east-1'],
    rules: [
      { match: { name: 'legacy-*' }, tracing: 'exempt', reason: 'retired', expires: '2027-03-31' },
      { match: { tags: { tier: ['gold'] }, runtime: 'nodejs*', account: ['123456789012'] }, tracing: 'Active' },
    ],
    default: { tracing: 'Active', aliases: ['live'] },
  },
  textOf: inJson,
}

export const SAVED_PLAN: GoodFile = { text: planText(PLAN), content: PLAN, textOf: (content) => `${inJson(content)}\n` }

const LINES = [HEADER, started(STEP.grant), done(STEP.grant), started(STEP.a), failed(STEP.a), ended]

export const JOURNAL: GoodFile = { text: sealed(LINES), content: LINES, textOf: sealed }

/** Each line with the check that belongs to it. */
function sealed(lines: unknown): string {
  if (!Array.isArray(lines)) return inJson(lines)
  let check = ''
  const texts = lines.map((line: unknown) => {
    const json = inJson(line)
    check = createHash('sha256').update(`${check}${json}`).digest('hex').slice(0, 12)
    return `${json.slice(0, -1)},"check":"${check}"}\n`
  })
  return texts.join('')
}

const AUDIT = auditJson({ functions: [rowOf(observation(fn('api')))] })

export const BASELINE: GoodFile = { text: AUDIT, content: JSON.parse(AUDIT), textOf: inJson }

const RESOURCES = {
  Api: {
    Type: 'AWS::Serverless::Function',
    Properties: {
      Runtime: 'nodejs22.x',
      Tracing: { 'Fn::If': ['IsProd', 'Active', 'PassThrough'] },
      Policies: ['AWSLambdaBasicExecutionRole', { Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] }],
    },
  },
  Job: {
    Type: 'AWS::Lambda::Function',
    Condition: 'IsProd',
    Properties: { Role: { 'Fn::GetAtt': ['Role', 'Arn'] }, TracingConfig: { Mode: { Ref: 'Mode' } } },
  },
  Role: {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: { Statement: [] },
      ManagedPolicyArns: [{ 'Fn::Sub': `arn:\${AWS::Partition}:iam::aws:policy/ReadOnlyAccess` }],
      Policies: [
        { PolicyName: 'p', PolicyDocument: { Statement: { Effect: 'Deny', Action: 'xray:*', Resource: '*' } } },
      ],
    },
  },
}

const STACK = {
  Transform: 'AWS::Serverless-2016-10-31',
  Parameters: { Mode: { Type: 'String', Default: 'PassThrough', AllowedValues: ['Active', 'PassThrough'] } },
  Conditions: { IsProd: { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'Mode' }, 'Active'] }] } },
  Globals: { Function: { MemorySize: 256 } },
  Resources: RESOURCES,
}

export const TEMPLATE: GoodFile = { text: JSON.stringify(STACK, null, 2), content: STACK, textOf: inJson }

export const YAML_TEMPLATE: GoodFile = {
  text: `Transform: AWS::Serverless-2016-10-31
Parameters:
  Mode: { Type: String, Default: PassThrough }
Conditions:
  IsProd: !Equals [!Ref Mode, Active]
Globals:
  Function:
    MemorySize: 256 # in MB
Resources:
  Api:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs22.x
      InlineCode: |
        exports.handler = async () => {
          return 1
        }
      Tracing: !If [IsProd, Active, PassThrough]
  Job:
    Type: 'AWS::Lambda::Function'
    Properties:
      Role: !GetAtt Role.Arn
      Description: >-
        folded
        text
  Role:
    Type: AWS::IAM::Role
    Properties:
      ManagedPolicyArns:
      - !Sub "arn:\${AWS::Partition}:iam::aws:policy/ReadOnlyAccess"
      Tags: &tags [{ Key: a, Value: b }]
  Other:
    Type: AWS::IAM::Role
    Properties: { Tags: *tags }
`,
  content: STACK,
  textOf: inJson,
}
