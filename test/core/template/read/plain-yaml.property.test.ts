/** The quick reader of YAML gives the tree that the yaml package gives, or leaves the text to it. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readPlainYaml } from '../../../../src/core/template/read/plain-yaml.js'
import { readYaml } from '../../../../src/core/template/read/read-yaml.js'
import { arbitraryText } from '../support/arbitrary-template.js'

const ODD = `  Odd:
    Type: 'AWS::Lambda::Function'
    "Quoted" : "a \\"b\\" \\u00e4 c"
    Code:
      ZipFile: |
        exports.handler = async () => {
          # not a comment
          return 1

        }
    Description: >-
      folded text
      on two lines
    Wrapped: text that goes
      on and on # to the end
    Apart: one

      two


      three
    Sample: >
      python3.12

      Sample SAM Template
    Lines: !Sub |-
      a
      b
    Empty:
    Layers: [ !Ref A, !Sub "x-\${B}", {Ref: C}, 'it''s', ]
    Tags: {a: b, "c":d, 'e': [1, 2]}
    Multi: {
        a: b,   # comment
        c: [x,
          y]
    }
    Role: !If
      - IsProd
      - !GetAtt Role.Arn
      - Fn::GetAtt: [Other, Arn]
    List:
    - a
    - b: c
      d: e
    -
      f: g
    - - h
      - i
    - !Ref X
    - |
      text
    Url: http://example.com:80/a#b
      # further in
    Neg: -1
    Q: ?x
    Anchored: &anchor value
    Alias: *anchor
    Merged:
      <<: {a: b}
# comment at the end
`.split('\n')

const PIECES = [
  ' ',
  '  ',
  '\n',
  '\n\n',
  '#',
  ' #',
  ':',
  ': ',
  ',',
  '[',
  ']',
  '{',
  '}',
  '"',
  "'",
  '!',
  '!Ref ',
  '-',
  '- ',
  '\n- ',
  '|',
  '>',
  '|-\n',
  '>-\n',
  '&a ',
  '*a',
  '? ',
  '\t',
  'a',
  '\\',
  '%',
  '---\n',
  '...\n',
  '\r',
  '\r\n',
  '~',
  '\u00a0',
  '<<: ',
  '\n  ',
  '\n      x: y\n',
]

const lines = fc
  .tuple(fc.nat(ODD.length - 1), fc.integer({ min: 1, max: 12 }), fc.boolean())
  .map(([from, count, nested]) => `${nested ? 'R:\n' : ''}${ODD.slice(from, from + count).join('\n')}\n`)
const damage = fc.record({ at: fc.nat(500), cut: fc.nat(3), piece: fc.constantFrom('', ...PIECES) })
const damaged = fc.tuple(fc.oneof(lines, arbitraryText), fc.array(damage, { maxLength: 3 })).map(([text, all]) =>
  all.reduce((now, { at, cut, piece }) => {
    const place = at % (now.length + 1)
    return now.slice(0, place) + piece + now.slice(place + cut)
  }, text),
)

const start = (text: string) => (text.startsWith('\uFEFF') ? 1 : 0)

test('it reads what templates are made of', () => {
  const text = ODD.filter((line) => !/[&*]anchor/.test(line)).join('\n')
  for (const one of [text, text.replaceAll('\n', '\r\n'), `\uFEFF# head\n---\n${text}`]) {
    const tree = readPlainYaml(one, start(one))
    expect(tree).toBeDefined()
    expect(tree).toEqual(readYaml(one))
  }
})

test.each([
  ['a bracket that closes too far out', 'a: [\n  [b\n]]\n'],
  ['an anchor', 'a: &b c\n'],
  ['a key twice', 'a: b\na: c\n'],
  ['a key twice in braces', 'a: {b: c, b: d}\n'],
  ['a text in quotes on several lines', 'a: "b\n  c"\n'],
  ['a text that goes on behind a comment', 'a: b # c\n  d\n'],
  ['a text that goes on with a key', 'a: b\n  c: d\n'],
  ['a text that goes on with a dash', 'a: b\n  - d\n'],
  ['a key behind a value', 'a: b: c\n'],
  ['a lone carriage return', 'a: b\rc: d\n'],
  ['a tag of nothing in braces', 'a: {b: !Ref\n  }\n'],
  ['a tag of nothing in brackets', 'a: [!Ref , b]\n'],
  ['a second document', 'a: b\n---\nc: d\n'],
  ['a tab', 'a:\tb\n'],
  ['nesting without end', `a: ${'['.repeat(1000)}${']'.repeat(1000)}\n`],
])('it leaves %s to the package', (_, text) => {
  expect(readPlainYaml(text, 0)).toBeUndefined()
})

test('whatever it reads is right, with positions, and what is wrong it leaves', () => {
  let read = 0
  fc.assert(
    fc.property(damaged, (text) => {
      const tree = readPlainYaml(text, start(text))
      if (tree === undefined) return
      read += 1
      expect(tree).toEqual(readYaml(text))
    }),
    { numRuns: 1200 },
  )
  expect(read).toBeGreaterThan(240)
})
