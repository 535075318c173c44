/** Finishes a run that was stopped: what is done stays, what was begun is read back first, the rest is done. */
import { splitFunctionArn } from '../core/lambda-function.js'
import type { Plan } from '../core/plan.js'
import type { Report } from '../core/report.js'
import { leftOf, type RunHeader } from '../core/run.js'
import { goOn, type RolloutOptions, type RolloutTools } from './carry-out.js'
import { closedAccounts } from './plan-accounts.js'
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
  const { run } = open.state.header
  const left = leftOf(open.plan, open.state)
  if (left.length === 0) {
    await open.journal.close()
    return runReport({
      command: 'resume',
      plan: withoutRefused(open.plan),
      outcomes: doneOutcomes(open),
      run,
      notes: [`run ${run} had nothing left to do`, ...refusedNotes(open.plan)],
    })
  }
  try {
    const tools = asBegun(given, open.state.header, request.way)
    await closedAccounts({ ...open.plan, steps: left }, tools)
    const outcomes = await goOn(open, request.rollout(open.state.header), tools)
    const notes = refusedNotes(open.plan)
    return runReport({ command: 'resume', plan: withoutRefused(open.plan), outcomes, run, notes })
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

/** What was refused when the plan was made is no part of what was left. */
function withoutRefused(plan: Plan): Plan {
  return { ...plan, refused: [] }
}

const FEW = 10

/** It says all the same that more was asked for than this. */
function refusedNotes({ refused }: Plan): string[] {
  const all = [...new Set(refused.map((one) => one.function))]
  if (all.length === 0) return []
  const names = all.slice(0, FEW).map((arn) => splitFunctionArn(arn).name)
  const more = all.length > FEW ? ` and ${all.length - FEW} more` : ''
  const functions = all.length === 1 ? 'function was' : 'functions were'
  return [`${all.length} ${functions} refused when the run was planned, and no part of it: ${names.join(', ')}${more}`]
}
