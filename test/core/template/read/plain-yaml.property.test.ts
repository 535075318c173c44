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

test('whatever it reads is right, with positions, and what is wrong it leaves', () => {
  let read = 0
  fc.assert(
    fc.property(damaged, (text) => {
      const tree = readPlainYaml(text, start(text))
      if (tree === undefined) return
      read += 1
      expect(tree).toEqual(readYaml(text))
    }),
    { numRuns: 2000 },
  )
  expect(read).toBeGreaterThan(400)
})
