/** What the reader of a change should know besides the table: what is still to do, and how to go on. */
import type { ReportedError } from '../../core/report.js'
import { nothingFound } from '../nothing-found.js'
import { runNotes } from '../runs/run-advice.js'
import { verifiedNotes } from '../verify/verify-change.js'
import { showsPlan } from './change-sections.js'
import type { ChangedRow, ChangeRun } from './changed.js'
import { type RoleChange, roleNotes } from './role-changes.js'

export function changeNotes(
  run: ChangeRun,
  functions: ChangedRow[],
  grants: readonly RoleChange[],
  error: ReportedError | undefined,
): string[] {
  return [
    ...(showsPlan(run, functions, error) ? [] : roleNotes(grants)),
    ...functions.flatMap((row) => afterwards(row, run)),
    ...run.notes,
    ...countNotes(run, functions),
    ...(run.verified ? verifiedNotes(run.verified) : []),
    ...unwrittenNotes(run),
    ...runNotes(run.run, run.outcomes),
  ]
}

/** What is still to do after a change that went well, and what the row's notes say. */
function afterwards(row: ChangedRow, run: ChangeRun): string[] {
  const notes = row.notes.map((note) => `${row.name}: ${note}`)
  if (row.error) return notes
  if (row.verdict === 'stale' && !willPublish(row, run)) {
    return [
      `${row.name}: ${row.because}; publish a version and move the alias (--publish), so that callers are traced`,
      ...notes,
    ]
  }
  const live = row.to === 'PassThrough' ? row.aliases.filter((alias) => alias.mode === 'Active') : []
  return [
    ...live.map(
      (alias) =>
        `${row.name}: alias ${alias.name} serves version ${alias.version}, locked in Active: its callers are traced still`,
    ),
    ...notes,
  ]
}

function willPublish({ arn }: ChangedRow, { dryRun, plan }: ChangeRun): boolean {
  return dryRun && plan.steps.some((step) => 'function' in step && step.function === arn && step.kind !== 'setMode')
}

function countNotes(run: ChangeRun, functions: ChangedRow[]): string[] {
  if (functions.length === 0) return nothingFound(functions, run.choosing.coverage)
  const same = functions.filter((row) => row.result === 'unchanged').length
  return run.dryRun && same > 0 && run.view.length > 0
    ? [`${same} of ${functions.length} functions stay as they are`]
    : []
}

function unwrittenNotes({ unwritten }: ChangeRun): string[] {
  return unwritten === undefined ? [] : [`${unwritten} This change cannot be undone by xtrace.`]
}
