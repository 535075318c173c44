/** Every file that xtrace reads, when it is hostile, damaged or another one: read, or refused in one line, and soon. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readBaseline } from '../../src/core/drift/baseline.js'
import { readPlanText } from '../../src/core/plan/plan-file.js'
import { demandOf } from '../../src/core/rules/match-rules.js'
import { readRules } from '../../src/core/rules/read-rules.js'
import { checkTemplate } from '../../src/core/template/check-template.js'
import { fixTemplate } from '../../src/core/template/fix-template.js'
import { readTemplate } from '../../src/core/template/read-template.js'
import type { ErrorCode } from '../../src/errors.js'
import { readJournalText } from '../../src/rollout/journal/journal.js'
import { BASELINE, type GoodFile, JOURNAL, RULES, SAVED_PLAN, TEMPLATE, YAML_TEMPLATE } from './good-files.js'
import { HOSTILE_FILES } from './hostile-files.js'
import { mangledJson, mangledText } from './mangled.js'
import { readOrRefused } from './refusal.js'
import { PATIENCE, runs } from './runs.js'

interface FileReader {
  code: ErrorCode
  /** Reads it, and uses what was read. */
  read(text: string): unknown
  good: GoodFile
}

const FUNCTION = { name: 'a', region: 'us-east-1', account: '123456789012' }

const READERS: Readonly<Record<string, FileReader>> = {
  rules: { code: 'UNREADABLE_RULES', read: (text) => demandOf(readRules(text, 'xtrace.yml'))(FUNCTION), good: RULES },
  plan: { code: 'UNREADABLE_PLAN', read: (text) => readPlanText(text, 'plan.json'), good: SAVED_PLAN },
  journal: { code: 'UNREADABLE_RUN', read: (text) => readJournalText(text, 'journal.ndjson'), good: JOURNAL },
  baseline: { code: 'UNREADABLE_BASELINE', read: (text) => readBaseline(text, 'baseline.json'), good: BASELINE },
  template: { code: 'UNREADABLE_TEMPLATE', read: checkedAndFixed, good: TEMPLATE },
  'YAML template': { code: 'UNREADABLE_TEMPLATE', read: checkedAndFixed, good: YAML_TEMPLATE },
}

/** What a fix writes can be read again. */
function checkedAndFixed(text: string): void {
  const template = readTemplate(text, 'template.yml')
  const parameters = new Map([['Mode', 'Active']])
  checkTemplate(template, parameters)
  const fixed = fixTemplate(template, { to: 'Active', perFunction: false, parameters })
  expect(() => checkTemplate(readTemplate(fixed.text, 'template.yml'), parameters)).not.toThrow()
}

const SIGNS = [
  ...[
    '{',
    '}',
    '[',
    ']',
    '"',
    "'",
    ',',
    ':',
    ': ',
    '\n',
    '\r\n',
    '\t',
    '- ',
    '  ',
    '&a ',
    '*a',
    '!Ref ',
    '<<: ',
    '|',
    '#',
  ],
  ...[
    'null',
    '1e400',
    '-0',
    '__proto__',
    '\\u0000',
    '\u0000',
    '\ufeff',
    '\ud800',
    '\u202e',
    '\u2028',
    '---\n',
    '\\',
    '%',
    '~',
  ],
]

describe.each(Object.entries(READERS))('%s', PATIENCE, (_, { code, read, good }) => {
  test.each(Object.entries(HOSTILE_FILES))('%s', (_, text) => {
    readOrRefused(code, () => read(text))
  })

  test('what is good is read', () => {
    for (const text of [good.text, good.textOf(good.content)]) expect(() => read(text)).not.toThrow()
  })

  test('what is damaged', () => {
    fc.assert(
      fc.property(mangledText(good.text, SIGNS), (text) => {
        readOrRefused(code, () => read(text))
      }),
      runs(60),
    )
  })

  test('what holds other values', () => {
    fc.assert(
      fc.property(mangledJson(good.content), (content) => {
        readOrRefused(code, () => read(good.textOf(content)))
      }),
      runs(60),
    )
  })
})
