/** The row of each function that was to be changed: what it is now, and what became of the change. */
import { functionRow } from '../../core/function-row.js'
import type { TracingMode } from '../../core/lambda-function.js'
import { judge, type Observation } from '../../core/verdict.js'
import { reportedError, unreadRow } from '../failed-row.js'
import { withResume } from '../runs/run-advice.js'
import { proofRow } from '../verify/proof-row.js'
import type { ChangedRow, ChangeRun } from './changed.js'
import { type FunctionOutcome, functionOutcomes, outcomeOfSteps } from './function-outcome.js'

/** Those that could not be read come last. */
export function changedRows(run: ChangeRun): ChangedRow[] {
  const byFunction = functionOutcomes(run.plan, run.outcomes)
  const before = new Map(run.choosing.chosen.map(({ fn }) => [fn.arn, fn.mode]))
  return [
    ...run.observations.map((seen) => rowOf(seen, before.get(seen.fn.arn) ?? seen.fn.mode, byFunction, run)),
    ...run.choosing.unread.map((target): ChangedRow => {
      const error = target.error && { error: reportedError(target.error) }
      return { ...unreadRow(target), from: null, to: run.to, result: 'refused', ...error }
    }),
  ]
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

/** A function that is Active already, and whose role alone had to change. */
function onlyGranted(seen: Observation, run: ChangeRun): FunctionOutcome {
  const grant = run.plan.steps.filter((step) => step.kind === 'grant' && step.role === seen.fn.role)
  const outcome = outcomeOfSteps(grant, run.outcomes)
  return outcome.result === 'changed' ? { ...outcome, result: 'granted' } : outcome
}
