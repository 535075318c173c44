/** What CloudWatch counts of a function's requests, and the sums of it. */

export interface Counts {
  readonly invocations: number
  /** Of the invocations. */
  readonly errors: number
  /** Not among the invocations. */
  readonly throttles: number
}

export const NONE: Counts = { invocations: 0, errors: 0, throttles: 0 }

export function plus(a: Counts, b: Counts): Counts {
  if (a === NONE) return b
  return {
    invocations: a.invocations + b.invocations,
    errors: a.errors + b.errors,
    throttles: a.throttles + b.throttles,
  }
}

export function minus(a: Counts, b: Counts): Counts {
  if (b === NONE) return a
  return {
    invocations: a.invocations - b.invocations,
    errors: a.errors - b.errors,
    throttles: a.throttles - b.throttles,
  }
}
