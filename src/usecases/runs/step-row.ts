/** One event of a rollout in the words of the public JSON contract. */
import type { StepEvent } from '../../rollout/step-outcome.js'
import { reportedError } from '../failed-row.js'

/** @returns an object for one line of NDJSON: what began or ended, on which function or role */
export function stepRow(event: StepEvent): object {
  const step = event.type === 'started' ? event.step : event.outcome.step
  const subject = 'function' in step ? { arn: step.function } : { role: step.role, policy: step.policy }
  const modes = step.kind === 'setMode' ? { from: step.from, to: step.to } : {}
  const alias = step.kind === 'moveAlias' ? { alias: step.alias } : {}
  const head = { event: step.kind, ...subject, ...modes, ...alias }
  if (event.type === 'started') return { ...head, status: 'started' }
  const { outcome } = event
  if (outcome.status === 'done') return { ...head, status: 'done', changed: outcome.changed }
  return { ...head, status: outcome.status, error: reportedError(outcome.error) }
}
