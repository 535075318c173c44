/** Report → the public JSON object. */
import type { Report, ReportedError } from '../core/report.js'

export function renderJson(report: Report): string {
  return [...jsonPieces(report)].join('')
}

/** The same bit by bit: of a large report the whole text need not be in memory. */
export function* jsonPieces({ schema, outcome, data, findings, coverage, notes, error }: Report): Iterable<string> {
  const rest = { data, findings, coverage, notes }
  yield* pieces(error ? { schema, outcome: 'error', error, ...rest } : { schema, outcome, ...rest }, DEPTH, '')
  yield '\n'
}

/** An error with nothing else to report. */
export function renderJsonError(schema: string, error: ReportedError): string {
  return `${safeJson({ schema, outcome: 'error', error }, 2)}\n`
}

/** JSON.stringify leaves DEL and C1 as they are; a terminal would obey them. */
export function safeJson(value: unknown, indent?: number): string {
  const text = JSON.stringify(value, null, indent)
  return text.replace(/[\u007f-\u009f]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** The report, its data and its lists are taken apart; what is in the lists is not. */
const DEPTH = 3
const INDENT = '  '

/** The same text as of JSON.stringify with an indent of two. */
function* pieces(value: unknown, depth: number, margin: string): Iterable<string> {
  if (typeof value !== 'object' || value === null || depth === 0) {
    yield safeJson(value, INDENT.length).replaceAll('\n', `\n${margin}`)
    return
  }
  const inside = margin + INDENT
  const [open, close] = Array.isArray(value) ? '[]' : '{}'
  const entries = Object.entries(value).filter(([, one]) => one !== undefined)
  let before = `${open}\n`
  for (const [key, one] of entries) {
    yield before + inside + (Array.isArray(value) ? '' : `${safeJson(key)}: `)
    yield* pieces(one, depth - 1, inside)
    before = ',\n'
  }
  yield entries.length === 0 ? `${open}${close}` : `\n${margin}${close}`
}
