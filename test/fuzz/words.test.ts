/** The small words of the command line: taken, or refused as wrong usage, and no pattern takes long to match. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { gapsOf } from '../../src/cli/flags/audit-flags.js'
import { accountId, regionName } from '../../src/cli/flags/place-flags.js'
import { parametersOf } from '../../src/cli/flags/template-flags.js'
import { anyGlob, FUNCTION_NAME, faultOfGlob, isGlob } from '../../src/core/glob.js'
import { atLeast, atMost, limitText, parseLimit } from '../../src/core/limit.js'
import { parseDocument } from '../../src/core/policy/document.js'
import { traceWritePermission } from '../../src/core/policy/permission.js'
import { trusts } from '../../src/core/policy/trust.js'
import { carriesTags, tagFilters } from '../../src/core/selection.js'
import type { ErrorCode } from '../../src/errors.js'
import { role } from '../core/policy/build-role.js'
import { anyCharacter } from '../support/any-character.js'
import { mangledJson } from './mangled.js'
import { expectRefusal, readOrRefused } from './refusal.js'
import { PATIENCE, runs } from './runs.js'

const pieces = fc.constantFrom(
  ...[
    '0',
    '1',
    '12',
    '999999999',
    '%',
    '.',
    '-',
    ',',
    '=',
    '/',
    ' ',
    '*',
    '?',
    '[',
    ']',
    '[!',
    '{',
    '}',
    '(',
    ')',
    '!',
  ],
  ...['+', '@', '|', '^', '\\', 'a', 'us-east-1', '111122223333', '__proto__', '\u0000', '\ud800', '\u202e', '𝟙', '١'],
)
const anyWord = fc.oneof(
  fc.array(pieces, { maxLength: 12 }).map((list) => list.join('')),
  fc.string({ unit: anyCharacter, maxLength: 40 }),
  fc.constantFrom('', '*'.repeat(5_000), '('.repeat(5_000), '['.repeat(5_000), '{a,'.repeat(2_000), '?'.repeat(5_000)),
)

/** The word as it was given stands in the message; what a terminal would obey is taken out when it is printed. */
function takenOrUsage<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    const code: ErrorCode = 'USAGE'
    expect(error).toMatchObject({ name: 'XtraceError', code })
    return undefined
  }
}

describe('words', PATIENCE, () => {
  test('a limit is a number or a share, and its text is one again', () => {
    fc.assert(
      fc.property(anyWord, fc.nat(20_000), (word, total) => {
        const limit = takenOrUsage(() => parseLimit(word, '--waves'))
        if (!limit) return
        expect(parseLimit(limitText(limit), '--waves')).toEqual(limit)
        expect(atMost(limit, total)).toBeLessThanOrEqual(atLeast(limit, total))
        expect(atMost(limit, total)).toBeGreaterThanOrEqual(0)
      }),
      runs(300),
    )
  })

  test('a glob is refused, or matches any name in no time', () => {
    fc.assert(
      fc.property(anyWord, (word) => {
        const fault = faultOfGlob(word, FUNCTION_NAME)
        if (fault !== undefined) {
          expect(fault).toMatch(/^[ -~]+$/)
          return
        }
        const begun = performance.now()
        const matches = anyGlob([word])
        for (const name of ['a', 'a'.repeat(64), 'ab'.repeat(32), 'a-1_2.3'.repeat(9)]) {
          if (!isGlob(word)) expect(matches(name)).toBe(name === word)
          else expect(matches(name)).toBeTypeOf('boolean')
        }
        expect(performance.now() - begun).toBeLessThan(1_000)
      }),
      runs(400),
    )
  })

  test('regions, accounts, gaps and parameters', () => {
    fc.assert(
      fc.property(anyWord, (word) => {
        takenOrUsage(() => expect(regionName(word)).toBe(word))
        takenOrUsage(() => expect(accountId(word)).toMatch(/^[0-9]{12}$/))
        const gaps = takenOrUsage(() => gapsOf([word]))
        if (gaps) expect(gaps).toHaveLength(1)
        const parameters = takenOrUsage(() => parametersOf([word]))
        if (parameters) expect([...parameters].map(([key, value]) => `${key}=${value}`)).toEqual([word])
      }),
      runs(300),
    )
  })

  test('a tag filter never holds for tags that do not have its key', () => {
    fc.assert(
      fc.property(fc.array(anyWord, { maxLength: 4 }), (words) => {
        const filters = tagFilters(words)
        expect(carriesTags({}, filters)).toBe(filters.length === 0)
      }),
      runs(200),
    )
  })
})

const STATEMENT = {
  Sid: 's',
  Effect: 'Allow',
  Action: ['xray:Put*'],
  Resource: '*',
  Condition: { Bool: { a: 'true' } },
}
const DOCUMENT = { Version: '2012-10-17', Statement: [STATEMENT, { Effect: 'Deny', NotAction: 's3:*', Resource: '*' }] }

describe('policies', PATIENCE, () => {
  const hostile = [
    '*'.repeat(2_000),
    `${'*a'.repeat(500)}b`,
    '?'.repeat(2_000),
    '${'.repeat(1_000),
    '%7B'.repeat(1_000),
    '%',
    '['.repeat(2_000),
    JSON.stringify({ Statement: { Effect: 'Allow', Action: `xray:${'*P'.repeat(300)}`, Resource: '*' } }),
  ]
  const anyDocument = fc.oneof(
    mangledJson(DOCUMENT),
    mangledJson(DOCUMENT).map((document) => JSON.stringify(document)),
    mangledJson(DOCUMENT).map((document) => encodeURIComponent(JSON.stringify(document))),
    fc.constantFrom(...hostile),
  )

  test('whatever a role holds there is an answer, and one without a good statement is never yes', () => {
    fc.assert(
      fc.property(fc.array(anyDocument, { maxLength: 4 }), fc.boolean(), (documents, bounded) => {
        const policies = documents.map((document, index) => ({
          source: 'inline' as const,
          name: `p${index}`,
          document,
        }))
        const boundary = bounded && { boundary: { source: 'managed' as const, name: 'b', document: documents[0] } }
        const permission = readOrRefused('FAULT', () =>
          traceWritePermission({ ...role([]), policies, ...boundary }, { region: 'us-east-1' }),
        )
        if (!permission) throw new Error('there was no answer')
        expect(permission.because).not.toBe('')
        const readable = documents.some((document) => 'statements' in parseDocument(document))
        if (!readable) expect(permission.answer).not.toBe('yes')
        for (const document of documents) {
          const understood = 'statements' in parseDocument(document)
          expect(trusts(document, 'lambda.amazonaws.com') !== undefined).toBe(understood)
        }
      }),
      runs(200),
    )
  })
})

test('what the law calls a refusal is one', () => {
  expect(() => expectRefusal(new TypeError('no'), 'USAGE')).toThrow('no')
})
