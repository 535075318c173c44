/** Report → one JSON object a line: each function (or run) as in the JSON form, and a last line that says how it ended. */
import type { Report } from '../core/report.js'
import { safeJson } from './json.js'

export function renderNdjson({ schema, outcome, data, coverage, notes, error }: Report): string {
  const end = { event: 'end', schema, outcome: error ? 'error' : outcome, ...(error && { error }), coverage, notes }
  return [...rowsOf(data), end].map(renderLine).join('')
}

export function renderLine(row: unknown): string {
  return `${safeJson(row)}\n`
}

function rowsOf(data: unknown): unknown[] {
  if (typeof data !== 'object' || data === null) return []
  if ('functions' in data && Array.isArray(data.functions)) return data.functions
  if ('runs' in data && Array.isArray(data.runs)) return data.runs
  return [data]
}
