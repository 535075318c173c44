/** Finishes a run that was stopped: what is done stays, what was begun is read back first, the rest is done. */
import type { Plan } from '../core/plan.js'
import type { Report } from '../core/report.js'
import { leftOf, type RunHeader } from '../core/run.js'
import { goOn, type RolloutOptions, type RolloutTools } from './carry-out.js'
import { refuseForeignPlan } from './own-account.js'
import { type RunResult, runReport } from './run-report.js'

export interface ResumeRequest {
  run: string
  /** What to go on with, given what the run was begun with. */
  rollout(header: RunHeader): RolloutOptions
}

export async function resumeRun(request: ResumeRequest, tools: RolloutTools): Promise<Report<RunResult>> {
  const open = await tools.runs.open(request.run)
  const { run } = open.state.header
  const left = leftOf(open.plan, open.state)
  if (left.length === 0) {
    await open.journal.close()
    return runReport({
      command: 'resume',
      plan: withoutRefused(open.plan),
      outcomes: doneOutcomes(open),
      run,
      notes: [`run ${run} had nothing left to do`],
    })
  }
  try {
    await refuseForeignPlan(open.plan, tools)
    const outcomes = await goOn(open, request.rollout(open.state.header), tools)
    return runReport({ command: 'resume', plan: withoutRefused(open.plan), outcomes, run })
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
