/** Says what became of the functions and roles of a plan that was applied, resumed or undone. */
import { splitFunctionArn, type TracingMode } from '../core/lambda-function.js'
import type { Plan } from '../core/plan.js'
import { type Cell, type Report, type ReportedError, report, type Section } from '../core/report.js'
import type { StepOutcome } from '../rollout/step-outcome.js'
import { ACCOUNT_COLUMN, byAccount } from './account-column.js'
import { aliasNotes } from './alias-notes.js'
import { type RoleChange, roleChanges, roleNotes, withResume } from './change-report.js'
import { endingOf } from './ending.js'
import { reportedError } from './failed-row.js'
import { type ChangeResult, functionOutcomes } from './function-outcome.js'
import { notDoneSections } from './not-done-sections.js'

export interface PlannedRow {
  arn: string
  name: string
  account: string
  region: string
  from: TracingMode | null
  to: TracingMode | null
  result: ChangeResult
  error?: ReportedError
}

export interface RunResult {
  dryRun: boolean
  plan: string
  /** Id of the run; null when nothing was done. */
  run: string | null
  functions: PlannedRow[]
  grants: RoleChange[]
}

export interface FinishedRun {
  command: 'apply' | 'resume' | 'undo'
  plan: Plan
  outcomes: ReadonlyMap<string, StepOutcome>
  run?: string
  dryRun?: boolean
  notes?: string[]
}

export function runReport(finished: FinishedRun): Report<RunResult> {
  const { command, plan, outcomes, run, dryRun = false } = finished
  const functions = plannedRows(plan, outcomes)
  const grants = roleChanges(plan, outcomes)
  const broken = grants.filter((grant) => grant.result === 'failed' || grant.result === 'left')
  const ending = endingOf(functions)
  const unfinished = ending.outcome !== 'ok' || broken.length > 0
  const resume = unfinished && run !== undefined ? [`run ${run}: go on with xtrace resume ${run}`] : []
  return report(
    command,
    { dryRun, plan: plan.id, run: run ?? null, functions, grants },
    {
      outcome: ending.outcome === 'ok' && broken.length > 0 ? 'incomplete' : ending.outcome,
      table: runSections(functions),
      notes: [...roleNotes(grants), ...aliasNotes(plan, outcomes, dryRun), ...(finished.notes ?? []), ...resume],
      ...(ending.error && { error: withResume(ending.error, run) }),
    },
  )
}

function plannedRows(plan: Plan, outcomes: ReadonlyMap<string, StepOutcome>): PlannedRow[] {
  return [...functionOutcomes(plan, outcomes)].map(([arn, { from, to, result, error }]) => {
    const { name, account, region } = splitFunctionArn(arn)
    const failure = error && { error: reportedError(error) }
    return { arn, name, account, region, from: from ?? null, to: to ?? null, result, ...failure }
  })
}

function runSections(rows: PlannedRow[]): Section[] {
  if (rows.length === 0) return []
  const columns = ['FUNCTION', ACCOUNT_COLUMN, 'REGION', 'MODE', 'RESULT']
  return [{ columns, rows: rows.map(cells), ...byAccount(rows, 1) }, ...notDoneSections(rows)]
}

function cells({ name, account, region, from, to, result, error }: PlannedRow): Cell[] {
  const mode = from === null || to === null ? '' : `${from} → ${to}`
  return [{ text: name, tone: 'strong' }, account, region, mode, { text: result, tone: error ? 'bad' : 'good' }]
}
