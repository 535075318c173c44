/** Finishes a run that was stopped: what is done stays, what was begun is read back first, the rest is done. */
import { splitFunctionArn } from '../../core/lambda-function.js'
import type { Plan } from '../../core/plan/plan.js'
import type { Report } from '../../core/report.js'
import { isWhole, leftOf, type RunHeader } from '../../core/run.js'
import { XtraceError } from '../../errors.js'
import type { OpenRun } from '../../rollout/journal/run-store.js'
import { goOn, type RolloutOptions, type RolloutTools } from './carry-out.js'
import { closedAccounts } from './plan-accounts.js'
import { gapsOf } from './recorded-gaps.js'
import { asBegun, type GivenWay } from './recorded-way.js'
import { type RunResult, runReport } from './run-report.js'
import { undoOf } from './undo-of.js'

export interface ResumeRequest {
  run: string
  way?: GivenWay
  /** What to go on with, given what the run was begun with. */
  rollout(header: RunHeader): RolloutOptions
}

/** An account that cannot be entered any more holds up no other: its steps fail, and are left for another time. */
export async function resumeRun(request: ResumeRequest, given: RolloutTools): Promise<Report<RunResult>> {
  const open = await given.runs.open(request.run)
  try {
    await refuseUndone(open.state.header.run, given)
    return await goOnWith(open, request, given)
  } finally {
    await open.journal.close()
  }
}

/** What was taken back, if only in part, is not to be done again behind the back of the undo. */
async function refuseUndone(run: string, { runs }: RolloutTools): Promise<void> {
  const undo = await undoOf(run, runs)
  if (!undo) return
  const goOn = undo.state === 'finished' ? `undo ${run}` : `resume ${undo.id}`
  const suggestions = isWhole(undo)
    ? ['Run the first command again, if it is to be done after all.']
    : [`xtrace ${goOn} goes on taking it back.`]
  throw new XtraceError('RUN_UNDONE', `Run ${run} was taken back by run ${undo.id}.`, { suggestions })
}

async function goOnWith(open: OpenRun, request: ResumeRequest, given: RolloutTools): Promise<Report<RunResult>> {
  const { plan } = open
  const { run } = open.state.header
  const left = leftOf(plan, open.state)
  const gaps = gapsOf(open.state.header)
  const notes = [...passedOver('refused', namesOf(plan.refused)), ...passedOver('not read', gaps)]
  const known = { command: 'resume', plan, run, gaps: gaps.length > 0 } as const
  if (left.length === 0)
    return runReport({
      ...known,
      outcomes: doneOutcomes(open),
      notes: [`run ${run} had nothing left to do`, ...notes],
    })
  const tools = asBegun(given, open.state.header, request.way)
  await closedAccounts({ ...plan, steps: left }, tools)
  const outcomes = await goOn(open, request.rollout(open.state.header), tools)
  return runReport({ ...known, outcomes, notes })
}

function doneOutcomes({ plan, state }: OpenRun) {
  return new Map(
    plan.steps.map((step) => [
      step.id,
      { step, status: 'done' as const, changed: state.steps.get(step.id)?.changed === true },
    ]),
  )
}

const FEW = 10

/** Resuming ends as the command itself would have: what was no part of the run is not done by finishing it. */
function passedOver(how: string, names: readonly string[]): string[] {
  if (names.length === 0) return []
  const more = names.length > FEW ? ` and ${names.length - FEW} more` : ''
  return [`${how} when the run was planned, and no part of it: ${names.slice(0, FEW).join(', ')}${more}`]
}

function namesOf(refused: Plan['refused']): string[] {
  return [...new Set(refused.map((one) => one.function))].map((arn) => splitFunctionArn(arn).name)
}
