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

/** JSON.stringify leaves DEL and C1 as they are; a terminal would obey them. */
function stringify(value: unknown): string {
  const text = JSON.stringify(value, null, 2)
  return `${text.replace(/[\u007f-\u009f]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)}\n`
}
