/** Lays a change out for people: a row a function, then what was not done. */
import type { Cell, ReportedError, Section } from '../../core/report.js'
import { ACCOUNT_COLUMN, byAccount } from '../account-column.js'
import { coverageSections } from '../coverage-section.js'
import { unreadSections } from '../unread-section.js'
import { verdictCell } from '../verdict-cell.js'
import type { ChangedRow, ChangeRun } from './changed.js'
import type { ChangeResult } from './function-outcome.js'
import { notDoneSections } from './not-done-sections.js'

/** One function that failed is told of as an error; a dry run shows the plan. */
export function changeSections(run: ChangeRun, functions: ChangedRow[], error: ReportedError | undefined): Section[] {
  const gaps = coverageSections(run.choosing.coverage)
  if (error && functions.length === 1) return gaps
  if (showsPlan(run, functions, error)) return [...run.view, ...unreadSections(functions.flatMap(unread)), ...gaps]
  return [...functionSections(functions, error), ...gaps]
}

/** The plan names the roles too: nobody has to be told of them once more. */
export function showsPlan(run: ChangeRun, functions: ChangedRow[], error: ReportedError | undefined): boolean {
  return run.dryRun && run.view.length > 0 && !(error && functions.length === 1)
}

/** A function that could not be read is no part of the plan. */
function unread({ name, region, mode, error }: ChangedRow) {
  return mode === null && error ? [{ name, region, error }] : []
}

/** The rows of every command that changes functions. */
function functionSections(functions: ChangedRow[], error: ReportedError | undefined): Section[] {
  return [
    {
      columns: ['FUNCTION', ACCOUNT_COLUMN, 'REGION', 'MODE', 'RESULT', 'VERDICT', 'BECAUSE'],
      rows: functions.map(cells),
      ...byAccount(functions, 1),
    },
    ...notDoneSections(functions, error),
  ]
}

function cells(row: ChangedRow): Cell[] {
  const moved = row.from !== null && row.from !== row.to && MOVED.has(row.result)
  const mode = moved ? `${row.from} → ${row.to}` : (row.from ?? '')
  const tone = row.error ? 'bad' : row.result === 'unchanged' ? 'dim' : 'good'
  return [
    { text: row.name, tone: 'strong' },
    row.account ?? '',
    row.region,
    mode,
    { text: row.result, tone },
    verdictCell(row.verdict),
    // Why a function could not be read stands below.
    row.mode === null ? '' : row.because,
  ]
}

const MOVED: ReadonlySet<ChangeResult> = new Set<ChangeResult>(['changed', 'planned'])
