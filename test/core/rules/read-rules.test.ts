/** A rules file is read as it was meant, whatever YAML would make of its words. */
import { describe, expect, test } from 'vitest'
import { readRules } from '../../../src/core/rules/read-rules.js'
import { BUILT_IN_RULES, type RuleMatch } from '../../../src/core/rules/rules.js'
import { RULES_FILE, withPiece } from './rules-file.js'

const RULES = {
  version: 1,
  regions: ['us-east-1', 'eu-west-1'],
  rules: [
    {
      match: { name: ['legacy-*'] },
      demand: { tracing: 'exempt', reason: 'retired in Q1', expires: '2027-03-31', line: 4 },
    },
    {
      match: {
        tags: [
          { key: 'tier', values: ['gold', 'silver'] },
          { key: 'team', values: ['web'] },
          { key: 'audited', values: [] },
        ],
        runtime: ['nodejs*'],
      },
      demand: { tracing: 'Active', aliases: ['live'], line: 8 },
    },
  ],
  default: { tracing: 'Active', line: 13 },
}

const read = (text: string) => readRules(text, 'xtrace.yml')
/** Of a file with one rule. */
const matchOf = (yaml: string): RuleMatch | undefined =>
  read(`version: 1\nrules:\n  - match: ${yaml}\n    tracing: Active\n`).rules[0]?.match

describe('a whole file', () => {
  test('is read', () => {
    expect(read(RULES_FILE)).toEqual(RULES)
  })

  test.each([
    ['lines that end as on Windows', RULES_FILE.replaceAll('\n', '\r\n')],
    ['a byte order mark', `\ufeff${RULES_FILE}`],
    ['no line end at the end', RULES_FILE.trimEnd()],
    ['the version in quotes', withPiece('version: 1', 'version: "1"')],
    ['the end of the document', `${RULES_FILE}...\n`],
    ['anchors that nobody uses', withPiece('regions: [', 'regions: &where [')],
    ['types that are spelled out', withPiece('[live]', '!!seq [!!str live]')],
    ['a single value where a list may be', withPiece('[live]', 'live')],
    ['an item twice', withPiece('[live]', '[live, live]')],
  ])('is the same with %s', (_, text) => {
    expect(read(text)).toEqual(RULES)
  })

  test('has a reason of one line, however many it was written in', () => {
    const text = withPiece('retired in Q1', '|\n      retired\n\n      in  Q1\n')
    expect(read(text).rules[0]?.demand.reason).toBe('retired in Q1')
  })

  test('may have letters and emoji in a reason that are joined', () => {
    const reason = 'می\u200cخواهم 👩\u200d🔧'
    expect(read(withPiece('retired in Q1', reason)).rules[0]?.demand.reason).toBe(reason)
  })

  test('counts the lines of its head and of comments', () => {
    expect(read(`---\n# rules\n\n${RULES_FILE}`).rules.map(({ demand }) => demand.line)).toEqual([7, 11])
  })

  test('may say next to nothing', () => {
    expect(read('version: 1')).toEqual(BUILT_IN_RULES)
    expect(read('{ "version": 1, "rules": [] }')).toEqual(BUILT_IN_RULES)
    expect(read('version: 1\ndefault: { tracing: PassThrough, reason: it costs }').default).toEqual({
      tracing: 'PassThrough',
      reason: 'it costs',
      line: 2,
    })
  })

  test('may say why in any mode, and exempt without an end', () => {
    const text = withPiece('    expires: 2027-03-31\n', '').replace('aliases: [live]', 'reason: the shop')
    expect(read(text).rules.map(({ demand }) => demand)).toEqual([
      { tracing: 'exempt', reason: 'retired in Q1', line: 4 },
      { tracing: 'Active', reason: 'the shop', line: 7 },
    ])
  })

  test('of 300 rules is read', () => {
    const rules = Array.from({ length: 300 }, (_, at) => `  - match: { name: function-${at} }\n    tracing: Active\n`)
    const last = read(`version: 1\nrules:\n${rules.join('')}`).rules.at(-1)
    expect(last).toEqual({ match: { name: ['function-299'] }, demand: { tracing: 'Active', line: 601 } })
  })
})

describe('a word is what was written', () => {
  test.each<[yaml: string, match: RuleMatch]>([
    ['{ account: 012345678901 }', { account: ['012345678901'] }],
    ['{ account: [012345678901, "123456789012"] }', { account: ['012345678901', '123456789012'] }],
    ['{ name: ["!legacy-*"] }', { name: ['!legacy-*'] }],
    ['{ account: 123456789012 }', { account: ['123456789012'] }],
    ['{ name: 0x1F }', { name: ['0x1F'] }],
    ['{ name: 1e3 }', { name: ['1e3'] }],
    ['{ name: on }', { name: ['on'] }],
    ['{ name: "null" }', { name: ['null'] }],
    ['{ name: a-* # not b\n      }', { name: ['a-*'] }],
    ['{ region: [us-east-1, "eu-*"] }', { region: ['us-east-1', 'eu-*'] }],
    ['{ stack: Shop-* }', { stack: ['Shop-*'] }],
    ['{ runtime: [python3.13, "java*"] }', { runtime: ['python3.13', 'java*'] }],
  ])('%s', (yaml, match) => {
    expect(matchOf(yaml)).toEqual(match)
  })

  test.each<[yaml: string, values: string[]]>([
    ['true', ['true']],
    ['1.10', ['1.10']],
    ['2027-03-31', ['2027-03-31']],
    ['0o17', ['0o17']],
    ['no', ['no']],
    ['"null"', ['null']],
    ['""', ['']],
    ['"a b"', ['a b']],
    ['a/b:c=d@e', ['a/b:c=d@e']],
    ['[true, 1.0, true]', ['true', '1.0']],
    ['"*"', []],
    ["'*'", []],
    ['!!str null', ['null']],
    ['!!str', ['']],
    ['', []],
    ['~', []],
    ['null', []],
  ])('a tag of %s', (yaml, values) => {
    expect(matchOf(`{ tags: { tier: ${yaml} } }`)).toEqual({ tags: [{ key: 'tier', values }] })
  })

  test.each([['constructor'], ['__proto__'], ['aws:cloudformation:stack-name'], ['123'], ['null'], ['Größe'], ['a b']])(
    'a tag key may be %s',
    (key) => {
      expect(matchOf(`{ tags: { ${key}: x } }`)).toEqual({ tags: [{ key, values: ['x'] }] })
    },
  )
})

describe('an alias of YAML', () => {
  test('stands for what was anchored', () => {
    const text = [
      'version: 1',
      'regions: &here [us-east-1]',
      'rules:',
      '  - match: &shop { name: &names ["shop-*", cart], region: *here }',
      '    tracing: Active',
      '  - match: { name: *names }',
      '    tracing: PassThrough',
      '  - match: *shop',
      '    tracing: &why exempt',
      '    reason: *why',
    ].join('\n')
    expect(read(text).rules).toEqual([
      { match: { name: ['shop-*', 'cart'], region: ['us-east-1'] }, demand: { tracing: 'Active', line: 4 } },
      { match: { name: ['shop-*', 'cart'] }, demand: { tracing: 'PassThrough', line: 6 } },
      {
        match: { name: ['shop-*', 'cart'], region: ['us-east-1'] },
        demand: { tracing: 'exempt', reason: 'exempt', line: 8 },
      },
    ])
  })

  test('means the last anchor of its name before it, also within what another stands for', () => {
    const text = [
      'version: 1',
      'rules:',
      '  - { match: { name: &a [one] }, tracing: Active }',
      '  - { match: &m { name: *a }, tracing: Active }',
      '  - { match: { name: &a [two] }, tracing: Active }',
      '  - { match: { name: *a }, tracing: Active }',
      '  - { match: *m, tracing: Active }',
    ].join('\n')
    expect(read(text).rules.map(({ match }) => match.name)).toEqual([['one'], ['one'], ['two'], ['two'], ['one']])
  })
})
