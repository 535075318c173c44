/** Says what became of every function that was to be changed, and how the run as a whole ended. */
import { type FunctionRow, functionRow } from '../core/function-row.js'
import { roleNameOf, type TracingMode } from '../core/lambda-function.js'
import type { GrantStep, Plan } from '../core/plan.js'
import { type Cell, type Report, type ReportedError, report, type Section } from '../core/report.js'
import { judge, type Observation } from '../core/verdict.js'
import { EXIT_STATUSES, type ExitName, exitNameOf, XtraceError } from '../errors.js'
import type { StepOutcome } from '../rollout/execute.js'
import { reportedError, type UnreadRow, unreadRow } from './failed-row.js'
import type { Target } from './targets.js'
import { verdictCell } from './verdict-cell.js'

export type ChangeResult = 'created' | 'changed' | 'granted' | 'unchanged' | 'planned' | 'refused' | 'failed' | 'left'

export type ChangedRow = (FunctionRow | UnreadRow) & {
  from: TracingMode | null
  to: TracingMode
  result: ChangeResult
  error?: ReportedError
}

export interface Changed {
  dryRun: boolean
  /** Hash of the plan: the same states give the same id. */
  plan: string
  functions: ChangedRow[]
  grants: Array<{ role: string; how: GrantStep['how']; policy: string; result: 'done' | 'planned' | 'failed' | 'left' }>
}

export interface ChangeRun {
  command: 'enable' | 'disable'
  request: { to: TracingMode; dryRun: boolean }
  targets: Target[]
  plan: Plan
  outcomes: Map<string, StepOutcome>
  /** As they stand after the run. */
  observations: Observation[]
}

export function changeReport(run: ChangeRun): Report<Changed> {
  const functions = run.targets.map((target) => rowOf(target, run))
  const grants = run.plan.steps.filter((step) => step.kind === 'grant').map((step) => grantRow(step, run))
  const { outcome, error } = ending(functions)
  return report(
    run.command,
    { dryRun: run.request.dryRun, plan: run.plan.id, functions, grants },
    {
      outcome,
      table: error && functions.length === 1 ? [] : tableOf(functions),
      notes: [...grants.map(grantNote), ...functions.flatMap(afterwards)],
      ...(error && { error }),
    },
  )
}

function rowOf(target: Target, run: ChangeRun): ChangedRow {
  const { to } = run.request
  if (!target.fn)
    return {
      ...unreadRow(target),
      from: null,
      to,
      result: 'refused',
      ...(target.error && { error: reportedError(target.error) }),
    }
  const { arn, mode: from } = target.fn
  const seen = run.observations.find((one) => one.fn.arn === arn)
  if (!seen) throw new Error(`no observation of ${arn}`)
  const row = { ...functionRow(seen, judge(seen)), from, to }
  const refusal = run.plan.refused.find((one) => one.function === arn)
  if (refusal)
    return { ...row, result: 'refused', error: reportedError(new XtraceError(refusal.code, refusal.because)) }
  if (run.plan.unchanged.some((one) => one.function === arn)) return { ...row, result: 'unchanged' }
  if (run.request.dryRun) return { ...row, result: 'planned' }
  return { ...row, ...resultOf(arn, seen.fn.role, run) }
}

function resultOf(arn: string, role: string, run: ChangeRun): { result: ChangeResult; error?: ReportedError } {
  const set = run.outcomes.get(`setMode:${arn}`)
  const grant = run.plan.steps.find((step) => step.kind === 'grant' && step.role === role)
  const outcome = set ?? (grant && run.outcomes.get(grant.id))
  if (!outcome) throw new Error(`no outcome for ${arn}`)
  if (outcome.status !== 'done') return { result: outcome.status, error: reportedError(outcome.error) }
  if (!set) return { result: 'granted' }
  return { result: outcome.changed ? 'changed' : 'unchanged' }
}

const GOOD: ReadonlySet<ChangeResult> = new Set<ChangeResult>(['created', 'changed', 'granted', 'unchanged', 'planned'])

/** Ctrl-C ends the run whatever else happened. Part done is incomplete; nothing done ends as its failures say, or refused where they differ. */
function ending(rows: ChangedRow[]): { outcome: ExitName; error?: ReportedError } {
  const bad = rows.filter((row) => !GOOD.has(row.result))
  const first = bad[0]?.error
  if (!first) return { outcome: 'ok' }
  const stopped = bad.find((row) => row.error?.code === 'INTERRUPTED')?.error
  if (stopped) return { outcome: 'interrupted', error: stopped }
  if (bad.length < rows.length) return { outcome: 'incomplete' }
  const exits = new Set(bad.map((row) => (row.error ? exitNameOf(row.error.code) : 'fault')))
  const outcome: ExitName = exits.has('credentials')
    ? 'credentials'
    : exits.size === 1
      ? exitNameOf(first.code)
      : 'refused'
  const message =
    bad.length === 1
      ? first.message
      : `None of the ${bad.length} functions could be changed. The first: ${first.message}`
  return { outcome, error: { ...first, message, exit: EXIT_STATUSES[outcome].status } }
}

function tableOf(functions: ChangedRow[]): Section[] {
  const suggestions = new Set(functions.flatMap((row) => row.error?.suggestions ?? []))
  return [
    { columns: ['FUNCTION', 'REGION', 'MODE', 'RESULT', 'VERDICT', 'BECAUSE'], rows: functions.map(cells) },
    { title: 'For what was not done', rows: [...suggestions].map((text) => [{ text: '→', tone: 'dim' }, text]) },
  ]
}

function cells(row: ChangedRow): Cell[] {
  const moved = row.from !== null && row.from !== row.to && GOOD.has(row.result)
  const mode = moved ? `${row.from} → ${row.to}` : (row.from ?? '')
  const tone = GOOD.has(row.result) ? (row.result === 'unchanged' ? 'dim' : 'good') : 'bad'
  const because = row.error?.message ?? row.because
  return [
    { text: row.name, tone: 'strong' },
    row.region,
    mode,
    { text: row.result, tone },
    verdictCell(row.verdict),
    because,
  ]
}

function grantRow(step: GrantStep, run: ChangeRun): Changed['grants'][number] {
  const result = run.request.dryRun ? 'planned' : (run.outcomes.get(step.id)?.status ?? 'left')
  return { role: step.role, how: step.how, policy: step.policy, result }
}

function grantNote(grant: Changed['grants'][number]): string {
  const policy = roleNameOf(grant.policy)
  const role = roleNameOf(grant.role)
  const verb = { done: 'was given', planned: 'would be given', failed: 'could not be given', left: 'was not given' }[
    grant.result
  ]
  return `role ${role} ${verb} ${grant.how === 'managed' ? `the policy ${policy}` : `the inline policy ${policy}`}`
}

/** What is still to do after a change that went well, and what the row's notes say. */
function afterwards(row: ChangedRow): string[] {
  const notes = row.notes.map((note) => `${row.name}: ${note}`)
  if (row.verdict !== 'stale' || !GOOD.has(row.result)) return notes
  return [`${row.name}: ${row.because}; publish a version and move the alias, so that callers are traced`, ...notes]
}
