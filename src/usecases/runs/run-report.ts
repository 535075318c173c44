/** Says what became of the functions and roles of a plan that was applied, resumed or undone. */
import { splitFunctionArn, type TracingMode } from '../../core/lambda-function.js'
import type { Plan } from '../../core/plan/plan.js'
import { type Cell, type Report, type ReportedError, report, type Section } from '../../core/report.js'
import type { XtraceError } from '../../errors.js'
import type { StepOutcome } from '../../rollout/step-outcome.js'
import { ACCOUNT_COLUMN, byAccount } from '../account-column.js'
import { type Ending, endingOf } from '../change/ending.js'
import { type ChangeResult, functionOutcomes, outcomeOfSteps } from '../change/function-outcome.js'
import { notDoneSections } from '../change/not-done-sections.js'
import { type RoleChange, roleChanges, roleNotes } from '../change/role-changes.js'
import { reportedError } from '../failed-row.js'
import { aliasNotes } from './alias-notes.js'
import { runNotes, withResume } from './run-advice.js'

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

export const PLAN_AGAIN = 'Make the plan again with --save-plan.'

export interface FinishedRun {
  command: 'apply' | 'resume' | 'undo'
  plan: Plan
  outcomes: ReadonlyMap<string, StepOutcome>
  run?: string
  dryRun?: boolean
  notes?: string[]
  /** Why nothing of the plan was done. */
  refusal?: XtraceError
  /** Something that was asked for is no part of the plan. */
  gaps?: boolean
}

export function runReport(finished: FinishedRun): Report<RunResult> {
  const { command, plan, outcomes, run, dryRun = false } = finished
  const functions = plannedRows(finished)
  const grants = roleChanges(plan, outcomes)
  const incomplete = finished.gaps || grants.some(({ result }) => result === 'failed' || result === 'left')
  const ending = endingOfRun(finished, functions)
  const { error } = ending
  return report(
    command,
    { dryRun, plan: plan.id, run: run ?? null, functions, grants },
    {
      outcome: ending.outcome === 'ok' && incomplete ? 'incomplete' : ending.outcome,
      table: runSections(functions, error),
      notes: [
        ...roleNotes(grants),
        ...aliasNotes(plan, outcomes, dryRun),
        ...leftAloneNotes(finished),
        ...(finished.notes ?? []),
        ...runNotes(run, outcomes, command === 'undo'),
      ],
      ...(error && { error }),
    },
  )
}

function endingOfRun(finished: FinishedRun, functions: PlannedRow[]): Ending {
  const { refusal, command } = finished
  if (refusal) return { outcome: refusal.exit, error: reportedError(refusal) }
  return endingOf([...functions, ...helpedByGrants(finished)], command === 'resume')
}

function plannedRows(finished: FinishedRun): PlannedRow[] {
  const { plan } = finished
  const told = finished.command === 'apply' ? { ...plan, unchanged: [] } : plan
  return [...functionOutcomes(told, finished.outcomes)].map(([arn, outcome]) => {
    const { from = null, to = null, result, error } = outcome
    const { name, account, region } = splitFunctionArn(arn)
    const failure = error && { error: rowError(reportedError(error), result, finished) }
    return { arn, name, account, region, from, to, result, ...failure }
  })
}

/** How they stand now is not known: a saved plan is applied without reading what it leaves alone. */
function leftAloneNotes({ command, plan, refusal }: FinishedRun): string[] {
  const count = plan.unchanged.length
  if (command !== 'apply' || refusal || count === 0) return []
  const [who, were] = count === 1 ? ['1 function', 'was'] : [`${count} functions`, 'were']
  return [`${who} that needed nothing when the plan was made ${were} not looked at again`]
}

/** What became of functions that need nothing but the grant of their role: they count, though they have no row. */
function helpedByGrants({ plan, outcomes, run }: FinishedRun): { result: ChangeResult; error?: ReportedError }[] {
  return plan.steps.flatMap((step) => {
    if (step.kind !== 'grant') return []
    const { result, error } = outcomeOfSteps([step], outcomes)
    return (step.blind ?? []).map(() => ({ result, ...(error && { error: withResume(reportedError(error), run) }) }))
  })
}

/** Of a stale plan the rest is done, or nothing at all: then what to try is said for the whole. */
function rowError(error: ReportedError, result: ChangeResult, { refusal, run }: FinishedRun): ReportedError {
  if (error.code === 'STALE') return { ...error, suggestions: refusal?.suggestions ?? [PLAN_AGAIN] }
  return result === 'refused' ? error : withResume(error, run)
}

/** One function that failed is told of as an error. */
function runSections(rows: PlannedRow[], error: ReportedError | undefined): Section[] {
  if (rows.length === 0 || (error && rows.length === 1)) return []
  const columns = ['FUNCTION', ACCOUNT_COLUMN, 'REGION', 'MODE', 'RESULT']
  return [{ columns, rows: rows.map(cells), ...byAccount(rows, 1) }, ...notDoneSections(rows, error)]
}

function cells({ name, account, region, from, to, result, error }: PlannedRow): Cell[] {
  const mode = from === null || to === null ? '' : `${from} → ${to}`
  const word = error?.code === 'STALE' ? 'stale' : result
  return [{ text: name, tone: 'strong' }, account, region, mode, { text: word, tone: error ? 'bad' : 'good' }]
}
