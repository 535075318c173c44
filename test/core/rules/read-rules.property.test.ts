/** Whatever a rules file holds: it is read, or refused in one harmless line with a place in the file. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { demandOf } from '../../../src/core/rules/match-rules.js'
import { readRules } from '../../../src/core/rules/read-rules.js'
import type { Rules } from '../../../src/core/rules/rules.js'
import { XtraceError } from '../../../src/errors.js'
import { anyCharacter } from '../../support/any-character.js'
import { RULES_FILE } from './rules-file.js'

/** @returns undefined when it was refused as it should be */
function readOrRefused(text: string): Rules | undefined {
  try {
    return readRules(text, 'xtrace.yml')
  } catch (error) {
    if (!(error instanceof XtraceError)) throw error
    expect(error.code).toBe('UNREADABLE_RULES')
    const place = /^xtrace\.yml:(\d+):(\d+): [^\p{Cc}\p{Cs}\u2028\u2029\u202e]{1,500}\.$/u.exec(error.message)
    expect(place, JSON.stringify(error.message)).not.toBeNull()
    const [line, column] = [Number(place?.[1]), Number(place?.[2])]
    const lines = text.replace(/^\ufeff/, '').split('\n')
    expect(line).toBeGreaterThanOrEqual(1)
    expect(line).toBeLessThanOrEqual(lines.length)
    expect(column).toBeGreaterThanOrEqual(1)
    expect(column).toBeLessThanOrEqual((lines[line - 1]?.length ?? 0) + 2)
    return undefined
  }
}

/** What was read can be used, and nothing that the file says was left out. */
function checkWhole(rules: Rules, text: string): void {
  const subject = { name: 'a', region: 'us-east-1', account: '123456789012' }
  expect(demandOf(rules)(subject)).toBeDefined()
  const written: Partial<Rules> = parse(text, { schema: 'failsafe', merge: false })
  const fields = (one: object) => Object.keys(one).sort()
  expect(rules.rules.map(({ match }) => fields(match))).toEqual((written.rules ?? []).map(({ match }) => fields(match)))
  expect(rules.rules.map(({ demand: { line: _, ...demand } }) => fields(demand))).toEqual(
    (written.rules ?? []).map(({ match: _, ...demand }) => fields(demand)),
  )
  expect(fields({ rules: [], default: {}, ...written })).toEqual(fields(rules))
  for (const { match, demand } of rules.rules) {
    expect(Object.values(match).flat().length).toBeGreaterThan(0)
    expect(demand.tracing === 'exempt' ? demand.reason : 'none is needed').toBeTruthy()
  }
}

const sign = fc.constantFrom(
  ...[
    '\n',
    ' ',
    '  ',
    '\t',
    '\r\n',
    ': ',
    ':',
    '- ',
    '-',
    ', ',
    '[',
    ']',
    '{',
    '}',
    '"',
    "'",
    '#',
    ' #',
    '|\n',
    '>',
    '?',
  ],
  ...[
    '&a ',
    '*a',
    '*',
    '!',
    '!!str ',
    '!!map ',
    '%',
    '@',
    '`',
    '~',
    '<<: ',
    '---\n',
    '...\n',
    '\ufeff',
    '\0',
    '\u001b[',
  ],
  ...[
    '\u202e',
    '\ud800',
    '😀',
    '\u2028',
    '\\',
    '\\x',
    '1',
    'version: 1\n',
    'rules:\n',
    'match: ',
    'tracing: ',
    'Active',
  ],
  ...[
    'exempt',
    'reason: x\n',
    'tags: ',
    'name: ',
    'aliases: ',
    'expires: ',
    'default: ',
    'null',
    'us-east-1',
    '\u0018',
  ],
)
const yamlish = fc.array(sign, { maxLength: 40 }).map((signs) => signs.join(''))

test('arbitrary text', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: anyCharacter, maxLength: 60 }), yamlish), (text) => {
      const rules = readOrRefused(text)
      if (rules) checkWhole(rules, text)
    }),
    { numRuns: 250 },
  )
})

test('the rules file with a few pieces cut out, put in or moved', () => {
  const at = fc.nat({ max: RULES_FILE.length })
  const edit = fc.record({ at, cut: fc.nat({ max: 12 }), put: fc.oneof(sign, fc.constant(''), yamlish) })
  const slip = fc.record({ at, cut: fc.constant(1), put: fc.constantFrom('x', '7', '-', 'A', '*') })
  const swap = fc.record({ at, cut: fc.nat({ max: 40 }), from: at })
  let taken = 0
  fc.assert(
    fc.property(fc.array(fc.oneof(edit, slip, swap), { minLength: 1, maxLength: 3 }), (edits) => {
      const text = edits.reduce((before, each) => {
        const put = 'put' in each ? each.put : before.slice(each.from, each.from + each.cut)
        return before.slice(0, each.at) + put + before.slice(each.at + each.cut)
      }, RULES_FILE)
      const rules = readOrRefused(text)
      if (rules) checkWhole(rules, text)
      taken += rules ? 1 : 0
    }),
    { numRuns: 250 },
  )
  expect(taken).toBeGreaterThan(0)
})
