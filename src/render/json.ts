/** Report → the public JSON object. */
import type { Report, ReportedError } from '../core/report.js'

export function renderJson({ schema, outcome, data, findings, coverage, notes, error }: Report): string {
  if (error) return stringify({ schema, outcome: 'error', error, data, findings, coverage, notes })
  return stringify({ schema, outcome, data, findings, coverage, notes })
}

/** An error with nothing else to report. */
export function renderJsonError(schema: string, error: ReportedError): string {
  return stringify({ schema, outcome: 'error', error })
}

function stringify(value: unknown): string {
  return `${safeJson(value, 2)}\n`
}

/** JSON.stringify leaves DEL and C1 as they are; a terminal would obey them. */
export function safeJson(value: unknown, indent?: number): string {
  const text = JSON.stringify(value, null, indent)
  return text.replace(/[\u007f-\u009f]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
