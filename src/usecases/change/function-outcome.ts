/** What became of each function of a plan, from the outcomes of its steps. */
import type { TracingMode } from '../../core/lambda-function.js'
import type { Plan, Step } from '../../core/plan/plan.js'
import { XtraceError } from '../../errors.js'
import type { StepOutcome } from '../../rollout/step-outcome.js'

export type ChangeResult = 'created' | 'changed' | 'granted' | 'unchanged' | 'planned' | 'refused' | 'failed' | 'left'

export interface FunctionOutcome {
  /** Absent where no step sets the mode. */
  from?: TracingMode
  to?: TracingMode
  result: ChangeResult
  /** Why it was not done, or not all of it. */
  error?: XtraceError
}

/** @returns unqualified ARN → outcome, for every function that the plan speaks of */
export function functionOutcomes(plan: Plan, outcomes: ReadonlyMap<string, StepOutcome>): Map<string, FunctionOutcome> {
  const found = new Map<string, FunctionOutcome>()
  for (const { function: arn } of plan.unchanged) found.set(arn, { result: 'unchanged' })
  for (const [arn, steps] of stepsByFunction(plan)) found.set(arn, outcomeOfSteps(steps, outcomes))
  for (const { function: arn, code, because } of plan.refused) {
    const error = new XtraceError(code, sentence(because))
    found.set(arn, { result: 'refused', error, ...found.get(arn) })
  }
  return found
}

/** @returns what became of a function whose only steps are those on its role */
export function outcomeOfSteps(steps: readonly Step[], outcomes: ReadonlyMap<string, StepOutcome>): FunctionOutcome {
  const mode = steps.find((step) => step.kind === 'setMode')
  const modes = mode?.kind === 'setMode' ? { from: mode.from, to: mode.to } : {}
  const ended = steps.flatMap((step) => outcomes.get(step.id) ?? [])
  if (ended.length === 0) return { ...modes, result: 'planned' }
  for (const one of ended) if (one.status !== 'done') return { ...modes, result: one.status, error: errorOf(one) }
  return { ...modes, result: ended.some((one) => one.status === 'done' && one.changed) ? 'changed' : 'unchanged' }
}

/** Where the run was stopped in the middle of a step, nobody knows yet what became of it. */
function errorOf(outcome: Exclude<StepOutcome, { status: 'done' }>): XtraceError {
  const { error } = outcome
  if (outcome.status !== 'left' || !outcome.open) return error
  return new XtraceError(error.code, `${error.message} What was under way may have been done all the same.`, {
    suggestions: error.suggestions,
    cause: error,
  })
}

function stepsByFunction(plan: Plan): Map<string, Step[]> {
  const found = new Map<string, Step[]>()
  for (const step of plan.steps)
    if ('function' in step) found.set(step.function, [...(found.get(step.function) ?? []), step])
  return found
}

function sentence(text: string): string {
  return text.endsWith('.') ? text : `${text[0]?.toUpperCase() ?? ''}${text.slice(1)}.`
}
