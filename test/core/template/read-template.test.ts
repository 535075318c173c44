/** What is no template is refused in one line that says where. */
import { describe, expect, test } from 'vitest'
import { readTemplate } from '../../../src/core/template/read-template.js'
import { XtraceError } from '../../../src/errors.js'

function refusal(text: string): string {
  try {
    readTemplate(text, 'shop.yaml')
  } catch (error) {
    if (error instanceof XtraceError && error.code === 'UNREADABLE_TEMPLATE') return error.message
    throw error
  }
  throw new Error('the template was read')
}

/** Nine levels of nine, the last of which would be 387 million nodes. */
const LAUGHS = [
  'a: &a [x, x, x, x, x, x, x, x, x]',
  ...'bcdefghi'.split('').map(
    (name, index) =>
      `${name}: &${name} [${Array(9)
        .fill(`*${'abcdefgh'.charAt(index)}`)
        .join(', ')}]`,
  ),
  'Resources: {}',
].join('\n')

describe('refused', () => {
  test.each([
    ['an empty file', '', '1:1: the file is empty'],
    ['comments only', '# nothing\n', '1:1: the file is empty'],
    ['text', 'hello', '1:1: not a template: there are no Resources'],
    ['a list', '- a\n- b\n', '1:1: not a template: there are no Resources'],
    ['no Resources', 'Outputs: {}\n', '1:1: not a template: there are no Resources'],
    ['Resources that are a list', 'Resources: [a]\n', '1:1: not a template: there are no Resources'],
    ['Resources that come from elsewhere', 'Resources: !Transform {Name: AWS::Include}\n', '1:1: not a template'],
    ['a NUL byte', 'Resources:\n  A\0: {}\n', '2:4: a NUL byte: the file is binary, or not UTF-8'],
    ['ten megabytes', 'Resources: {}\n'.padEnd(10_000_000, '#'), '1:1: too large: 10.0 MB, where CloudFormation'],
    ['a key twice', 'Resources:\n  A: {}\n  B: {}\n  A: {}\n', '4:3: the key "A" stands twice in one mapping'],
    ['a key twice in braces', 'Resources: {A: {x: 1, x: 2}}\n', '1:23: the key "x" stands twice in one mapping'],
    ['tabs', 'Resources:\n\tA: {}\n', '2:1: Tabs are not allowed as indentation'],
    [
      'lines that do not line up',
      'Resources:\n  A: {}\n B: {}\n',
      '3:1: All mapping items must start at the same column',
    ],
    ['quotes that do not end', 'Resources:\n  A: "b\n', '3:1: Missing closing "quote'],
    [
      'several documents',
      'Resources: {}\n---\nResources: {}\n',
      '2:1: a second document begins here, and a template is one',
    ],
    ['an alias bomb', LAUGHS, '6:'],
    [
      'an alias in a circle',
      'Resources:\n  A: &a\n    b: *a\n',
      '3:8: the alias *a stands inside the node that it names',
    ],
    ['an alias of nothing', 'Resources:\n  A: *b\n', '2:6: no anchor &b stands before the alias *b'],
    ['a key that is a list', 'Resources:\n  ? [a]\n  : b\n', '2:5: a key that is not text'],
    ['flow nested without end', `Resources: ${'['.repeat(100_000)}`, '1:214: nested more than 200 levels deep'],
    ['dashes nested without end', `Resources:\n${'- '.repeat(100_000)}`, '2:'],
    ['JSON nested without end', `{"Resources": ${'['.repeat(100_000)}`, '1:217: nested more than 200 levels deep'],
    ['JSON that breaks off', '{\n  "Resources": {', '2:17: the file ends where a key in double quotes should be'],
    ['JSON with a remark', '{\n  // shop\n  "Resources": {}\n}', '2:3: "//" where a key in double quotes should be'],
    ['a JSON key twice', '{"Resources": {"A": {}, "A": {}}}', '1:25: the key "A" stands twice in one mapping'],
    [
      'a million signs',
      `Resources: [${'"a",'.repeat(260_000)}`,
      '1:1000004: more than 500000 words and signs up to here',
    ],
  ])('%s', (_, text, message) => {
    const line = refusal(text)
    expect(line).toMatch(/^shop\.yaml:\d+:\d+: [^\n]+$/)
    expect(line).toContain(`shop.yaml:${message}`)
  })

  test('an alias bomb in milliseconds, before it goes off', () => {
    const before = performance.now()
    expect(refusal(LAUGHS)).toMatch(/the aliases up to here stand for more than 100000 nodes$/)
    expect(performance.now() - before).toBeLessThan(500)
  })

  test('the exit status is that of wrong usage', () => {
    const read = () => readTemplate('', 'x')
    expect(read).toThrow(expect.objectContaining({ code: 'UNREADABLE_TEMPLATE', exit: 'usage' }))
  })
})

describe('read', () => {
  const ids = (text: string) => [...readTemplate(text, 'x').resources.keys()]

  test.each([
    ['YAML', 'Resources:\n  A: {Type: T}\n'],
    ['JSON', '{"Resources": {"A": {"Type": "T"}}}'],
    ['JSON with a comma too many', '{"Resources": {"A": {"Type": "T"},},}'],
    ['JSON with comments', '{\n  # a comment\n  "Resources": {"A": {"Type": "T"}}\n}\n'],
    ['JSON behind white and a byte order mark', '\uFEFF \r\n\t{"Resources":\t{"A": {"Type": "T"}}}'],
    ['braces', '{Resources: {A: {Type: T}}}'],
    ['a byte order mark', '\uFEFFResources:\n  A: {Type: T}\n'],
    ['Windows lines', 'Resources:\r\n  A:\r\n    Type: T\r\n'],
    ['a mark of the document', '%YAML 1.1\n---\nResources:\n  A: {Type: T}\n...\n'],
    ['explicit keys', '? Resources\n: ? A\n  : {Type: T}\n'],
    ['a merge', 'x: &x {A: {Type: T}}\nResources:\n  <<: *x\n'],
    ['an alias', 'x: &x {A: {Type: T}}\nResources: *x\n'],
  ])('%s', (_, text) => {
    expect(ids(text)).toEqual(['A'])
  })

  test('a resource without a type is none', () => {
    expect(ids('Resources:\n  A: {}\n  B: null\n  C: [x]\n  D: {Type: !Ref T}\n')).toEqual([])
  })

  test('parts that are not in the file are known', () => {
    const template = readTemplate(
      'Transform: [AWS::Serverless-2016-10-31, Mine]\nResources:\n  Fn::Transform: {Name: AWS::Include}\n',
      'x',
    )
    expect(template.unseen.map(({ at, what }) => [template.positionOf(at).line, what])).toEqual([
      [1, 'the macro Mine may change what is written here'],
      [3, 'Fn::Transform brings in what is not in this file'],
    ])
  })
})
