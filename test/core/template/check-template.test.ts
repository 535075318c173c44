/** The verdict on every function of a template, and its reasons. */
import { describe, expect, test } from 'vitest'
import { type CheckedFunction, checkTemplate } from '../../../src/core/template/check-template.js'
import { readTemplate } from '../../../src/core/template/read-template.js'

function check(text: string, parameters: Record<string, string> = {}): CheckedFunction[] {
  return checkTemplate(readTemplate(text, 'x'), new Map(Object.entries(parameters)))
}

/** Verdict and reason of the function F. */
function judged(text: string, parameters: Record<string, string> = {}): string {
  const found = check(text, parameters).find(({ logicalId }) => logicalId === 'F')
  return `${found?.verdict}: ${found?.because}`
}

const HEAD = `Parameters:
  Stage: {Type: String}
  Tier: {Type: String, AllowedValues: [gold, silver]}
  Mode: {Type: String, Default: Active}
  Stored: {Type: AWS::SSM::Parameter::Value<String>, Default: Active}
  Flag: {Type: String, Default: True, AllowedValues: ['true', 'false']}
  Many: {Type: CommaDelimitedList, Default: 'PassThrough, Active'}
Mappings:
  Modes: {gold: {Mode: Active}, silver: {Mode: PassThrough}}
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
  IsTest: !Equals [!Ref Stage, test]
  IsTrue: !Equals [!Ref Flag, 'true']
  IsGold: !Equals [gold, !Ref Tier]
  IsEither: !Or [!Condition IsProd, !Condition IsTest]
  IsNeither: !Not [!Condition IsEither]
  IsBoth: !And [!Condition IsProd, !Condition IsTest]
  IsNot: !Not [!Condition IsProd]
  IsOdd: !Equals [!Sub 'x-\${Stage}', x-prod]
  Loops: !Condition Loops
`

/** A CloudFormation function whose role is not in the template, so that only the mode decides. */
function withMode(mode: string, more = ''): string {
  return `${HEAD}Resources:\n  F:\n    Type: AWS::Lambda::Function\n${more}    Properties:\n      Role: !ImportValue role\n      TracingConfig: {Mode: ${mode}}\n`
}

const ROLE = 'its role Fn::ImportValue is given from outside the template'

describe('the mode of a CloudFormation function', () => {
  test.each([
    ['Active', `traced: TracingConfig.Mode is Active; ${ROLE}`],
    ['"Active"', `traced: TracingConfig.Mode is Active; ${ROLE}`],
    ['PassThrough', 'off: TracingConfig.Mode is PassThrough'],
    ['active', 'unknown: TracingConfig.Mode is active, which is no mode'],
    ['Disabled', 'unknown: TracingConfig.Mode is Disabled, which is no mode'],
    ['[Active]', 'unknown: TracingConfig.Mode is not text'],
    ['"Act\\n  ive"', 'unknown: TracingConfig.Mode is Act ive, which is no mode'],
    ['!If [IsTrue, Active, PassThrough]', `traced: TracingConfig.Mode is Active (by default Flag is true); ${ROLE}`],
    ['!Ref AWS::NoValue', 'off: TracingConfig.Mode is AWS::NoValue'],
    ['!Ref Mode', `traced: TracingConfig.Mode is Active (by default Mode is Active); ${ROLE}`],
    ['{Ref: Mode}', `traced: TracingConfig.Mode is Active (by default Mode is Active); ${ROLE}`],
    [`!Sub "\${Mode}"`, `traced: TracingConfig.Mode is Active (by default Mode is Active); ${ROLE}`],
    ['!Join ["", [Act, ive]]', `traced: TracingConfig.Mode is Active; ${ROLE}`],
    [
      '!Select [1, !Ref Many]',
      `traced: TracingConfig.Mode is Active (by default Many is PassThrough, Active); ${ROLE}`,
    ],
    ['!Select [0, [Active, PassThrough]]', `traced: TracingConfig.Mode is Active; ${ROLE}`],
    ['!FindInMap [Modes, silver, Mode]', 'off: TracingConfig.Mode is PassThrough'],
    ['!FindInMap [Modes, lead, Mode, {DefaultValue: Active}]', `traced: TracingConfig.Mode is Active; ${ROLE}`],
    [
      `!FindInMap [Modes, !Sub 'x-\${Stage}', Mode, {DefaultValue: Active}]`,
      'unknown: TracingConfig.Mode is Fn::FindInMap, known at deployment only',
    ],
    [
      '!FindInMap [Modes, gold, !Ref Stored, {DefaultValue: PassThrough}]',
      `traced: TracingConfig.Mode is Active; ${ROLE}`,
    ],
    ['!FindInMap [Modes, lead, Mode]', 'unknown: TracingConfig.Mode is Fn::FindInMap, known at deployment only'],
    ['!GetAtt Other.Mode', `unknown: TracingConfig.Mode is \${Other.Mode}, known at deployment only`],
    ['!ImportValue mode', 'unknown: TracingConfig.Mode is Fn::ImportValue, known at deployment only'],
    ["'{{resolve:ssm:mode}}'", 'unknown: TracingConfig.Mode is {{resolve:ssm:mode}}, known at deployment only'],
    [
      '!Ref Stored',
      'conditional: it depends on the parameter Stored: traced if Stored is Active, off if Stored is not Active',
    ],
    [
      '!Ref Stage',
      'conditional: it depends on the parameter Stage: traced if Stage is Active, off if Stage is not Active',
    ],
    [
      '!If [IsProd, Active, PassThrough]',
      'conditional: it depends on the parameter Stage: traced if Stage is prod, off if Stage is not prod',
    ],
    [
      '!If [IsNot, Active, PassThrough]',
      'conditional: it depends on the parameter Stage: traced if Stage is not prod, off if Stage is prod',
    ],
    [
      '!If [IsGold, Active, PassThrough]',
      'conditional: it depends on the parameter Tier: traced if Tier is gold, off if Tier is silver',
    ],
    [
      '!If [IsEither, Active, PassThrough]',
      'conditional: it depends on the parameter Stage: traced if Stage is prod or Stage is not prod and Stage is test, off if Stage is not prod and Stage is not test',
    ],
    ['!If [IsBoth, PassThrough, Active]', `traced: TracingConfig.Mode is Active; ${ROLE}`],
    ['!If [IsProd, Active, !If [IsProd, PassThrough, Active]]', `traced: TracingConfig.Mode is Active; ${ROLE}`],
    [
      '!If [IsOdd, Active, PassThrough]',
      'conditional: it depends on the condition IsOdd: traced if the condition IsOdd holds, off if the condition IsOdd does not hold',
    ],
    [
      '!If [Loops, Active, PassThrough]',
      'conditional: it depends on the condition Loops: traced if the condition Loops holds, off if the condition Loops does not hold',
    ],
    [
      '!If [Missing, Active, PassThrough]',
      'conditional: it depends on the condition Missing: traced if the condition Missing holds, off if the condition Missing does not hold',
    ],
    [
      '!If [IsProd, Active]',
      'conditional: it depends on the parameter Stage: traced if Stage is prod, unknown if Stage is not prod',
    ],
    [
      '!FindInMap [Modes, !Ref Tier, Mode]',
      'conditional: it depends on the parameter Tier: traced if Tier is gold, off if Tier is silver',
    ],
  ])('%s', (mode, expected) => {
    expect(judged(withMode(mode))).toBe(expected)
  })

  test.each([
    ['no TracingConfig', '', 'off: there is no TracingConfig'],
    ['an empty one', 'TracingConfig: {}', 'off: TracingConfig has no Mode'],
    ['none by AWS::NoValue', 'TracingConfig: !Ref AWS::NoValue', 'off: TracingConfig is AWS::NoValue'],
    ['one that is text', 'TracingConfig: Active', 'unknown: its TracingConfig is not in this file'],
    [
      'one from elsewhere',
      'TracingConfig: {Fn::Transform: {Name: AWS::Include}}',
      'unknown: its TracingConfig is not in this file',
    ],
    [
      'properties from elsewhere',
      'Fn::Transform: {Name: AWS::Include}',
      'unknown: Fn::Transform brings in properties that are not in this file',
    ],
    ['Tracing, as in SAM', 'Tracing: Active', 'off: there is no TracingConfig'],
  ])('%s', (_, properties, expected) => {
    expect(
      judged(
        `Resources:\n  F:\n    Type: AWS::Lambda::Function\n    Properties:\n      Role: x\n      ${properties}\n`,
      ),
    ).toBe(expected)
  })

  test('parameters that are given come before defaults', () => {
    expect(judged(withMode('!Ref Mode'), { Mode: 'PassThrough' })).toBe('off: TracingConfig.Mode is PassThrough')
    expect(judged(withMode('!If [IsProd, Active, PassThrough]'), { Stage: 'prod' })).toMatch(/^traced/)
    expect(judged(withMode('!If [IsProd, Active, PassThrough]'), { Stage: 'dev' })).toMatch(/^off/)
    expect(judged(withMode('!FindInMap [Modes, !Ref Tier, Mode]'), { Tier: 'gold' })).toMatch(/^traced/)
  })

  test('a given value of a stored parameter is only the name of its place', () => {
    expect(judged(withMode('!Ref Stored'), { Stored: 'Active' })).toMatch(/^conditional/)
  })

  test('what the template does not declare is not taken from the outside', () => {
    expect(judged(withMode('!Ref Unheard'), { Unheard: 'Active' })).toMatch(/^unknown/)
  })

  test('pseudo parameters are open until they are given', () => {
    const text = withMode('!If [InEurope, Active, PassThrough]').replace(
      'Conditions:\n',
      'Conditions:\n  InEurope: !Equals [!Ref AWS::Region, eu-west-1]\n',
    )
    expect(judged(text)).toBe(
      'conditional: it depends on AWS::Region: traced if AWS::Region is eu-west-1, off if AWS::Region is not eu-west-1',
    )
    expect(judged(text, { 'AWS::Region': 'eu-west-1' })).toMatch(/^traced/)
  })
})

describe('the condition of a resource', () => {
  const own = (condition: string) => `    Condition: ${condition}\n`

  test.each([
    ['holds where the function is', 'IsProd', '!If [IsProd, Active, PassThrough]', /^traced/],
    ['excludes others', 'IsProd', '!If [IsTest, PassThrough, Active]', /^traced/],
    ['denies what it negates', 'IsNot', '!If [IsProd, Active, PassThrough]', /^off/],
    ['brings its parts with it', 'IsBoth', '!If [IsTest, Active, PassThrough]', /^traced/],
    ['denies both parts of what it negates', 'IsNeither', '!If [IsTest, PassThrough, Active]', /^traced/],
    ['tells nothing of either part', 'IsEither', '!If [IsProd, Active, PassThrough]', /^conditional/],
  ])('%s', (_, condition, mode, expected) => {
    expect(judged(withMode(mode, own(condition)))).toMatch(expected)
  })

  test('it outranks parameters, because the function is judged where it exists', () => {
    expect(judged(withMode('!If [IsProd, Active, PassThrough]', own('IsProd')), { Stage: 'dev' })).toMatch(/^traced/)
  })

  test('a chain of conditions without end is cut off', () => {
    const chain = Array.from(
      { length: 3000 },
      (_, index) => `  C${index}: !And [!Condition C${index + 1}, !Condition C${index + 1}]\n`,
    )
    const text = withMode('!If [C0, Active, PassThrough]', own('C0')).replace(
      'Conditions:\n',
      `Conditions:\n${chain.join('')}`,
    )
    expect(judged(text)).toMatch(/^traced/)
  })
})

test('conditions that name each other twice are decided once', () => {
  const chain = Array.from({ length: 40 }, (_, at) => `  C${at}: !And [!Condition C${at + 1}, !Condition C${at + 1}]\n`)
  const text = withMode('!If [C0, Active, PassThrough]').replace(
    'Conditions:\n',
    `Conditions:\n${chain.join('')}  C40: !Condition IsProd\n`,
  )
  expect(judged(text)).toMatch(/traced if Stage is prod, off if Stage is not prod$/)
})

describe('a mapping that leads back to itself', () => {
  test('is not followed', () => {
    const text = withMode('!FindInMap [Circle, a, b]').replace(
      'Mappings:\n',
      'Mappings:\n  Circle: {a: {b: !FindInMap [Circle, a, b]}}\n',
    )
    expect(judged(text)).toBe('unknown: TracingConfig.Mode is Fn::FindInMap, known at deployment only')
  })
})

describe('the mode of a serverless function', () => {
  const SAM =
    'the role that SAM makes: AWSXrayWriteOnlyAccess allows xray:PutTraceSegments and xray:PutTelemetryRecords'
  const sam = (globals: string, fn: string) =>
    `Globals: ${globals}\nResources:\n  F:\n    Type: AWS::Serverless::Function\n${fn}`
  const own = (tracing: string) => `    Properties: {Tracing: ${tracing}}\n`

  test.each([
    ['its own', '{}', own('Active'), `traced: Tracing is Active; ${SAM}`],
    ['of Globals', '{Function: {Tracing: Active}}', '', `traced: Tracing in Globals is Active; ${SAM}`],
    ['none at all', '{Function: {Timeout: 3}}', own('!Ref AWS::NoValue'), 'off: Tracing is AWS::NoValue'],
    [
      'its own before that of Globals',
      '{Function: {Tracing: Active}}',
      own('PassThrough'),
      'off: Tracing is PassThrough',
    ],
    ['none', '{Function: {Timeout: 3}}', '', 'off: there is no Tracing, nor one in Globals'],
    ['Disabled', '{}', own('Disabled'), 'off: Tracing is Disabled, which leaves the mode out'],
    [
      'Disabled in Globals',
      '{Function: {Tracing: Disabled}}',
      '',
      'off: Tracing in Globals is Disabled, which leaves the mode out',
    ],
    [
      'Globals ignored',
      '{Function: {Tracing: Active}}',
      "    IgnoreGlobals: '*'\n",
      'off: there is no Tracing, nor one in Globals',
    ],
    [
      'this one of Globals ignored',
      '{Function: {Tracing: Active}}',
      '    IgnoreGlobals: [Tracing]\n',
      'off: there is no Tracing, nor one in Globals',
    ],
    [
      'another of Globals ignored',
      '{Function: {Tracing: Active}}',
      '    IgnoreGlobals: [Timeout]\n',
      `traced: Tracing in Globals is Active; ${SAM}`,
    ],
    ['Globals of other types', '{Api: {TracingEnabled: true}}', '', 'off: there is no Tracing, nor one in Globals'],
    [
      'Globals from elsewhere',
      '{Fn::Transform: {Name: AWS::Include}}',
      '',
      'unknown: Globals brings in what is not in this file',
    ],
    [
      'from elsewhere in Globals',
      '{Function: {Fn::Transform: {Name: AWS::Include}}}',
      '',
      'unknown: Globals brings in what is not in this file',
    ],
  ])('%s', (_, globals, fn, expected) => {
    expect(judged(sam(globals, fn))).toBe(expected)
  })

  test('Globals say nothing to a CloudFormation function', () => {
    expect(
      judged(
        'Globals: {Function: {Tracing: Active}}\nResources:\n  F:\n    Type: AWS::Lambda::Function\n    Properties: {Role: x}\n',
      ),
    ).toMatch(/^off/)
  })
})

describe('what is reported', () => {
  const text = `Resources:
  Topic:
    Type: AWS::SNS::Topic
  F:
    Type: AWS::Lambda::Function
    Properties:
      TracingConfig: {Mode: Active}
      Role: !GetAtt R.Arn
  "G" : {Type: 'AWS::Serverless::Function'}
  Version:
    Type: AWS::Lambda::Version
  R:
    Type: AWS::IAM::Role
    Properties: {}
`

  test('places behind a byte order mark', () => {
    expect(check('\uFEFF{Resources: {F: {Type: AWS::Lambda::Function}}}')).toMatchObject([{ line: 1, column: 14 }])
  })

  test('functions only, in the order of the file, with the place of their logical id', () => {
    expect(check(text).map(({ logicalId, kind, line, column }) => ({ logicalId, kind, line, column }))).toEqual([
      { logicalId: 'F', kind: 'Lambda', line: 4, column: 3 },
      { logicalId: 'G', kind: 'Serverless', line: 9, column: 3 },
    ])
  })

  test('the role, where it matters', () => {
    expect(check(text).map(({ role }) => role)).toEqual([
      {
        from: 'template',
        logicalId: 'R',
        permission: { answer: 'no', because: 'role R: no policy allows xray:PutTraceSegments' },
      },
      undefined,
    ])
  })

  test('what it depends on', () => {
    expect(
      check(withMode('!If [IsProd, !Ref Tier, !If [IsOdd, Active, PassThrough]]')).map(({ dependsOn }) => dependsOn),
    ).toEqual([['the parameter Stage', 'the parameter Tier', 'the condition IsOdd']])
  })

  test('that there is too much to follow', () => {
    const names = Array.from({ length: 12 }, (_, index) => `P${index}`)
    const parameters = names.map((name) => `  ${name}: {Type: String}\n`).join('')
    const all = `  All: !And [${names.map((name) => `!Equals [!Ref ${name}, x]`).join(', ')}]\n`
    const text = withMode('!If [All, Active, PassThrough]')
      .replace('Conditions:\n', `Conditions:\n${all}`)
      .replace('Parameters:\n', `Parameters:\n${parameters}`)
    expect(judged(text)).toBe('conditional: it depends on more than can be followed')
  })
})
