/** Whether the roles of a template can write traces: what they hold, what attaches itself, what only the deployment knows. */
import { describe, expect, test } from 'vitest'
import { checkTemplate } from '../../../../src/core/template/check-template.js'
import { readTemplate } from '../../../../src/core/template/read-template.js'

const BOTH = 'xray:PutTraceSegments and xray:PutTelemetryRecords'
const ARN = `arn:\${AWS::Partition}:iam::aws:policy/AWSXRayDaemonWriteAccess`
const GRANTED = `traced: role R: AWSXRayDaemonWriteAccess allows ${BOTH}`
const REFUSED = 'blind: role R: no policy allows xray:PutTraceSegments'

/** Verdict and permission of an Active function with the role R. */
function judged(role: string, more = '', { roleOfF = '!GetAtt R.Arn', parameters = {} } = {}): string {
  const text = `Parameters: {Policy: {Type: String}, Stage: {Type: String}}
Conditions: {IsProd: !Equals [!Ref Stage, prod]}
Resources:
  F:
    Type: AWS::Lambda::Function
    Properties: {TracingConfig: {Mode: Active}, Role: ${roleOfF}}
  R:
    Type: AWS::IAM::Role
    Properties: ${role}
${more}`
  const [found] = checkTemplate(readTemplate(text, 'x'), new Map(Object.entries(parameters)))
  return `${found?.verdict}: ${found?.role?.permission.because ?? found?.because}`
}

const inline = (statement: string, version = "Version: '2012-10-17', ") =>
  `{Policies: [{PolicyName: own, PolicyDocument: {${version}Statement: [${statement}]}}]}`
const allow = (action: string, resource = "'*'", more = '') =>
  `{Effect: Allow, Action: ${action}, Resource: ${resource}${more}}`

describe('managed policies', () => {
  test.each([
    ['none', '{}', REFUSED],
    ['none in the list', '{ManagedPolicyArns: []}', REFUSED],
    ['by !Sub', `{ManagedPolicyArns: [!Sub '${ARN}']}`, GRANTED],
    ['by Fn::Sub with a list', `{ManagedPolicyArns: [{'Fn::Sub': ['${ARN}', {}]}]}`, GRANTED],
    [
      'by !Join',
      "{ManagedPolicyArns: [!Join [':', [arn, !Ref AWS::Partition, 'iam::aws', policy/AWSXRayDaemonWriteAccess]]]}",
      GRANTED,
    ],
    ['in China', '{ManagedPolicyArns: [arn:aws-cn:iam::aws:policy/AWSXRayDaemonWriteAccess]}', GRANTED],
    [
      'by another name',
      '{ManagedPolicyArns: [arn:aws:iam::aws:policy/AdministratorAccess]}',
      `traced: role R: AdministratorAccess allows ${BOTH}`,
    ],
    [
      'that spare some services',
      '{ManagedPolicyArns: [arn:aws:iam::aws:policy/PowerUserAccess]}',
      `traced: role R: PowerUserAccess allows ${BOTH}`,
    ],
    [
      'with half of it',
      '{ManagedPolicyArns: [arn:aws:iam::aws:policy/CloudWatchLambdaApplicationSignalsExecutionRolePolicy]}',
      'blind: role R: no policy allows xray:PutTelemetryRecords',
    ],
    [
      'for something else',
      '{ManagedPolicyArns: [arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]}',
      REFUSED,
    ],
    [
      'that deny',
      `{ManagedPolicyArns: [!Sub '${ARN}', arn:aws:iam::aws:policy/AWSDenyAll]}`,
      'blind: role R: AWSDenyAll denies xray:PutTraceSegments',
    ],
    [
      'of AWS that are not known',
      '{ManagedPolicyArns: [arn:aws:iam::aws:policy/AmazonNewFullAccess]}',
      'unknown: role R: no policy allows xray:PutTraceSegments; AmazonNewFullAccess could not be read: what it allows is not known here',
    ],
    [
      'known and not known',
      `{ManagedPolicyArns: [!Sub '${ARN}', arn:aws:iam::aws:policy/AmazonNewFullAccess]}`,
      `${GRANTED}; AmazonNewFullAccess could not be read: what it allows is not known here`,
    ],
    [
      'of the account',
      '{ManagedPolicyArns: [arn:aws:iam::111122223333:policy/AWSXRayDaemonWriteAccess]}',
      'unknown: role R: no policy allows xray:PutTraceSegments; arn:aws:iam::111122223333:policy/AWSXRayDaemonWriteAccess could not be read: it is given from outside the template',
    ],
    [
      'by parameter',
      '{ManagedPolicyArns: [!Ref Policy]}',
      `unknown: role R: no policy allows xray:PutTraceSegments; \${Policy} could not be read: it is given from outside the template`,
    ],
    [
      'where a condition holds',
      `{ManagedPolicyArns: [!If [IsProd, !Sub '${ARN}', !Ref AWS::NoValue]]}`,
      'conditional: it depends on the parameter Stage: traced if Stage is prod, blind if Stage is not prod',
    ],
    [
      'as a list where a condition holds',
      `{ManagedPolicyArns: !If [IsProd, [!Sub '${ARN}'], [!Sub '${ARN}', x]]}`,
      GRANTED,
    ],
  ])('%s', (_, role, expected) => {
    expect(judged(role)).toBe(expected)
  })

  test('a parameter that is given', () => {
    const parameters = { Policy: 'arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess' }
    expect(judged('{ManagedPolicyArns: [!Ref Policy]}', '', { parameters })).toBe(GRANTED)
    expect(judged('{ManagedPolicyArns: !Ref Policy}', '', { parameters })).toBe(GRANTED)
    expect(
      judged("{ManagedPolicyArns: !Split ['|', !Ref Policy]}", '', {
        parameters: { Policy: `x|${parameters.Policy}` },
      }),
    ).toMatch(/^traced/)
  })
})

describe('inline policies', () => {
  const own = `traced: role R: inline policy own allows ${BOTH}`
  test.each([
    ['that allow', inline(allow('[xray:PutTraceSegments, xray:PutTelemetryRecords]')), own],
    [
      'that allow by pattern, in one statement',
      inline(allow("'XRAY:put*'")).replace('[{Effect', '{Effect').replace('}]}}]}', '}}}]}'),
      own,
    ],
    ['of an older version', inline(allow("'*'"), ''), own],
    [
      'that are conditional',
      `{Policies: [!If [IsProd, {PolicyName: own, PolicyDocument: {Statement: [${allow("'xray:*'")}]}}, !Ref AWS::NoValue]]}`,
      'conditional: it depends on the parameter Stage: traced if Stage is prod, blind if Stage is not prod',
    ],
    [
      'with a conditional action',
      inline(allow('[!If [IsProd, xray:PutTraceSegments, !Ref AWS::NoValue], xray:PutTelemetryRecords]')),
      'conditional: it depends on the parameter Stage: traced if Stage is prod, blind if Stage is not prod',
    ],
    ['for something else', inline(allow('logs:*', '!GetAtt Table.Arn')), REFUSED],
    ['for one resource', inline(allow("'xray:*'", `!Sub 'arn:\${AWS::Partition}:xray:*:*:group/\${Policy}'`)), REFUSED],
    [
      'for what a parameter says',
      inline(allow("'xray:*'", '!Ref Policy')),
      'unknown: role R: inline policy own allows xray:PutTraceSegments, depending on its Resource, which cannot be decided here',
    ],
    [
      'of an action that a parameter says',
      inline(allow('!Ref Policy')),
      `unknown: role R: inline policy own could not be read: it depends on \${Policy}`,
    ],
    [
      'under a condition of IAM that holds',
      inline(
        allow("'xray:*'", "'*'", `, Condition: {StringEquals: {'aws:ResourceAccount': '\${aws:PrincipalAccount}'}}`),
      ),
      own,
    ],
    [
      'under one that only the deployment decides',
      inline(allow("'xray:*'", "'*'", ", Condition: {StringEquals: {'aws:PrincipalAccount': '111122223333'}}")),
      'unknown: role R: inline policy own allows xray:PutTraceSegments, depending on aws:PrincipalAccount at deployment, which cannot be decided here',
    ],
    [
      'under one with a parameter',
      inline(allow("'xray:*'", "'*'", ", Condition: {Bool: {'aws:SecureTransport': !Ref Policy}}")),
      'unknown: role R: inline policy own allows xray:PutTraceSegments, depending on aws:SecureTransport at deployment, which cannot be decided here',
    ],
    [
      'from elsewhere',
      '{Policies: [{PolicyName: own, PolicyDocument: {Fn::Transform: {Name: AWS::Include}}}]}',
      'unknown: role R: inline policy own could not be read: it depends on Fn::Transform',
    ],
    [
      'from elsewhere in part',
      "{Policies: [{PolicyName: own, PolicyDocument: {Version: '2012-10-17', Fn::Transform: {Name: AWS::Include}}}]}",
      'unknown: role R: inline policy own could not be read: Fn::Transform brings in what is not in this file',
    ],
    [
      'without a document',
      '{Policies: [{PolicyName: own}]}',
      'unknown: role R: inline policy own could not be read: it has no document',
    ],
    [
      'that are not policies',
      '{Policies: [x]}',
      'unknown: role R: inline policy number 1 could not be read: it has no document',
    ],
    [
      'in a role that comes from elsewhere in part',
      '{Fn::Transform: {Name: AWS::Include}, Path: /}',
      'unknown: role R: role R could not be read: its properties are not all in this file',
    ],
  ])('%s', (_, role, expected) => {
    expect(judged(role)).toBe(expected)
  })
})

describe('policies that attach themselves', () => {
  const policy = (type: string, properties: string, more = '') =>
    `  P:\n    Type: AWS::IAM::${type}\n${more}    Properties:\n      ${properties}\n      PolicyDocument: {Statement: ${allow("'xray:*'")}}\n`

  test.each([
    ['AWS::IAM::Policy', policy('Policy', 'Roles: [!Ref R]'), `traced: role R: inline policy P allows ${BOTH}`],
    ['AWS::IAM::ManagedPolicy', policy('ManagedPolicy', 'Roles: [x, {Ref: R}]'), `traced: role R: P allows ${BOTH}`],
    [
      'AWS::IAM::RolePolicy',
      policy('RolePolicy', 'RoleName: !Ref R'),
      `traced: role R: inline policy P allows ${BOTH}`,
    ],
    ['by !Sub', policy('Policy', `Roles: [!Sub '\${R}']`), `traced: role R: inline policy P allows ${BOTH}`],
    [
      'where a condition holds',
      policy('Policy', 'Roles: [!If [IsProd, !Ref R, x]]'),
      'conditional: it depends on the parameter Stage: traced if Stage is prod, blind if Stage is not prod',
    ],
    [
      'which exist where a condition holds',
      policy('Policy', 'Roles: [!Ref R]', '    Condition: IsProd\n'),
      'conditional: it depends on the parameter Stage: traced if Stage is prod, blind if Stage is not prod',
    ],
    ['to another role', policy('Policy', 'Roles: [!Ref Other]'), REFUSED],
    ['to groups', policy('Policy', 'Groups: [!Ref R]'), REFUSED],
  ])('%s', (_, more, expected) => {
    expect(judged('{}', more)).toBe(expected)
  })

  test('by the name of the role', () => {
    const more = policy('Policy', 'Roles: [orders]')
    expect(judged('{RoleName: orders}', more)).toMatch(/^traced/)
    expect(judged('{RoleName: bills}', more)).toMatch(/^blind/)
  })

  test('the other way round: a managed policy of the template in the list of the role', () => {
    const more = policy('ManagedPolicy', 'Description: x')
    expect(judged('{ManagedPolicyArns: [!Ref P]}', more)).toBe(`traced: role R: P allows ${BOTH}`)
    expect(judged('{ManagedPolicyArns: [!GetAtt P.PolicyArn]}', more)).toBe(`traced: role R: P allows ${BOTH}`)
  })
})

describe('permissions boundaries', () => {
  const bounded = (boundary: string) => `{ManagedPolicyArns: [!Sub '${ARN}'], PermissionsBoundary: ${boundary}}`
  const fence = (action: string) =>
    `  P:\n    Type: AWS::IAM::ManagedPolicy\n    Properties: {PolicyDocument: {Statement: ${allow(action)}}}\n`

  test('of the template', () => {
    expect(judged(bounded('!Ref P'), fence("'*'"))).toBe(`${GRANTED}, within permissions boundary P`)
    expect(judged(bounded('!Ref P'), fence("'logs:*'"))).toBe(
      'blind: role R: permissions boundary P does not allow xray:PutTraceSegments',
    )
  })

  test('from outside: it may take away, which the template cannot know', () => {
    expect(judged(bounded('!Ref Policy'))).toBe(
      `${GRANTED}; permissions boundary \${Policy} could not be read: it is given from outside the template`,
    )
  })

  test('none after all', () => {
    expect(judged(bounded('!Ref AWS::NoValue'))).toBe(GRANTED)
  })
})

describe('which role it is', () => {
  const found = (roleOfF: string) => judged('{RoleName: orders}', '', { roleOfF })

  test.each([
    '!GetAtt R.Arn',
    '!GetAtt [R, Arn]',
    '{Fn::GetAtt: [R, Arn]}',
    '{Fn::GetAtt: R.Arn}',
    `!Sub '\${R.Arn}'`,
    `!Sub 'arn:\${AWS::Partition}:iam::\${AWS::AccountId}:role/\${R}'`,
    `!Sub 'arn:aws:iam::\${AWS::AccountId}:role/service/\${R}'`,
    "!Join ['', ['arn:aws:iam::', !Ref AWS::AccountId, ':role/', !Ref R]]",
    'arn:aws:iam::111122223333:role/orders',
    '!If [IsProd, !GetAtt R.Arn, !GetAtt R.Arn]',
  ])('%s is R', (role) => {
    expect(found(role)).toBe(REFUSED)
  })

  test.each([
    [
      'arn:aws:iam::111122223333:role/bills',
      'its role arn:aws:iam::111122223333:role/bills is given from outside the template',
    ],
    ['!Ref Policy', `its role \${Policy} is given from outside the template`],
    ['!ImportValue role', 'its role Fn::ImportValue is given from outside the template'],
    ['!GetAtt Nested.Outputs.RoleArn', `its role \${Nested.Outputs.RoleArn} is given from outside the template`],
    ['!GetAtt Missing.Arn', `its role \${Missing.Arn} is given from outside the template`],
    ['[x]', 'its Role is not text'],
  ])('%s is not in the template, which alone makes nothing untraced', (role, because) => {
    expect(found(role)).toBe(`traced: ${because}`)
  })

  test('one of two', () => {
    expect(found('!If [IsProd, !GetAtt R.Arn, !Ref Policy]')).toBe(
      'conditional: it depends on the parameter Stage: traced if Stage is not prod, blind if Stage is prod',
    )
  })

  test('one that is only created under a condition', () => {
    const text = (condition: string) => `Parameters: {Stage: {Type: String}}
Conditions: {IsProd: !Equals [!Ref Stage, prod], Never: !Equals [a, b]}
Resources:
  F: {Type: AWS::Lambda::Function, Properties: {TracingConfig: {Mode: !If [IsProd, Active, PassThrough]}, Role: !GetAtt R.Arn}}
  R: {Type: AWS::IAM::Role, Condition: ${condition}, Properties: {}}
`
    const verdict = (condition: string) => checkTemplate(readTemplate(text(condition), 'x'), new Map())[0]
    expect(verdict('IsProd')?.because).toContain('blind if Stage is prod')
    expect(verdict('Never')).toMatchObject({ verdict: 'off' })
  })
})

describe('the role that SAM makes', () => {
  const sam = (properties: string, more = '', globals = '{}') => {
    const text = `Globals: {Function: ${globals}}
Parameters: {Policy: {Type: String}}
Resources:
  F: {Type: AWS::Serverless::Function, Properties: {Tracing: Active${properties}}}
  R: {Type: AWS::IAM::Role, Properties: {}}
  P: {Type: AWS::IAM::ManagedPolicy, Properties: {PolicyDocument: {Statement: ${allow("'logs:*'")}}}}
${more}`
    const [found] = checkTemplate(readTemplate(text, 'x'), new Map())
    return `${found?.verdict}: ${found?.role?.from} ${found?.role?.permission.because}`
  }
  const made = `generated the role that SAM makes: AWSXrayWriteOnlyAccess allows ${BOTH}`

  test.each([
    ['by itself', '', `traced: ${made}`],
    [
      'with policies by name',
      ', Policies: [AWSLambdaVPCAccessExecutionRole, AmazonS3ReadOnlyAccess]',
      `traced: ${made}`,
    ],
    ['with one policy', ', Policies: AmazonS3ReadOnlyAccess', `traced: ${made}`],
    ['with a policy of the template', ', Policies: !Ref P', `traced: ${made}`],
    [
      'with policy templates',
      ', Policies: [{SQSPollerPolicy: {QueueName: q}}, {S3ReadPolicy: {BucketName: b}}]',
      `traced: ${made}`,
    ],
    ['with a document', `, Policies: {Version: '2012-10-17', Statement: [${allow('s3:*')}]}`, `traced: ${made}`],
    [
      'with a document that denies',
      ", Policies: [x, {Statement: [{Effect: Deny, Action: 'xray:*', Resource: '*'}]}]",
      'blind: generated the role that SAM makes: inline policy FRolePolicy1 denies xray:PutTraceSegments',
    ],
    [
      'with a policy from outside',
      ', Policies: [!Ref Policy]',
      `traced: ${made}; \${Policy} could not be read: it is given from outside the template`,
    ],
    [
      'within a boundary of the template',
      ', PermissionsBoundary: !Ref P',
      'blind: generated the role that SAM makes: permissions boundary P does not allow xray:PutTraceSegments',
    ],
    [
      'not made, because one is given',
      ', Role: !GetAtt R.Arn, Policies: AWSXrayWriteOnlyAccess',
      'blind: template role R: no policy allows xray:PutTraceSegments',
    ],
    ['made, because none is given after all', ', Role: !Ref AWS::NoValue', `traced: ${made}`],
  ])('%s', (_, properties, expected) => {
    expect(sam(properties)).toBe(expected)
  })

  test('within a boundary of Globals', () => {
    expect(sam('', '', '{PermissionsBoundary: !Ref P}')).toMatch(/^blind/)
  })

  test('with a policy that attaches itself to it', () => {
    const more =
      "  D: {Type: AWS::IAM::Policy, Properties: {Roles: [!Ref FRole], PolicyDocument: {Statement: {Effect: Deny, Action: '*', Resource: '*'}}}}\n"
    expect(sam('', more)).toBe('blind: generated the role that SAM makes: inline policy D denies xray:PutTraceSegments')
  })
})
