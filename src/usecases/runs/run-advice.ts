/** Says how to go on with a run, and how to take it back. */
import type { ReportedError } from '../../core/report.js'
import type { StepOutcome } from '../../rollout/step-outcome.js'

/** Resuming helps only where a step was left or failed: what was refused is refused again. */
export function isUnfinished(outcomes: ReadonlyMap<string, StepOutcome>): boolean {
  return [...outcomes.values()].some(({ status }) => status !== 'done')
}

/**
 * @param run absent where nothing was done, or it was not written down
 * @param undoes it takes another run back itself
 */
export function runNotes(
  run: string | undefined,
  outcomes: ReadonlyMap<string, StepOutcome>,
  undoes = false,
): string[] {
  const ways = [
    ...(isUnfinished(outcomes) ? [`go on with xtrace resume ${run}`] : []),
    ...(undoes ? [] : [`take it back with xtrace undo ${run}`]),
  ]
  return run === undefined || ways.length === 0 ? [] : [`run ${run}: ${ways.join(', ')}`]
}

/** A run that was begun is gone on with, not begun again. */
export function withResume(error: ReportedError, run: string | undefined): ReportedError {
  const others = error.suggestions.filter((text) => !/same command again/.test(text))
  if (run === undefined || others.length === error.suggestions.length) return error
  return { ...error, suggestions: [...others, `Go on with: xtrace resume ${run}`] }
}
