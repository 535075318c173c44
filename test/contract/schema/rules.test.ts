/** The published schema of rules files: an editor accepts whatever xtrace reads, and finds most of what is wrong. */
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { readRules } from '../../../src/core/rules/read-rules.js'
import { XtraceError } from '../../../src/errors.js'
import { faultsOfRules } from './validate.js'

/** A rule in flow style, in a file of its own. */
const rule = (fields: string) => `version: 1\nrules:\n  - { ${fields} }\n`
const matching = (fields: string) => rule(`tracing: Active, match: { ${fields} }`)

function reads(text: string): boolean {
  try {
    readRules(text, 'xtrace.yml')
    return true
  } catch (error) {
    if (error instanceof XtraceError && error.code === 'UNREADABLE_RULES') return false
    throw error
  }
}

const RIGHT: string[] = [
  'version: 1',
  'version: "1"\nrules: []\ndefault: { tracing: PassThrough, reason: traced elsewhere }',
  `version: 1
regions: [us-east-1, eusc-de-east-1, us-gov-west-1]
rules:
  - match: { name: "legacy-*" }
    tracing: exempt
    reason: retired in Q1
    expires: 2027-03-31
  - match: { tags: { tier: [gold, silver] }, runtime: "nodejs*" }
    tracing: Active
    aliases: [live]
default: { tracing: Active }
`,
  'version: 1\nregions: eu-west-1\ndefault: { tracing: Active, aliases: live }',
  rule('tracing: exempt, reason: 2027, match: { name: "*" }'),
  ...[
    'name: 404',
    'name: true',
    'name: [a, "b-*", "{c,d}", "[e-g]?", "!(h|i)"]',
    'name: "!legacy-*"',
    'name: ["!legacy-*"]',
    'runtime: [nodejs22.x, "python3.*"]',
    'stack: "shop-{api,web}"',
    'region: ["eu-*", us-east-1]',
    'account: 123456789012',
    'account: ["012345678901", 123456789012]',
    'tags: { team: web, size: 10, live: true, any: , all: "*", none: "", "a:b c": [x, 1] }',
  ].map(matching),
]

const WRONG: string[] = [
  '',
  'rules: []',
  'version: 2',
  'version: one',
  '[version]',
  'version: 1\nrule: []',
  'version: 1\nrules: {}',
  'version: 1\nrules:',
  'version: 1\nregions: []',
  'version: 1\nregions: everywhere',
  'version: 1\nregions: ["eu-*"]',
  'version: 1\ndefault: {}',
  'version: 1\ndefault: { tracing: Active, match: { name: a } }',
  rule('tracing: Active'),
  rule('match: { name: a }'),
  rule('match: { name: a }, tracing: active'),
  rule('match: { name: a }, tracing: Active, aliasses: live'),
  rule('match: { name: a }, tracing: exempt'),
  rule('match: { name: a }, tracing: exempt, reason: "  "'),
  rule('match: { name: a }, tracing: exempt, reason: [a, b]'),
  rule('match: { name: a }, tracing: exempt, reason: old, aliases: live'),
  rule('match: { name: a }, tracing: exempt, reason: old, expires: 31.3.2027'),
  rule('match: { name: a }, tracing: exempt, reason: old, expires: 2027-13-01'),
  rule('match: { name: a }, tracing: exempt, reason: old, expires: 2027'),
  rule('match: { name: a }, tracing: Active, expires: 2027-03-31'),
  rule('match: { name: a }, tracing: PassThrough, expires: 2027-03-31'),
  rule('match: { name: a }, tracing: PassThrough, aliases: live'),
  rule('match: { name: a }, tracing: Active, aliases: []'),
  rule('match: { name: a }, tracing: Active, aliases: 7'),
  rule('match: { name: a }, tracing: Active, aliases: ["7"]'),
  rule('match: { name: a }, tracing: Active, aliases: "live!"'),
  ...[
    '',
    'names: a',
    'name: ',
    'name: []',
    'name: [a, "!b"]',
    'name: [[a]]',
    'name: "a b"',
    'name: "[!a]"',
    'name: "{1..3}"',
    'runtime: Node',
    'runtime: { a: b }',
    'stack: a_b',
    'region: everywhere',
    'region: us-east',
    'region: US-EAST-1',
    'account: "12345678901"',
    'account: team',
    'account: []',
    'account: -1',
    'tags: { }',
    'tags: team',
    'tags: { "te*m": web }',
    'tags: { team: "w*b" }',
    'tags: { team: [web, "*"] }',
    'tags: { team: [] }',
    'tags: { team: { a: b } }',
    'tags: { "": web }',
  ].map(matching),
]

/** What only xtrace itself finds. */
const BEYOND: string[] = [
  rule('match: { name: a }, tracing: exempt, reason: old, expires: 2027-02-30'),
  matching('name: "a[b"'),
  matching('name: "!"'),
  matching('account: 12'),
]

describe('the schema of rules', () => {
  test.each(RIGHT)('takes, as xtrace does: %s', (text) => {
    expect(faultsOfRules(parse(text))).toEqual([])
    expect(reads(text)).toBe(true)
  })

  test.each(WRONG)('refuses, as xtrace does: %s', (text) => {
    expect(faultsOfRules(parse(text))).not.toEqual([])
    expect(reads(text)).toBe(false)
  })

  test.each(BEYOND)('takes, although xtrace does not: %s', (text) => {
    expect(faultsOfRules(parse(text))).toEqual([])
    expect(reads(text)).toBe(false)
  })
})
