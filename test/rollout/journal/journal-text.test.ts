/** Reading a journal: every line as it was written, or not at all. */
import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { RunHeader } from '../../../src/core/run.js'
import { EXIT_STATUSES, XtraceError } from '../../../src/errors.js'
import { readJournalText } from '../../../src/rollout/journal/journal.js'
import { lineOf, NO_CHECK } from '../../../src/rollout/journal/journal-line.js'
import { anyEntry } from '../../core/run/any-entry.js'
import { done, ended, failed, HEADER, headerOf, PLAN, STEP, started } from '../../core/run/build-run.js'

const ENTRIES = [started(STEP.grant), done(STEP.grant), started(STEP.a), failed(STEP.a), ended]

/** The lines of a journal as its format is described, without the code that is tested. */
function journalText(contents: readonly object[], header: RunHeader = HEADER): string {
  let check = ''
  const lines = [header, ...contents].map((content) => {
    const json = JSON.stringify(content)
    check = createHash('sha256').update(`${check}${json}`).digest('hex').slice(0, 12)
    return `${json.slice(0, -1)},"check":"${check}"}\n`
  })
  return lines.join('')
}

const TEXT = journalText(ENTRIES)

function refusal(text: string): string {
  try {
    readJournalText(text, 'my.ndjson')
  } catch (error) {
    if (error instanceof XtraceError && EXIT_STATUSES[error.exit].status === 2) {
      expect(error.code).toBe('UNREADABLE_RUN')
      return error.message
    }
    throw error
  }
  throw new Error('it was read')
}

test('what was written is read', () => {
  expect(readJournalText(TEXT, 'my.ndjson')).toMatchObject({ header: HEADER, entries: ENTRIES })
  const undo = headerOf(PLAN, { of: 'other', options: {} })
  expect(readJournalText(journalText([], undo), 'my.ndjson')).toMatchObject({ header: undo, entries: [] })
})

test('whatever the entries say', () => {
  fc.assert(
    fc.property(fc.array(anyEntry), (entries) => {
      expect(readJournalText(journalText(entries), 'my.ndjson').entries).toEqual(entries)
    }),
  )
})

test('it ends where the next line goes on', () => {
  const { end } = readJournalText(TEXT, 'my.ndjson')
  expect(end.length).toBe(Buffer.byteLength(TEXT))
  const longer = `${TEXT}${lineOf(started(STEP.b), end.check).line}\n`
  expect(readJournalText(longer, 'my.ndjson').entries).toEqual([...ENTRIES, started(STEP.b)])
})

test('the check is that of the line and of the check before it: today and in every later release', () => {
  expect(lineOf(ended, NO_CHECK)).toEqual({
    line: '{"type":"ended","at":"2026-11-22T17:57:00.000Z","outcome":"incomplete","check":"a9e61b320d18"}',
    check: 'a9e61b320d18',
  })
  expect(lineOf(ended, 'a9e61b320d18').check).not.toBe('a9e61b320d18')
})

test('cut off anywhere, it is an earlier state at the end of a line and refused everywhere else', () => {
  const bytes = Buffer.from(TEXT)
  for (let length = 0; length < bytes.length; length++) {
    const part = bytes.subarray(0, length).toString()
    const lines = part.split('\n').length
    if (part.endsWith('\n')) expect(readJournalText(part, '').entries).toEqual(ENTRIES.slice(0, lines - 2))
    else
      expect(refusal(part)).toMatch(length === 0 ? 'line 1: the file is empty' : `line ${lines}: the line was cut off`)
  }
})

test('whichever byte is changed, its line is named', () => {
  const bytes = Buffer.from(TEXT)
  for (let at = 0; at < bytes.length; at++) {
    for (const bit of [1, 0x20, 0x80]) {
      const changed = Buffer.from(bytes)
      changed[at] = (changed[at] ?? 0) ^ bit
      const line = bytes.subarray(0, at).toString().split('\n').length
      expect(refusal(changed.toString())).toContain(`line ${line}: `)
    }
  }
})

describe('lines', () => {
  const lines = TEXT.trimEnd().split('\n')
  const without = (index: number) => lines.toSpliced(index, 1)

  test.each<[what: string, edited: string[], line: number]>([
    ['taken out', without(2), 3],
    ['the first one taken out', without(0), 1],
    ['twice', lines.toSpliced(2, 0, lines[2] ?? ''), 4],
    ['exchanged', lines.toSpliced(1, 2, lines[2] ?? '', lines[1] ?? ''), 2],
    ['an empty one put in', lines.toSpliced(2, 0, ''), 3],
    ['with Windows line ends', lines.map((line) => `${line}\r`), 1],
    ['of another journal', [...lines, lineOf(ended, '').line], 7],
  ])('%s: refused', (_, edited, line) => {
    expect(refusal(`${edited.join('\n')}\n`)).toContain(`my.ndjson cannot be used, line ${line}: `)
  })
})

test.each([
  ['binary', '\u0000\u0001\ufffd\n'],
  ["somebody's credentials", '[default]\naws_secret_access_key = wJalrXUtnFEMI\n'],
  ['other JSON', '{"schema":"xtrace/plan@1"}\n'],
])('%s is refused, without being quoted', (_, text) => {
  expect(refusal(text)).toBe('my.ndjson cannot be used, line 1: the line is not one of a journal, or was cut off.')
})

test('a byte order mark is an edit', () => {
  expect(refusal(`\ufeff${TEXT}`)).toContain('line 1: the check does not fit, so the file was edited')
})

test('a newer journal is refused as such, however it takes its checks', () => {
  expect(refusal('{"type":"header","schema":"xtrace/journal@2","sum":"1"}\nzzz')).toContain(
    'a newer xtrace (xtrace/journal@2)',
  )
  expect(refusal(TEXT.replace('journal@1', 'journal@2'))).toContain('a newer xtrace')
})

test.each<[what: string, content: object, why: string]>([
  ['a field more', { ...started(STEP.a), environment: {} }, 'entry.environment is not a field'],
  ['a field less', { type: 'started', at: '' }, 'entry.step is missing'],
  ['an unknown type', { type: 'undone', at: '' }, 'entry.type is not started or'],
  ['a second header', HEADER, 'entry.type is not started or'],
  ['an unknown code', { ...failed(STEP.a), code: 'ODD' }, 'entry.code is not a code'],
  ['an unknown outcome', { ...ended, outcome: 'fine' }, 'entry.outcome is not ok or'],
  ['a wrong type', { ...done(STEP.a), changed: 'yes' }, 'entry.changed is not true or false'],
])('%s is refused even with a check that fits', (_, content, why) => {
  expect(refusal(journalText([content]))).toContain(`line 2: ${why}`)
})

test('a line that is no JSON is refused even with a check that fits', () => {
  const json = '{"type":started}'
  const [head = ''] = TEXT.split('\n')
  const before = /"check":"([0-9a-f]{12})"\}$/.exec(head)?.[1] ?? ''
  const check = createHash('sha256').update(`${before}${json}`).digest('hex').slice(0, 12)
  expect(refusal(`${head}\n${json.slice(0, -1)},"check":"${check}"}\n`)).toContain('line 2: the line is not JSON')
})
