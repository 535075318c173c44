/** Says what became of every function that was to be changed, and how the run as a whole ended. */
import { accountOfArn } from '../../core/arn.js'
import { type FunctionRow, functionRow } from '../../core/function-row.js'
import { roleNameOf, type TracingMode } from '../../core/lambda-function.js'
import type { GrantStep, Plan, RevokeStep } from '../../core/plan/plan.js'
import type { Role } from '../../core/policy/role.js'
import { type Cell, type Report, type ReportedError, report, type Section } from '../../core/report.js'
import { judge, type Observation } from '../../core/verdict.js'
import type { ExitName } from '../../errors.js'
import type { StepOutcome } from '../../rollout/step-outcome.js'
import { ACCOUNT_COLUMN, byAccount } from '../account-column.js'
import { coverageSections } from '../coverage-section.js'
import { reportedError, type UnreadRow, unreadRow } from '../failed-row.js'
import { nothingFound } from '../nothing-found.js'
import type { Choosing } from '../read/choose.js'
import { isUnfinished, runNotes, withResume } from '../runs/run-advice.js'
import { unreadSections } from '../unread-section.js'
import { verdictCell } from '../verdict-cell.js'
import { proofRow } from '../verify/proof-row.js'
import type { ProofRow, VerifiedRow } from '../verify/request.js'
import { proofSections } from '../verify/sections.js'
import {
  changeFindings,
  unprovedError,
  type VerifiedChange,
  verifiedNotes,
  verifiedOutcome,
} from '../verify/verify-change.js'
import { endingOf } from './ending.js'
import { type ChangeResult, type FunctionOutcome, functionOutcomes, outcomeOfSteps } from './function-outcome.js'
import { notDoneSections } from './not-done-sections.js'

export type ChangedRow = (FunctionRow | UnreadRow) & {
  from: TracingMode | null
  to: TracingMode
  result: ChangeResult
  error?: ReportedError
  /** Whether traces arrive, where that was asked for. */
  proof?: ProofRow
}

export interface RoleChange {
  role: string
  how: GrantStep['how']
  policy: string
  change: 'grant' | 'revoke'
  result: 'done' | 'planned' | 'failed' | 'left'
}

export interface Changed {
  dryRun: boolean
  /** Hash of the plan: the same states give the same id. */
  plan: string
  /** Id of the run, for `xtrace undo`; null when nothing was done. */
  run: string | null
  functions: ChangedRow[]
  grants: RoleChange[]
}

export interface ChangeRun {
  command: 'enable' | 'disable'
  to: TracingMode
  dryRun: boolean
  detailedExit: boolean
  choosing: Choosing
  plan: Plan
  /** The plan as it is shown before it is carried out. */
  view: Section[]
  run?: string
  unwritten?: string
  outcomes: ReadonlyMap<string, StepOutcome>
  /** As they stand after the run. */
  observations: Observation[]
  /** ARN → role, of those that were read. */
  roles: ReadonlyMap<string, Role>
  /** Present where traces were to be proved. */
  verified?: VerifiedChange
  notes: string[]
}

export function changeReport(run: ChangeRun): Report<Changed> {
  const byFunction = functionOutcomes(run.plan, run.outcomes)
  const before = new Map(run.choosing.chosen.map(({ fn }) => [fn.arn, fn.mode]))
  const functions = [
    ...run.observations.map((seen) => rowOf(seen, before.get(seen.fn.arn) ?? seen.fn.mode, byFunction, run)),
    ...run.choosing.unread.map((target): ChangedRow => {
      const error = target.error && { error: reportedError(target.error) }
      return { ...unreadRow(target), from: null, to: run.to, result: 'refused', ...error }
    }),
  ]
  const grants = roleChanges(run.plan, run.outcomes)
  const gaps = run.choosing.coverage.some((place) => place.status !== 'read')
  const ending = endingOf(functions)
  const broken = grants.some((grant) => grant.result === 'failed' || grant.result === 'left')
  const pending = run.dryRun && run.detailedExit && run.plan.steps.length > 0
  const changed = ending.outcome === 'ok' ? (gaps || broken ? 'incomplete' : pending ? 'drift' : 'ok') : ending.outcome
  const proved = functions.filter(isProved)
  const findings = run.verified ? changeFindings(run.observations, run.verified, run.roles) : []
  const proofEnds = changed === 'ok' || run.verified?.failure?.code === 'INTERRUPTED'
  const outcome = run.verified && proofEnds ? verifiedOutcome(run.verified, proved) : changed
  return report(
    run.command,
    { dryRun: run.dryRun, plan: run.plan.id, run: run.run ?? null, functions, grants },
    {
      outcome,
      table: [
        ...tableOf(run, functions, ending.error),
        ...(proved.length > 0 ? proofSections(proved, [], [], findings) : []),
      ],
      findings,
      coverage: run.choosing.coverage,
      notes: [
        ...roleNotes(grants),
        ...functions.flatMap(afterwards),
        ...run.notes,
        ...countNotes(run, functions),
        ...(run.verified ? verifiedNotes(run.verified) : []),
        ...unwrittenNotes(run),
        ...runNotes(run.run, run.outcomes),
      ],
      ...(ending.error && { error: ending.error }),
      ...stoppedProof(run, changed),
    },
  )
}

function countNotes(run: ChangeRun, functions: ChangedRow[]): string[] {
  if (functions.length === 0) return nothingFound(functions, run.choosing.coverage)
  const same = functions.filter((row) => row.result === 'unchanged').length
  return run.dryRun && same > 0 && run.view.length > 0
    ? [`${same} of ${functions.length} functions stay as they are`]
    : []
}

/** One function that failed is told of as an error; a dry run shows the plan. */
function tableOf(run: ChangeRun, functions: ChangedRow[], error: ReportedError | undefined): Section[] {
  const gaps = coverageSections(run.choosing.coverage)
  if (error && functions.length === 1) return gaps
  if (run.dryRun && run.view.length > 0) return [...run.view, ...unreadSections(functions.flatMap(unread)), ...gaps]
  return [...changeSections(functions, error), ...gaps]
}

/** A function that could not be read is no part of the plan. */
function unread({ name, region, mode, error }: ChangedRow) {
  return mode === null && error ? [{ name, region, error }] : []
}

/** Ctrl-C while traces are waited for ends the command, also where the change itself is not whole. */
function stoppedProof(run: ChangeRun, changed: ExitName): { error?: ReportedError } {
  const failure = run.verified?.failure
  if (!run.verified || !failure || (changed !== 'ok' && failure.code !== 'INTERRUPTED')) return {}
  if (!isUnfinished(run.outcomes)) return unprovedError(run.verified)
  return { error: withResume(reportedError(failure), run.run) }
}

function rowOf(
  seen: Observation,
  from: TracingMode,
  byFunction: ReadonlyMap<string, FunctionOutcome>,
  run: ChangeRun,
): ChangedRow {
  const row = { ...functionRow(seen, judge(seen)), from, to: run.to }
  const { result, error } = byFunction.get(seen.fn.arn) ?? onlyGranted(seen, run)
  const proven = run.verified?.proven.get(seen.fn.arn)
  return {
    ...row,
    result,
    ...(error && { error: result === 'refused' ? reportedError(error) : withResume(reportedError(error), run.run) }),
    ...(proven && { proof: proofRow(proven) }),
  }
}

function isProved(row: ChangedRow): row is ChangedRow & VerifiedRow {
  return row.proof !== undefined
}

/** A function that is Active already, and whose role alone had to change. */
function onlyGranted(seen: Observation, run: ChangeRun): FunctionOutcome {
  const grant = run.plan.steps.filter((step) => step.kind === 'grant' && step.role === seen.fn.role)
  const outcome = outcomeOfSteps(grant, run.outcomes)
  return outcome.result === 'changed' ? { ...outcome, result: 'granted' } : outcome
}

/** The rows of every command that changes functions. */
function changeSections(functions: ChangedRow[], error: ReportedError | undefined): Section[] {
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

export function roleChanges(plan: Plan, outcomes: ReadonlyMap<string, StepOutcome>): RoleChange[] {
  const steps = plan.steps.filter(
    (step): step is GrantStep | RevokeStep => step.kind === 'grant' || step.kind === 'revoke',
  )
  return steps.map(({ id, kind, role, how, policy }) => ({
    role,
    how,
    policy,
    change: kind,
    result: outcomes.get(id)?.status ?? 'planned',
  }))
}

const DONE_TO_ROLES = {
  grant: { done: 'was given', planned: 'would be given', failed: 'could not be given', left: 'was not given' },
  revoke: { done: 'lost', planned: 'would lose', failed: 'could not lose', left: 'did not lose' },
} as const

/** The account is named only where there are several: each may have a role of the same name. */
export function roleNotes(changes: readonly RoleChange[]): string[] {
  const several = new Set(changes.map(({ role }) => accountOfArn(role))).size > 1
  return changes.map(({ role, how, policy, change, result }) => {
    const whose = several ? ` of account ${accountOfArn(role)}` : ''
    const what = `the ${how === 'inline' ? 'inline ' : ''}policy ${roleNameOf(policy)}`
    return `role ${roleNameOf(role)}${whose} ${DONE_TO_ROLES[change][result]} ${what}`
  })
}

/** What is still to do after a change that went well, and what the row's notes say. */
function afterwards(row: ChangedRow): string[] {
  const notes = row.notes.map((note) => `${row.name}: ${note}`)
  if (row.error) return notes
  if (row.verdict === 'stale') {
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

function unwrittenNotes({ unwritten }: ChangeRun): string[] {
  return unwritten === undefined ? [] : [`${unwritten} This change cannot be undone by xtrace.`]
}
