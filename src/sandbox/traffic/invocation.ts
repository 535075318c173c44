/** One request to a function: when it came, how it went, how long its phases took. */
import type { Counts } from './counts.js'
import { spreadAround } from './draw.js'
import { mix, share } from './hash.js'
import type { Traffic } from './traffic.js'

export type Outcome = 'success' | 'error' | 'client-error' | 'throttle'

export interface Invocation {
  /** Since the epoch. */
  readonly second: number
  /** Among the requests of its second, from 0. */
  readonly index: number
  /** Milliseconds since the epoch. */
  readonly startedAt: number
  readonly outcome: Outcome
  readonly cold: boolean
  /** In [0, 1): by which version an alias with weights serves it. */
  readonly route: number
  readonly initMs: number
  readonly durationMs: number
  readonly overheadMs: number
  /** Of its identifiers. */
  readonly seed: number
}

const DURATION_MS = 80
const INIT_MS = 350
const OVERHEAD_MS = 8
const SALT = { outcome: 1, cold: 2, route: 3, init: 4, duration: 5, overhead: 6, client: 7 }

/** @param seed of the function @param counts of the second */
export function invocationAt(
  place: { second: number; index: number },
  seed: number,
  counts: Counts,
  traffic: Traffic,
): Invocation {
  const { second, index } = place
  const own = mix(seed, second, index)
  const draw = (salt: number) => share(own, salt)
  const requests = counts.invocations + counts.throttles
  return {
    second,
    index,
    startedAt: second * 1000 + Math.floor(((index + draw(SALT.outcome)) / requests) * 1000),
    outcome: outcomeOf(index, mix(seed, second), counts, draw(SALT.client) < (traffic.clientErrorShare ?? 0)),
    cold: draw(SALT.cold) < (traffic.coldShare ?? 0),
    route: draw(SALT.route),
    initMs: spreadAround(traffic.initMs ?? INIT_MS, draw(SALT.init)),
    durationMs: spreadAround(traffic.durationMs ?? DURATION_MS, draw(SALT.duration)),
    overheadMs: spreadAround(OVERHEAD_MS, draw(SALT.overhead)),
    seed: own,
  }
}

/** Throttled requests come last; which of the others fail turns from second to second. */
function outcomeOf(index: number, turn: number, counts: Counts, clientError: boolean): Outcome {
  if (index >= counts.invocations) return 'throttle'
  if ((index + turn) % counts.invocations < counts.errors) return 'error'
  return clientError ? 'client-error' : 'success'
}
