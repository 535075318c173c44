/** Templates of all kinds, each with a layout. */
import fc from 'fast-check'
import { type Layout, printTemplate, type Value } from './print-template.js'

const X_RAY = { 'Fn::Sub': `arn:\${AWS::Partition}:iam::aws:policy/AWSXRayDaemonWriteAccess` }
const BASIC = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'
const NO_VALUE = { Ref: 'AWS::NoValue' }

const oneOf = <T extends Value | undefined>(...values: T[]) => fc.constantFrom(...values)
const onlyInProd = (value: Value, otherwise: Value = NO_VALUE): Value => ({ 'Fn::If': ['IsProd', value, otherwise] })
const document = (effect: string, action: Value): Value => ({
  Version: '2012-10-17',
  Statement: [{ Effect: effect, Action: action, Resource: '*' }],
})
const inline = (name: string, effect: string, action: Value): Value => ({
  PolicyName: name,
  PolicyDocument: document(effect, action),
})
const BOTH = ['xray:PutTraceSegments', 'xray:PutTelemetryRecords']

const role = fc
  .record({
    ManagedPolicyArns: oneOf<Value | undefined>(
      undefined,
      [],
      [BASIC],
      [BASIC, 'arn:aws:iam::111122223333:policy/own'],
      [X_RAY],
      [BASIC, onlyInProd(X_RAY)],
      [onlyInProd(BASIC)],
      { Ref: 'PolicyArns' },
      [{ Ref: 'Tracer' }],
    ),
    Policies: oneOf<Value | undefined>(
      undefined,
      [inline('logs', 'Allow', 'logs:*')],
      [inline('logs', 'Allow', 'logs:*'), inline('x', 'Allow', BOTH)],
      [onlyInProd(inline('x', 'Allow', 'xray:Put*'))],
      [inline('guard', 'Deny', 'xray:*')],
    ),
    PermissionsBoundary: oneOf<Value | undefined>(
      undefined,
      undefined,
      undefined,
      { Ref: 'BoundaryArn' },
      { Ref: 'Tracer' },
    ),
    RoleName: oneOf<Value | undefined>(undefined, 'orders'),
  })
  .map(
    (properties): Value => ({
      Type: 'AWS::IAM::Role',
      Properties: { AssumeRolePolicyDocument: document('Allow', 'sts:AssumeRole'), ...properties },
    }),
  )

const roleOf = fc.constantFrom<Value>(
  { 'Fn::GetAtt': ['RoleA', 'Arn'] },
  { 'Fn::GetAtt': ['RoleB', 'Arn'] },
  { 'Fn::Sub': `\${RoleA.Arn}` },
  { 'Fn::Join': ['', ['arn:aws:iam::', { Ref: 'AWS::AccountId' }, ':role/', { Ref: 'RoleB' }]] },
  { 'Fn::ImportValue': 'shared-role' },
  onlyInProd({ 'Fn::GetAtt': ['RoleA', 'Arn'] }, { 'Fn::GetAtt': ['RoleB', 'Arn'] }),
)
const mode = fc.constantFrom<Value | undefined>(
  undefined,
  undefined,
  'Active',
  'PassThrough',
  { Ref: 'Mode' },
  onlyInProd('Active', 'PassThrough'),
)
const filler = fc.constantFrom<{ [key: string]: Value }>(
  { Handler: 'index.handler', Code: { S3Bucket: 'b', S3Key: 'k' } },
  { Handler: 'index.handler' },
  { Code: { ZipFile: 'exports.handler = () => {\n  return 1 # no comment\n}\n' } },
  { Code: { ImageUri: 'x' }, Environment: { Variables: { A: 'b', C: 'd: e #f' } } },
  { Layers: ['a', { Ref: 'Layer' }], Timeout: 3 },
)
const condition = fc.constantFrom<Value | undefined>(undefined, undefined, 'IsProd')

const lambda = fc
  .record({ mode, role: roleOf, filler, condition, wrapped: fc.boolean() })
  .map(({ mode: its, role: roleArn, filler: rest, condition: when, wrapped }): Value => {
    const config = its === undefined ? (wrapped ? {} : undefined) : { Mode: its }
    return {
      Type: 'AWS::Lambda::Function',
      Condition: when,
      Properties: {
        Role: roleArn,
        ...(wrapped ? { TracingConfig: config, ...rest } : { ...rest, TracingConfig: config }),
      },
    }
  })

const serverless = fc
  .record({
    tracing: fc.oneof(mode, fc.constant('Disabled')),
    role: fc.option(roleOf, { nil: undefined, freq: 2 }),
    policies: oneOf<Value | undefined>(
      undefined,
      'AmazonS3ReadOnlyAccess',
      [{ S3ReadPolicy: { BucketName: 'b' } }, document('Allow', 's3:*')],
      document('Deny', '*'),
    ),
    filler,
    bare: fc.integer({ min: 0, max: 5 }).map((n) => n === 0),
  })
  .map(({ tracing, role: roleArn, policies, filler: rest, bare }): Value => {
    if (bare) return { Type: 'AWS::Serverless::Function' }
    return {
      Type: 'AWS::Serverless::Function',
      Properties: { ...rest, Tracing: tracing, Role: roleArn, Policies: policies },
    }
  })

const globals = fc.constantFrom<Value | undefined>(
  undefined,
  undefined,
  { Function: { Timeout: 3 } },
  { Function: { Timeout: 3, Tracing: 'PassThrough' } },
  { Function: { Tracing: 'Active', Runtime: 'nodejs20.x' } },
  { Function: { Tracing: { Ref: 'Mode' } } },
  { Api: { OpenApiVersion: '3.0.1' } },
)

export const arbitraryTemplate: fc.Arbitrary<Value> = fc
  .record({
    globals,
    roleA: role,
    roleB: role,
    lambdas: fc.array(lambda, { maxLength: 3 }),
    serverless: fc.array(serverless, { maxLength: 3 }),
    modeDefault: fc.constantFrom<Value | undefined>(undefined, 'Active', 'PassThrough'),
    stageValues: fc.constantFrom<Value | undefined>(undefined, ['dev', 'prod']),
    globalsLast: fc.boolean(),
  })
  .map((made): Value => {
    const head = { AWSTemplateFormatVersion: '2010-09-09', Transform: 'AWS::Serverless-2016-10-31' }
    const functions = Object.fromEntries([
      ...made.lambdas.map((one, index) => [`Lambda${index}`, one] as const),
      ...made.serverless.map((one, index) => [`Sam${index}`, one] as const),
    ])
    return {
      ...head,
      Parameters: {
        Stage: { Type: 'String', AllowedValues: made.stageValues },
        Mode: { Type: 'String', Default: made.modeDefault },
        PolicyArns: { Type: 'CommaDelimitedList' },
        BoundaryArn: { Type: 'String' },
      },
      Conditions: { IsProd: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] } },
      ...(made.globalsLast ? {} : { Globals: made.globals }),
      Resources: {
        Topic: { Type: 'AWS::SNS::Topic' },
        RoleA: made.roleA,
        ...functions,
        RoleB: made.roleB,
        Tracer: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: document('Allow', BOTH) } },
      },
      ...(made.globalsLast ? { Globals: made.globals } : {}),
    }
  })

const layout: fc.Arbitrary<Layout> = fc
  .record({
    format: fc.constantFrom('block', 'block', 'block', 'json', 'braces'),
    step: fc.constantFrom(0, 1, 2, 2, 4),
    indentDashes: fc.boolean(),
    bracesFrom: fc.constantFrom(1, 3, 4, 5, 99, 99),
    shortTags: fc.boolean(),
    quotes: fc.constantFrom('', '', "'", '"'),
    quotedKeys: fc.boolean(),
    padding: fc.constantFrom('', ' '),
    comments: fc.boolean(),
    blankLines: fc.boolean(),
    newline: fc.constantFrom('\n', '\r\n'),
    byteOrderMark: fc.boolean(),
    finalNewline: fc.boolean(),
  })
  .map(
    (made): Layout => ({
      ...made,
      format: made.format as Layout['format'],
      quotes: made.quotes as Layout['quotes'],
      step: made.format === 'block' ? Math.max(1, made.step) : made.step,
      padding: made.format === 'json' ? '' : made.padding,
    }),
  )

/** The text of a template, and what it says. */
export const arbitraryText: fc.Arbitrary<string> = fc
  .tuple(arbitraryTemplate, layout)
  .map(([template, how]) => printTemplate(template, how))
