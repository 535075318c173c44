/** What a fix puts where, in the style of the file, and what it leaves alone. */
import { describe, expect, test } from 'vitest'
import { expectOnlyWantedKeys, expectOtherBytesKept, expectSecondFixIdle, fixed } from './support/laws.js'

const ARN = `arn:\${AWS::Partition}:iam::aws:policy/AWSXRayDaemonWriteAccess`
const OUTSIDE = 'arn:aws:iam::111122223333:role/elsewhere'

/** The new text. */
function rewritten(text: string, to: 'Active' | 'PassThrough' = 'Active', perFunction = false): string {
  const fix = fixed(text, to, perFunction)
  expectOtherBytesKept(text, fix)
  expectOnlyWantedKeys(text, fix)
  expectSecondFixIdle(fix, to, perFunction)
  return fix.text
}

function left(text: string, to: 'Active' | 'PassThrough' = 'Active', perFunction = false): string[] {
  return fixed(text, to, perFunction).left.map(({ logicalId, line, reason }) => `${logicalId}:${line}: ${reason}`)
}

describe('a TracingConfig in the style of the file', () => {
  const block = (properties: string) =>
    `Resources:\n  F:\n    Type: AWS::Lambda::Function\n    Properties:\n${properties}`

  test('in lines', () => {
    expect(rewritten(block(`      Role: ${OUTSIDE}\n      Timeout: 3 # s\n`))).toContain(
      '      Timeout: 3 # s\n      TracingConfig:\n        Mode: Active',
    )
  })

  test('with the indentation of the mappings beside it', () => {
    expect(rewritten(block(`      Role: ${OUTSIDE}\n      Code:\n         S3Key: k\n`))).toContain(
      '         S3Key: k\n      TracingConfig:\n         Mode: Active',
    )
  })

  test('in braces, where all mappings beside it are', () => {
    expect(rewritten(block(`      Role: ${OUTSIDE}\n      Code: {S3Key: k}\n`))).toContain(
      '      Code: {S3Key: k}\n      TracingConfig: {Mode: Active}',
    )
    expect(rewritten(block(`      Role: ${OUTSIDE}\n      Code: { S3Key: k }\n`))).toContain(
      '      Code: { S3Key: k }\n      TracingConfig: { Mode: Active }',
    )
  })

  test('behind the comments that belong to what is before it', () => {
    expect(
      rewritten(block(`      Role: ${OUTSIDE}\n      Tags:\n        - a\n        # - b\n\n  # G\n  G: {Type: T}\n`)),
    ).toContain('        # - b\n      TracingConfig:\n        Mode: Active')
  })

  test('before a text in lines, which might swallow it', () => {
    expect(rewritten(block(`      Role: ${OUTSIDE}\n      Code:\n        ZipFile: |+\n          x\n\n`))).toContain(
      `      Role: ${OUTSIDE}\n      TracingConfig:\n        Mode: Active`,
    )
    expect(rewritten(block('      Code:\n        ZipFile: |\n          x\n'))).toContain(
      '    Properties:\n      TracingConfig:\n        Mode: Active',
    )
  })

  test('behind a key without a value, an alias, and a text on several lines', () => {
    expect(rewritten(block(`      Role: ${OUTSIDE}\n      Nothing:\n`))).toMatch(/Nothing:\n {6}TracingConfig/)
    expect(rewritten(`x: &x 3\n${block(`      Role: ${OUTSIDE}\n      Timeout: *x\n`)}`)).toMatch(
      /\*x\n {6}TracingConfig/,
    )
    expect(rewritten(block(`      Role: ${OUTSIDE}\n      Description: a\n        b\n`))).toMatch(
      / {8}b\n {6}TracingConfig/,
    )
    expect(rewritten(block(`      Role: ${OUTSIDE}\n      Description: "a\n        b"\n`))).toMatch(
      / {8}b"\n {6}TracingConfig/,
    )
  })

  test('at the end of a file that ends without a line break', () => {
    const text = block(`      Role: ${OUTSIDE}`)
    expect(fixed(text).text).toBe(`${text}\n      TracingConfig:\n        Mode: Active`)
  })

  test('beside keys with question marks', () => {
    expect(rewritten(block(`      ? Role\n      : ${OUTSIDE}\n`))).toContain(
      '      TracingConfig:\n        Mode: Active',
    )
  })

  test('with the line breaks of Windows', () => {
    const text = block(`      Role: ${OUTSIDE}\n`).replaceAll('\n', '\r\n')
    expect(fixed(text).text).toBe(`${text}      TracingConfig:\r\n        Mode: Active\r\n`)
  })

  test('with quoted keys', () => {
    expect(rewritten(block(`      "Role": "${OUTSIDE}"\n`))).toContain(
      '      "TracingConfig":\n        "Mode": "Active"',
    )
  })

  test('in braces on one line and on several', () => {
    expect(rewritten(`Resources: {F: {Type: AWS::Lambda::Function, Properties: {Role: '${OUTSIDE}'}}}`)).toContain(
      `{Role: '${OUTSIDE}', TracingConfig: {Mode: Active}}`,
    )
    expect(
      rewritten(
        `Resources:\n  F: {\n    Type: AWS::Lambda::Function,\n    Properties: {\n      Role: '${OUTSIDE}'\n    }\n  }\n`,
      ),
    ).toContain(`      Role: '${OUTSIDE}',\n      TracingConfig: {Mode: Active}`)
    expect(
      rewritten(
        `Resources:\n  F: {\n    Type: AWS::Lambda::Function\n    , Properties: {\n      Role: '${OUTSIDE}'\n      , Timeout: 3\n    }\n  }\n`,
      ),
    ).toContain('      , Timeout: 3\n      , TracingConfig: {Mode: Active}')
  })

  test('in JSON, as it is spaced', () => {
    const json = (indent?: string | number) =>
      JSON.stringify(
        { Resources: { F: { Type: 'AWS::Lambda::Function', Properties: { Role: OUTSIDE } } } },
        null,
        indent,
      )
    const fixedJson = (indent?: string | number) =>
      JSON.stringify(
        {
          Resources: {
            F: { Type: 'AWS::Lambda::Function', Properties: { Role: OUTSIDE, TracingConfig: { Mode: 'Active' } } },
          },
        },
        null,
        indent,
      )
    for (const indent of [undefined, 1, 2, 4, '\t']) expect(fixed(json(indent)).text).toBe(fixedJson(indent))
  })

  test('in JSON on one line, where the objects beside it are', () => {
    const json = `{\n  "Resources": {\n    "F": {\n      "Type": "AWS::Lambda::Function",\n      "Properties": {\n        "Code": {"S3Key": "k"},\n        "Role": "${OUTSIDE}"\n      }\n    }\n  }\n}\n`
    expect(rewritten(json)).toContain(`"Role": "${OUTSIDE}",\n        "TracingConfig": {"Mode": "Active"}\n      }`)
  })

  test('the Mode alone, where there is a TracingConfig without one', () => {
    expect(rewritten(block(`      Role: ${OUTSIDE}\n      TracingConfig: {}\n`))).toContain(
      '      TracingConfig: {Mode: Active}',
    )
  })

  test('the word alone, in its quotes', () => {
    expect(rewritten(block(`      Role: ${OUTSIDE}\n      TracingConfig: {Mode: PassThrough} # no\n`))).toContain(
      '      TracingConfig: {Mode: Active} # no',
    )
    expect(rewritten(block(`      Role: ${OUTSIDE}\n      TracingConfig:\n        Mode: 'PassThrough'\n`))).toContain(
      "        Mode: 'Active'",
    )
    expect(rewritten(block(`      Role: ${OUTSIDE}\n      TracingConfig:\n        "Mode": "passthrough"\n`))).toContain(
      '        "Mode": "Active"',
    )
  })
})

describe('the policy of a role', () => {
  const fn =
    'Resources:\n  F:\n    Type: AWS::Lambda::Function\n    Properties: {Role: !GetAtt R.Arn, TracingConfig: {Mode: Active}}\n'
  const role = (properties: string) => `${fn}  R:\n    Type: AWS::IAM::Role\n    Properties:\n${properties}`

  test('in a new list, with the dashes of the file', () => {
    expect(rewritten(role('      Path: /\n'))).toContain(`      ManagedPolicyArns:\n        - !Sub "${ARN}"`)
    expect(
      rewritten(
        role('      Path: /\n      Policies:\n      - PolicyName: x\n        PolicyDocument: {Statement: []}\n'),
      ),
    ).toContain(`      ManagedPolicyArns:\n      - !Sub "${ARN}"`)
    expect(rewritten(role('      Path: /\n      Tags:\n          - a\n'))).toContain(
      `      ManagedPolicyArns:\n          - !Sub "${ARN}"`,
    )
  })

  test('behind the last item', () => {
    expect(rewritten(role('      ManagedPolicyArns:\n        -   a\n        # - b\n      Path: /\n'))).toContain(
      `        # - b\n        -   !Sub "${ARN}"`,
    )
    expect(rewritten(role('      ManagedPolicyArns: [a]\n'))).toContain(`      ManagedPolicyArns: [a, !Sub "${ARN}"]`)
    expect(rewritten(role('      ManagedPolicyArns: []\n'))).toContain(`      ManagedPolicyArns: [!Sub "${ARN}"]`)
    expect(rewritten(role('      ManagedPolicyArns: [\n        a, # b\n        c,\n      ]\n'))).toContain(
      `        c,\n        !Sub "${ARN}",`,
    )
  })

  test('before an item in lines, which might swallow it', () => {
    expect(fixed(role('      ManagedPolicyArns:\n        - a\n        - !Sub |\n          b\n')).text).toContain(
      `        - a\n        - !Sub "${ARN}"`,
    )
  })

  test('in JSON without tags', () => {
    const json = (arns: unknown[]) =>
      JSON.stringify({
        Resources: {
          F: { Type: 'AWS::Lambda::Function', Properties: { Role: { 'Fn::GetAtt': 'R.Arn' } } },
          R: { Type: 'AWS::IAM::Role', Properties: { ManagedPolicyArns: arns } },
        },
      })
    expect(fixed(json(['a'])).text).toContain(`["a",{"Fn::Sub":"${ARN}"}]`)
    const padded = (pad: string) =>
      `{\n  "Resources": {\n    "F": {${pad}"Type": "AWS::Lambda::Function", "Properties": {${pad}"Role": {${pad}"Fn::GetAtt": "R.Arn"${pad}}${pad}}${pad}},\n    "R": {\n      "Type": "AWS::IAM::Role",\n      "Properties": {\n        "ManagedPolicyArns": ["a"]\n      }\n    }\n  }\n}\n`
    expect(fixed(padded('')).text).toContain(`["a", {"Fn::Sub": "${ARN}"}]`)
    expect(fixed(padded(' ')).text).toContain(`["a", { "Fn::Sub": "${ARN}" }]`)
    expect(fixed(json([])).text).toContain(`[{"Fn::Sub":"${ARN}"}]`)
  })

  test('once, however many functions have it', () => {
    const text = `${role('      Path: /\n')}  G:\n    Type: AWS::Lambda::Function\n    Properties: {Role: !GetAtt R.Arn}\n`
    expect(fixed(text).edits.map(({ line, why }) => `${line}: ${why}`)).toEqual([
      '9: lets role R write traces',
      '11: turns tracing on for G',
    ])
  })

  test('not where the function itself is left', () => {
    const text = role('      Path: /\n').replace('Mode: Active', 'Mode: !Ref Mode')
    expect(fixed(text).edits).toEqual([])
    expect(left(text)).toEqual(['F:4: TracingConfig.Mode stands behind the parameter Mode'])
  })

  test.each([
    [
      'a list behind a parameter',
      '      ManagedPolicyArns: !Ref Arns\n',
      'F:8: ManagedPolicyArns of its role stands behind the parameter Arns',
    ],
    [
      'a list behind a condition',
      '      ManagedPolicyArns: !If [A, [a], [b]]\n',
      'F:8: ManagedPolicyArns of its role stands behind the condition A',
    ],
    [
      'a list that is text',
      '      ManagedPolicyArns: a\n',
      'F:8: ManagedPolicyArns of its role is not written out as expected',
    ],
    [
      'the policy under a condition',
      `      ManagedPolicyArns: [!If [A, !Sub '${ARN}', a]]\n`,
      'F:8: ManagedPolicyArns of its role names AWSXRayDaemonWriteAccess under a condition, and may not twice',
    ],
    [
      'properties that are merged',
      '      <<: {Path: /}\n',
      'F:8: a part of the Properties block of its role is merged in from an anchor',
    ],
    [
      'properties from elsewhere',
      '      Path: /\n      Fn::Transform: {Name: AWS::Include}\n',
      'F:5: a further policy would not help: role R: role R could not be read: its properties are not all in this file',
    ],
    [
      'a deny',
      "      Policies: [{PolicyName: no, PolicyDocument: {Statement: {Effect: Deny, Action: '*', Resource: '*'}}}]\n",
      'F:5: a further policy would not help: role R: inline policy no denies xray:PutTraceSegments',
    ],
  ])('is left where it is not safe: %s', (_, properties, expected) => {
    const text = role(properties).replace(/line (\d)/, '$1')
    expect(fixed(text).edits).toEqual([])
    expect(left(text)).toEqual([expected])
  })
})

describe('serverless functions', () => {
  const two =
    'Resources:\n  F:\n    Type: AWS::Serverless::Function\n    Properties:\n      Timeout: 3\n  G:\n    Type: AWS::Serverless::Function\n'

  test('once in Globals, which are put before Resources and its comments', () => {
    expect(fixed(`Transform: x\n\n# all\nResources:${two.slice(10)}`).text).toBe(
      `Transform: x\n\nGlobals:\n  Function:\n    Tracing: Active\n\n# all\nResources:${two.slice(10)}`,
    )
    expect(fixed(`# head of the file\n${two}`).text).toBe(
      `# head of the file\nGlobals:\n  Function:\n    Tracing: Active\n${two}`,
    )
    expect(fixed(two.replaceAll('  ', '    ')).text).toMatch(/^Globals:\n {4}Function:\n {8}Tracing: Active\n/)
  })

  test('in Globals that are there', () => {
    expect(rewritten(`Globals:\n  Api: {}\n${two}`)).toContain('  Function:\n    Tracing: Active')
    expect(rewritten(`Globals:\n  Function:\n    Timeout: 3\n${two}`)).toContain('    Timeout: 3\n    Tracing: Active')
    expect(rewritten(`Globals: {Function: {Timeout: 3}}\n${two}`)).toContain(
      'Globals: {Function: {Timeout: 3, Tracing: Active}}',
    )
    expect(rewritten(`Globals:\n  Function:\n    Tracing: "Disabled"\n${two}`)).toContain('    Tracing: "Active"')
  })

  test('before Resources in JSON, wherever they are', () => {
    const fn = { F: { Type: 'AWS::Serverless::Function' } }
    const globals = { Globals: { Function: { Tracing: 'Active' } } }
    for (const indent of [undefined, 2]) {
      expect(fixed(JSON.stringify({ Resources: fn }, null, indent)).text).toBe(
        JSON.stringify({ ...globals, Resources: fn }, null, indent),
      )
      expect(fixed(JSON.stringify({ A: 1, Resources: fn }, null, indent)).text).toBe(
        JSON.stringify({ A: 1, ...globals, Resources: fn }, null, indent),
      )
    }
  })

  test('before Resources in braces, with comments between', () => {
    const fn = 'Resources: {F: {Type: AWS::Serverless::Function}}'
    const globals = 'Globals: {Function: {Tracing: Active}}'
    expect(rewritten(`{\n  # ours\n  ${fn}\n}\n`)).toBe(`{\n  # ours\n  ${globals},\n  ${fn}\n}\n`)
    expect(rewritten(`{\n  A: b, # c\n  ${fn}\n}\n`)).toBe(`{\n  A: b, # c\n  ${globals},\n  ${fn}\n}\n`)
    expect(rewritten(`{ ${fn} }\n`)).toBe(`{ ${globals}, ${fn} }\n`)
    expect(rewritten(`{${fn}}\n`)).toBe(`{${globals}, ${fn}}\n`)
  })

  test('one by one', () => {
    expect(fixed(two, 'Active', true).text).toBe(
      'Resources:\n  F:\n    Type: AWS::Serverless::Function\n    Properties:\n      Timeout: 3\n      Tracing: Active\n  G:\n    Type: AWS::Serverless::Function\n    Properties:\n      Tracing: Active\n',
    )
  })

  test('what overrides Globals is changed where it stands, and Globals are left', () => {
    const text =
      'Globals: {Function: {Tracing: Active}}\nResources:\n  F: {Type: AWS::Serverless::Function, Properties: {Tracing: PassThrough}}\n'
    expect(fixed(text).text).toBe(text.replace('PassThrough', 'Active'))
  })

  test('no Globals where every function has its own', () => {
    const text = 'Resources:\n  F: {Type: AWS::Serverless::Function, Properties: {Tracing: PassThrough}}\n'
    expect(fixed(text).text).toBe(text.replace('PassThrough', 'Active'))
  })

  test('no Globals where one function that inherits cannot write: it would be turned on too', () => {
    const denied =
      "  D:\n    Type: AWS::Serverless::Function\n    Properties: {Policies: {Statement: {Effect: Deny, Action: '*', Resource: '*'}}}\n"
    const fix = fixed(two + denied)
    expect(fix.text).not.toContain('Globals')
    expect(fix.edits.map(({ why }) => why)).toEqual(['turns tracing on for F', 'turns tracing on for G'])
    expect(left(two + denied)).toEqual([
      'D:8: a further policy would not help: the role that SAM makes: inline policy DRolePolicy0 denies xray:PutTraceSegments',
    ])
  })

  test('nothing is guessed where Globals are not written out', () => {
    const globals = (text: string) => left(`Globals: ${text}\n${two}`)
    expect(globals('{Function: {Tracing: !Ref Mode}}')[0]).toBe('F:1: Tracing stands behind the parameter Mode')
    expect(globals('!Ref Globals')[0]).toBe('F:1: Globals stands behind the parameter Globals')
    expect(globals('{Fn::Transform: {Name: AWS::Include}}')[0]).toBe('F:1: Globals stands behind Fn::Transform')
    expect(globals('{Fn::Transform: {Name: AWS::Include}, Api: {}}')[0]).toBe(
      'F:1: Fn::Transform brings in a part of Globals that is not in this file',
    )
    expect(left(`Globals: {Function: {Tracing: !Ref Mode}}\n${two}`, 'Active', true)).toHaveLength(2)
  })

  test('a role of its own is given the policy too', () => {
    const text =
      'Resources:\n  F:\n    Type: AWS::Serverless::Function\n    Properties:\n      Role: !GetAtt R.Arn\n  R:\n    Type: AWS::IAM::Role\n    Properties:\n      Path: /\n'
    expect(fixed(text).edits.map(({ why }) => why)).toEqual([
      'turns tracing on for every function that has no Tracing of its own',
      'lets role R write traces',
    ])
  })
})

describe('what has several roles', () => {
  const text = (other: string) => `Conditions: {A: !Equals [!Ref AWS::Region, x]}
Resources:
  F: {Type: AWS::Lambda::Function, Properties: {Role: !If [A, !GetAtt R.Arn, !GetAtt S.Arn]}}
  R: {Type: AWS::IAM::Role, Properties: {Path: /}}
  S: {Type: AWS::IAM::Role, Properties: {ManagedPolicyArns: [!Sub '${ARN}']}}
${other}`

  test('is left', () => {
    expect(left(text(''))).toEqual(['F:3: its Role stands behind a condition'])
  })

  test('or more than can be followed', () => {
    const names = Array.from({ length: 9 }, (_, at) => `P${at}`)
    const conditions = names.map((name) => `  Is${name}: !Equals [!Ref ${name}, x]\n`).join('')
    const arns = names.map((name) => `!If [Is${name}, a, b]`).join(', ')
    const many = `Parameters:\n${names.map((name) => `  ${name}: {Type: String}\n`).join('')}Conditions:\n${conditions}Resources:
  F: {Type: AWS::Lambda::Function, Properties: {Role: !GetAtt R.Arn}}
  R: {Type: AWS::IAM::Role, Properties: {ManagedPolicyArns: [${arns}]}}
`
    expect(left(many)).toEqual(['F:22: its role depends on more than can be followed'])
  })

  test('unless they are all given the policy for others anyway', () => {
    const fix = fixed(text('  G: {Type: AWS::Lambda::Function, Properties: {Role: !GetAtt R.Arn}}\n'))
    expect(fix.left).toEqual([])
    expect(fix.edits.map(({ why }) => why)).toEqual([
      'turns tracing on for F',
      'lets role R write traces',
      'turns tracing on for G',
    ])
  })
})

describe('turned off', () => {
  test('the word is changed where it stands, and policies stay', () => {
    const text = `Resources:\n  F: {Type: AWS::Lambda::Function, Properties: {Role: !GetAtt R.Arn, TracingConfig: {Mode: 'Active'}}}\n  R: {Type: AWS::IAM::Role, Properties: {ManagedPolicyArns: [!Sub '${ARN}']}}\n`
    expect(fixed(text, 'PassThrough').text).toBe(text.replace('Active', 'PassThrough'))
  })

  test('in Globals for all that inherit, or one by one', () => {
    const text =
      'Globals: {Function: {Tracing: Active}}\nResources:\n  F: {Type: AWS::Serverless::Function}\n  G: {Type: AWS::Serverless::Function, Properties: {Tracing: Active}}\n'
    expect(fixed(text, 'PassThrough').text).toBe(text.replaceAll('Active', 'PassThrough'))
    expect(fixed(text, 'PassThrough', true).text).toBe(
      'Globals: {Function: {Tracing: Active}}\nResources:\n  F: {Type: AWS::Serverless::Function, Properties: {Tracing: PassThrough}}\n  G: {Type: AWS::Serverless::Function, Properties: {Tracing: PassThrough}}\n',
    )
  })

  test('what is off already, or left out, is not touched', () => {
    const text =
      'Resources:\n  F: {Type: AWS::Serverless::Function, Properties: {Tracing: Disabled}}\n  G: {Type: AWS::Lambda::Function, Properties: {Role: x}}\n'
    expect(fixed(text, 'PassThrough').text).toBe(text)
  })

  test('a value behind a parameter is left', () => {
    const text =
      'Parameters: {Mode: {Type: String, Default: Active}}\nResources:\n  F: {Type: AWS::Lambda::Function, Properties: {Role: x, TracingConfig: {Mode: !Ref Mode}}}\n'
    expect(left(text, 'PassThrough')).toEqual(['F:3: TracingConfig.Mode stands behind the parameter Mode'])
    expect(left(text)).toEqual([])
  })
})

describe('left where it is not safe', () => {
  const fn = (properties: string) =>
    `x: &x {Timeout: 3}\nResources:\n  F:\n    Type: AWS::Lambda::Function\n${properties}`

  test.each([
    ['properties behind an alias', '    Properties: *x\n', 'F:5: its Properties block stands behind the alias *x'],
    [
      'a TracingConfig behind an alias',
      '    Properties:\n      TracingConfig: *x\n',
      'F:6: TracingConfig stands behind the alias *x',
    ],
    [
      'a TracingConfig that others share',
      '    Properties:\n      TracingConfig: &t {}\n  G: {Type: AWS::Lambda::Function, Properties: {TracingConfig: *t}}\n',
      'F:6: TracingConfig stands in a part that an anchor shares with other places',
    ],
    [
      'an empty TracingConfig',
      '    Properties:\n      TracingConfig:\n',
      'F:6: TracingConfig is not written out as expected',
    ],
    ['an empty Mode', '    Properties:\n      TracingConfig: {Mode: }\n', 'F:6: TracingConfig.Mode is not one word'],
    [
      'a Mode in lines',
      '    Properties:\n      TracingConfig:\n        Mode: |-\n          PassThrough\n',
      'F:7: TracingConfig.Mode is not one word',
    ],
    ['no Properties', '', 'F:3: it has no Properties'],
    ['empty Properties', '    Properties:\n', 'F:5: its Properties block is not written out as expected'],
    [
      'braces that end with a key',
      '    Properties: {Timeout}\n',
      'F:5: it is laid out in a way that xtrace does not edit',
    ],
  ])('%s', (_, properties, expected) => {
    const text = fn(properties)
    expect(left(text)[0]).toBe(expected)
    expect(fixed(text).text).toBe(text)
  })

  test('a function of a loop', () => {
    const text = `Resources:\n  Fn::ForEach::Each:\n    - Name\n    - [a, b]\n    - F\${Name}:\n        Type: AWS::Lambda::Function\n        Properties: {Role: x}\n`
    expect(left(text)).toEqual([`F\${Name}:5: it is made by Fn::ForEach::Each`])
  })

  test('a role of a loop', () => {
    const text = `Resources:\n  Fn::ForEach::Each:\n    - Name\n    - [a, b]\n    - F\${Name}:\n        Type: AWS::Lambda::Function\n        Properties: {Role: !GetAtt 'R\${Name}.Arn', TracingConfig: {Mode: Active}}\n      R\${Name}:\n        Type: AWS::IAM::Role\n        Properties: {Path: /}\n`
    expect(left(text)).toEqual([`F\${Name}:8: its role is made by Fn::ForEach::Each`])
  })
})

test('edits say where they are and what for', () => {
  const text = `Resources:\n  F:\n    Type: AWS::Lambda::Function\n    Properties: {Role: '${OUTSIDE}'}\n`
  const start = text.indexOf("'}") + 1
  expect(fixed(text).edits).toEqual([
    {
      line: 4,
      column: start - text.lastIndexOf('\n', start),
      start,
      end: start,
      text: ', TracingConfig: {Mode: Active}',
      why: 'turns tracing on for F',
    },
  ])
})
