/** Finishes a run that was stopped: what is done stays, what was begun is read back first, the rest is done. */
import { splitFunctionArn } from '../../core/lambda-function.js'
import type { Plan } from '../../core/plan/plan.js'
import type { Report } from '../../core/report.js'
import { leftOf, type RunHeader } from '../../core/run.js'
import { goOn, type RolloutOptions, type RolloutTools } from './carry-out.js'
import { closedAccounts } from './plan-accounts.js'
import { gapsOf } from './recorded-gaps.js'
import { asBegun, type GivenWay } from './recorded-way.js'
import { type RunResult, runReport } from './run-report.js'

export interface ResumeRequest {
  run: string
  way?: GivenWay
  /** What to go on with, given what the run was begun with. */
  rollout(header: RunHeader): RolloutOptions
}

/** An account that cannot be entered any more holds up no other: its steps fail, and are left for another time. */
export async function resumeRun(request: ResumeRequest, given: RolloutTools): Promise<Report<RunResult>> {
  const open = await given.runs.open(request.run)
  const { plan } = open
  const { run } = open.state.header
  const left = leftOf(plan, open.state)
  const gaps = gapsOf(open.state.header)
  const notes = [...passedOver('refused', namesOf(plan.refused)), ...passedOver('not read', gaps)]
  const known = { command: 'resume', plan, run, gaps: gaps.length > 0 } as const
  if (left.length === 0) {
    await open.journal.close()
    return runReport({
      ...known,
      outcomes: doneOutcomes(open),
      notes: [`run ${run} had nothing left to do`, ...notes],
    })
  }
  try {
    const tools = asBegun(given, open.state.header, request.way)
    await closedAccounts({ ...plan, steps: left }, tools)
    const outcomes = await goOn(open, request.rollout(open.state.header), tools)
    return runReport({ ...known, outcomes, notes })
  } finally {
    await open.journal.close()
  }
}

function doneOutcomes({ plan, state }: Awaited<ReturnType<RolloutTools['runs']['open']>>) {
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
