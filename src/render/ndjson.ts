/** Report → one JSON object a line: each function (or run) as in the JSON form, each finding, and how it ended. */
import type { Finding, Report } from '../core/report.js'
import { safeJson } from './json.js'

export function renderNdjson(report: Report): string {
  return [...rowsOf(report.data), ...report.findings.map(findingEvent), endEvent(report)].map(renderLine).join('')
}

export function renderLine(row: unknown): string {
  return `${safeJson(row)}\n`
}

export function findingEvent(finding: Finding): object {
  return { event: 'finding', ...finding }
}

/** Always the last line: a stream without it was cut off. */
export function endEvent({ schema, outcome, data, coverage, notes, error }: Report): object {
  return {
    event: 'end',
    schema,
    outcome: error ? 'error' : outcome,
    ...(error && { error }),
    ...(isObject(data) && 'counts' in data && { counts: data.counts }),
    ...(isObject(data) && 'total' in data && { total: data.total }),
    coverage,
    notes,
  }
}

function rowsOf(data: unknown): unknown[] {
  if (!isObject(data)) return []
  if ('functions' in data && Array.isArray(data.functions)) return data.functions
  if ('runs' in data && Array.isArray(data.runs)) return data.runs
  if ('templates' in data && Array.isArray(data.templates)) return data.templates
  return [data]
}

function isObject(data: unknown): data is object {
  return typeof data === 'object' && data !== null
}
