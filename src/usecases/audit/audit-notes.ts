/** What the reader of an audit should know besides the table. */
import { selectsAll } from '../../core/selection.js'
import { nothingFound } from '../nothing-found.js'
import { openGaps } from './gaps.js'
import type { Ledger } from './ledger.js'
import type { AuditRequest } from './request.js'

/** A note on every function would bury the others; JSON has them all. */
const FUNCTION_NOTES = 20

export function auditNotes(request: AuditRequest, ledger: Ledger): string[] {
  return [
    ...unreadNotes(ledger),
    ...wayNotes(request, ledger),
    ...distinct(ledger.notes),
    ...(request.source.kind === 'lambda' ? functionNotes(ledger) : []),
  ]
}

function unreadNotes({ accounts, coverage, counts, places, unread }: Ledger): string[] {
  // Where nothing at all was read, the first is the error of the report.
  const named = places.size === 0 ? unread.slice(1) : unread
  const gaps = openGaps(coverage).length
  const accepted = coverage.filter((place) => place.accepted).length
  const inPart = `${gaps} of ${coverage.length} ${accounts.size > 1 ? 'places' : 'regions'} could not be read in full: this audit does not say all of what is there`
  return [
    ...named.map(({ name, region, error }) => `${name} (${region}) was not read: ${error.message}`),
    ...(gaps > 0 ? [inPart] : []),
    ...(accepted > 0 ? [`${accepted} regions that could not be read were accepted beforehand`] : []),
    ...(counts.unknown > 0
      ? [`${counts.unknown} functions are unknown: something that decides could not be read`]
      : []),
  ]
}

function wayNotes(
  { latestOnly, baseline, choice }: AuditRequest,
  { places, unread, coverage, beyondBaseline }: Ledger,
): string[] {
  const selected = 'selection' in choice && !selectsAll(choice.selection)
  return [
    ...(selected ? nothingFound([...places.keys(), ...unread], coverage) : []),
    ...(latestOnly && 'selection' in choice
      ? ['versions and aliases were not read (--latest-only): what live traffic runs may still be untraced']
      : []),
    ...(baseline ? [`what is found is what has changed since ${baseline.file}`] : []),
    ...(beyondBaseline > 0
      ? [`${beyondBaseline} functions are not in what the baseline looked at: they are held against the rules alone`]
      : []),
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
