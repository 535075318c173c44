/** From when to when calls are counted, and traces of them looked for. */
import type { TimeWindow } from '../../aws/telemetry-gateways.js'
import type { LambdaFunction } from '../../core/lambda-function.js'
import type { ProofWindow } from './request.js'

const MINUTE = 60_000
const DAY = 1440 * MINUTE
/** A trace can be found within seconds, as a rule; what was called later than this may still be on its way. */
const ON_ITS_WAY = MINUTE

/** Calls before the last change of the function may have been made with tracing off: they prove nothing. */
export function windowOf(fn: LambdaFunction, { since }: ProofWindow, now: number): TimeWindow {
  return { from: Math.max(now - since, fn.modifiedAt ?? 0), to: now }
}

/** Whole periods whose traces should be there; `from` at or after `to` where there is none. CloudWatch keeps minutes for 15 days. */
export function callsWindow({ from, to }: TimeWindow): TimeWindow & { periodSeconds: number } {
  const period = to - from <= DAY ? MINUTE : to - from <= 15 * DAY ? 5 * MINUTE : 60 * MINUTE
  return {
    from: Math.ceil(from / period) * period,
    to: Math.floor((to - ON_ITS_WAY) / period) * period,
    periodSeconds: period / 1000,
  }
}
