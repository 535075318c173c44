/** Says what became of every function that was to be changed, and how the run as a whole ended. */
import { type Report, type ReportedError, report } from '../../core/report.js'
import type { ExitName } from '../../errors.js'
import { reportedError } from '../failed-row.js'
import { isUnfinished, withResume } from '../runs/run-advice.js'
import type { VerifiedRow } from '../verify/request.js'
import { proofSections } from '../verify/sections.js'
import { changeFindings, unprovedError, verifiedOutcome } from '../verify/verify-change.js'
import { changeNotes } from './change-notes.js'
import { changeSections } from './change-sections.js'
import type { Changed, ChangedRow, ChangeRun } from './changed.js'
import { changedRows } from './changed-rows.js'
import { endingOf } from './ending.js'
import { type RoleChange, roleChanges } from './role-changes.js'

export function changeReport(run: ChangeRun): Report<Changed> {
  const functions = changedRows(run)
  const grants = roleChanges(run.plan, run.outcomes)
  const ending = endingOf(functions)
  const changed = ending.outcome === 'ok' ? besides(run, grants) : ending.outcome
  const proved = functions.filter(isProved)
  const findings = run.verified ? changeFindings(run.observations, run.verified, run.roles) : []
  const proofEnds = changed === 'ok' || run.verified?.failure?.code === 'INTERRUPTED'
  return report(
    run.command,
    { dryRun: run.dryRun, plan: run.plan.id, run: run.run ?? null, functions, grants },
    {
      outcome: run.verified && proofEnds ? verifiedOutcome(run.verified, proved) : changed,
      table: [
        ...changeSections(run, functions, ending.error),
        ...(proved.length > 0 ? proofSections(proved, [], [], findings) : []),
      ],
      findings,
      coverage: run.choosing.coverage,
      notes: changeNotes(run, functions, grants, ending.error),
      ...(ending.error && { error: ending.error }),
      ...stoppedProof(run, changed),
    },
  )
}

/** Where every function ended well: what else speaks against a whole success. */
function besides(run: ChangeRun, grants: readonly RoleChange[]): ExitName {
  const gaps = run.choosing.coverage.some((place) => place.status !== 'read')
  const broken = grants.some((grant) => grant.result === 'failed' || grant.result === 'left')
  if (gaps || broken) return 'incomplete'
  return run.dryRun && run.detailedExit && run.plan.steps.length > 0 ? 'drift' : 'ok'
}

function isProved(row: ChangedRow): row is ChangedRow & VerifiedRow {
  return row.proof !== undefined
}

/** Ctrl-C while traces are waited for ends the command, also where the change itself is not whole. */
function stoppedProof(run: ChangeRun, changed: ExitName): { error?: ReportedError } {
  const failure = run.verified?.failure
  if (!run.verified || !failure || (changed !== 'ok' && failure.code !== 'INTERRUPTED')) return {}
  if (!isUnfinished(run.outcomes)) return unprovedError(run.verified)
  return { error: withResume(reportedError(failure), run.run) }
}
