/** What the reader of an audit should know besides the table. */

import { openGaps } from './gaps.js'
import type { Ledger } from './ledger.js'
import type { AuditRequest } from './request.js'

/** A note on every function would bury the others; JSON has them all. */
const FUNCTION_NOTES = 20

export function auditNotes(request: AuditRequest, ledger: Ledger): string[] {
  return [...unreadNotes(ledger), ...wayNotes(request), ...distinct(ledger.notes), ...functionNotes(ledger)]
}

function unreadNotes({ coverage, counts }: Ledger): string[] {
  const gaps = openGaps(coverage).length
  const accepted = coverage.filter((place) => place.accepted).length
  const unread = `${gaps} of ${coverage.length} regions could not be read in full: this audit says nothing of what is there`
  return [
    ...(gaps > 0 ? [unread] : []),
    ...(accepted > 0 ? [`${accepted} regions that could not be read were accepted beforehand`] : []),
    ...(counts.unknown > 0
      ? [`${counts.unknown} functions are unknown: something that decides could not be read`]
      : []),
  ]
}

function wayNotes({ latestOnly, baseline }: AuditRequest): string[] {
  return [
    ...(latestOnly
      ? ['versions and aliases were not read (--latest-only): what live traffic runs may still be untraced']
      : []),
    ...(baseline ? [`only what has changed since ${baseline.file} is told of`] : []),
  ]
}

/** The same of many accounts: said once. */
function distinct(notes: readonly string[]): string[] {
  return [...new Set(notes)]
}

function functionNotes({ rows }: Ledger): string[] {
  const notes = rows.flatMap((row) => row.notes.map((note) => `${row.name} (${row.region}): ${note}`))
  if (notes.length <= FUNCTION_NOTES) return notes
  return [
    ...notes.slice(0, FUNCTION_NOTES),
    `${notes.length - FUNCTION_NOTES} more notes on functions: --json has them all`,
  ]
}
