/** One line of a journal: its fields and nothing else, chained to the line before by a check. */
import { createHash } from 'node:crypto'
import type { JournalEntry, RunHeader } from '../../core/run.js'
import {
  errorCode,
  fields,
  flag,
  listOf,
  Malformed,
  numberUpTo,
  objectAt,
  oneOf,
  type Reader,
  recordOf,
  text,
} from '../../core/strict-fields.js'
import { EXIT_STATUSES, type ExitName } from '../../errors.js'

/** The check of the line before the first. */
export const NO_CHECK = ''
const CHECK = /,"check":"([0-9a-f]{12})"\}$/

/** @returns the line without its line break, and its check, which the next line needs */
export function lineOf(content: RunHeader | JournalEntry, before: string): { line: string; check: string } {
  const json = JSON.stringify(onlyKnown(content))
  const check = checkOf(json, before)
  return { line: `${json.slice(0, -1)},"check":"${check}"}`, check }
}

/**
 * Holds against an edit of any byte: the check is taken of the line as it stands, not of what it means.
 * @throws Malformed when the line is not what was written after `before`
 */
export function contentOf(line: string, before: string): { content: unknown; check: string } {
  const check = CHECK.exec(line)?.[1]
  if (check === undefined) throw new Malformed('the line', 'is not one of a journal, or was cut off')
  const json = `${line.slice(0, -`,"check":"${check}"}`.length)}}`
  if (checkOf(json, before) !== check) throw new Malformed('the check', 'does not fit, so the file was edited')
  try {
    return { content: JSON.parse(json), check }
  } catch {
    throw new Malformed('the line', 'is not JSON')
  }
}

function checkOf(json: string, before: string): string {
  return createHash('sha256')
    .update(before + json)
    .digest('hex')
    .slice(0, 12)
}

/** Whatever else the object carries does not reach the disk. */
function onlyKnown(content: RunHeader | JournalEntry): RunHeader | JournalEntry {
  switch (content.type) {
    case 'header': {
      const { type, schema, run, command, plan, startedAt, of, options } = content
      return { type, schema, run, command, plan, startedAt, ...(of !== undefined && { of }), options }
    }
    case 'started':
      return { type: content.type, step: content.step, at: content.at }
    case 'done': {
      const { type, step, at, changed, note } = content
      return { type, step, at, changed, ...(note !== undefined && { note }) }
    }
    case 'failed': {
      const { type, step, at, code, message } = content
      return { type, step, at, code, message }
    }
    case 'ended':
      return { type: content.type, at: content.at, outcome: content.outcome }
  }
}

type EntryOf<T extends JournalEntry['type']> = Extract<JournalEntry, { type: T }>

const step = text()
const at = text()
const entries: { [T in JournalEntry['type']]: Reader<JournalEntry> } = {
  started: fields<EntryOf<'started'>>({ type: oneOf('started'), step, at }),
  done: fields<EntryOf<'done'>>({ type: oneOf('done'), step, at, changed: flag, note: { optional: text() } }),
  failed: fields<EntryOf<'failed'>>({ type: oneOf('failed'), step, at, code: errorCode, message: text() }),
  ended: fields<EntryOf<'ended'>>({
    type: oneOf('ended'),
    at,
    outcome: oneOf(...(Object.keys(EXIT_STATUSES) as ExitName[])),
  }),
}
const entryType = oneOf('started', 'done', 'failed', 'ended')

export const entry: Reader<JournalEntry> = (value, where) =>
  entries[entryType(objectAt(value, where).type, `${where}.type`)](value, where)

const texts = listOf(text())
const number = numberUpTo(Number.MAX_SAFE_INTEGER)

export const header: Reader<RunHeader> = fields<RunHeader>({
  type: oneOf('header'),
  schema: oneOf('xtrace/journal@1'),
  run: text(),
  command: oneOf('enable', 'disable', 'apply', 'undo'),
  plan: text(),
  startedAt: text('a time', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/),
  of: { optional: text() },
  options: recordOf<RunHeader['options'][string]>((value, where) => {
    if (typeof value === 'boolean') return value
    if (typeof value === 'number') return number(value, where)
    return typeof value === 'string' ? value : texts(value, where)
  }),
})
