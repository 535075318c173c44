/** JSON as a tree: the same as JSON.parse finds, with positions, and the place of whatever is wrong. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Node } from '../../../../src/core/template/read/node.js'
import { readJson } from '../../../../src/core/template/read/read-json.js'

/** Back to what JSON.parse makes, from the places in the text. */
function parsed(node: Node, text: string): unknown {
  if (node.kind === 'list') return node.items.map((item) => parsed(item, text))
  if (node.kind === 'map')
    return Object.fromEntries(node.entries.map(({ key, value }) => [key.text, parsed(value, text)]))
  return JSON.parse(text.slice(node.start, node.end))
}

test('every JSON is read, however it is spaced', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(undefined, 1, 4, '\t'), (value, indent) => {
      const text = ` \r\n${JSON.stringify(value, null, indent)}\n`
      expect(parsed(readJson(text, 0), text)).toEqual(JSON.parse(text))
    }),
    { numRuns: 500 },
  )
})

test('escapes are decoded', () => {
  const node = readJson('{"a\\u0062": "c\\\\\\"\\n"}', 0)
  expect(
    node.kind === 'map' && node.entries.map(({ key, value }) => [key.text, value.kind === 'scalar' && value.text]),
  ).toEqual([['ab', 'c\\"\n']])
})

describe('what is wrong', () => {
  test.each([
    ['', 0, 'the file ends where a value should be'],
    ['{', 1, 'the file ends where a key in double quotes should be'],
    ['{"a" 1}', 5, '"1" where ":" should be'],
    ['{"a": }', 6, '"}" where a value should be'],
    ['{"a": 1 "b": 2}', 8, 'a text in quotes where "," or "}" should be'],
    ['{"a": 1,}', 8, '"}" where a key in double quotes should be'],
    ["{'a': 1}", 1, `"'a'" where a key in double quotes should be`],
    ['[1 2]', 3, '"2" where "," or "]" should be'],
    ['[01]', 1, '"01" where a value should be'],
    ['[nul]', 1, '"nul" where a value should be'],
    ['["a\nb"]', 3, 'a line end or control character inside a text'],
    ['["a', 1, 'a text in quotes that does not end'],
    ['["\\x"]', 1, 'a text with an escape that JSON does not know'],
    ['{"a": 1, "a": 2}', 9, 'the key "a" stands twice in one mapping'],
    ['{} {}', 3, '"{" where the end of the file should be'],
    ['['.repeat(100_000), 201, 'nested more than 200 levels deep'],
  ])('%j', (text, offset, message) => {
    expect(() => readJson(text, 0)).toThrow(expect.objectContaining({ message, offset }))
  })
})
