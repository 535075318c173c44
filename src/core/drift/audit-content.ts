/** Takes the JSON of an audit apart: strict about what a comparison needs, blind to everything else. */
import type { FunctionRow } from '../function-row.js'
import { functionArn } from '../plan/step-shape.js'
import type { Selection } from '../selection.js'
import {
  fields,
  flag,
  listOf,
  Malformed,
  numberUpTo,
  objectAt,
  oneOf,
  type Reader,
  recordOf,
  type Shape,
  text,
} from '../strict-fields.js'
import { VERDICTS } from '../verdict.js'
import type { AliasRoute } from './baseline-changes.js'

export interface AuditContent {
  data: {
    /** `undefined` for one that could not be read. */
    functions: Array<AuditedFunction | undefined>
    /** Absent, or null, where every function was looked at. */
    selection?: AuditedSelection | null
    latestOnly?: boolean
  }
  coverage: { account: string; region: string; status: string }[]
  findings: { id: string; subject: string }[]
}

export interface AuditedFunction extends Pick<FunctionRow, 'arn' | 'mode' | 'verdict' | 'notes'> {
  permission: Pick<FunctionRow['permission'], 'answer'>
  aliases: AliasRoute[]
}

/** Without any of these fields: functions were named one by one. */
export interface AuditedSelection extends Partial<Pick<Selection, 'match' | 'exclude' | 'runtimes'>> {
  tags?: unknown[]
}

/** @throws Malformed, which quotes nothing: it may be the wrong file */
export function readAuditContent(content: string): AuditContent {
  const data = parsed(content)
  if (data === undefined) throw new Malformed('it', whyNotJson(content))
  const wrong = whatIsWrongWithSchema(data)
  if (wrong !== undefined) throw new Malformed('it', wrong)
  return audit(data, 'audit')
}

/** @returns undefined when it is not JSON; the parser's own message quotes the text */
function parsed(content: string): unknown {
  try {
    return JSON.parse(content)
  } catch {
    return undefined
  }
}

function whyNotJson(content: string): string {
  const firstLine = content.slice(0, content.indexOf('\n') + 1)
  return parsed(firstLine) === undefined
    ? 'is not JSON, or was cut off'
    : 'has a JSON text on each line (--format ndjson), and a single one is needed (--json)'
}

function whatIsWrongWithSchema(data: unknown): string | undefined {
  const { schema, outcome } = typeof data === 'object' && data !== null ? (data as Record<string, unknown>) : {}
  const match = typeof schema === 'string' ? /^xtrace\/([a-z -]{1,30})@(\d{1,9})$/.exec(schema) : null
  if (!match) return 'does not say that it is one ("schema": "xtrace/audit@1")'
  const [known, what, release] = match
  if (what !== 'audit') return `is something else (${known})`
  if (release !== '1') return `is of another xtrace (${known}, this one reads xtrace/audit@1)`
  return outcome === 'error' ? 'is of an audit that failed' : undefined
}

/** Like `fields`, whatever other fields there are. */
function someFields<T extends object>(shape: Shape<T>): Reader<T> {
  const read = fields<T>(shape)
  const names = Object.keys(shape)
  return (value, where) => {
    const object = objectAt(value, where)
    const known = names.filter((name) => Object.hasOwn(object, name))
    return read(Object.fromEntries(known.map((name) => [name, object[name]])), where)
  }
}

const auditedFunction = someFields<AuditedFunction>({
  arn: functionArn,
  mode: oneOf('Active', 'PassThrough'),
  verdict: oneOf(...VERDICTS),
  permission: someFields<AuditedFunction['permission']>({ answer: oneOf('yes', 'no', 'unknown') }),
  aliases: listOf(someFields<AliasRoute>({ name: text(), version: text(), weights: recordOf(numberUpTo(1)) })),
  notes: listOf(text()),
})

const globs = { optional: listOf(text('a glob', /^.{1,500}$/)) }
const selection = someFields<AuditedSelection>({
  match: globs,
  exclude: globs,
  runtimes: globs,
  tags: { optional: listOf((tag) => tag) },
})

const audit = someFields<AuditContent>({
  data: someFields<AuditContent['data']>({
    functions: listOf((row, where) => ('error' in objectAt(row, where) ? undefined : auditedFunction(row, where))),
    selection: { optional: (value, where) => (value === null ? null : selection(value, where)) },
    latestOnly: { optional: flag },
  }),
  coverage: listOf(someFields<AuditContent['coverage'][number]>({ account: text(), region: text(), status: text() })),
  findings: listOf(someFields<AuditContent['findings'][number]>({ id: text(), subject: text() })),
})
