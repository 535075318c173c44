/** Fault rules: what shall go wrong for which requests, and which rule applies to one. */

export type FaultKind =
  | 'access-denied'
  | 'explicit-deny'
  | 'scp-deny'
  | 'region-off'
  | 'throttle'
  | 'ec2-throttle'
  | 'http-500'
  | 'http-503'
  | 'reset-before'
  | 'reset-after'
  | 'expired-token'
  | 'delay'
  | 'error'

export interface FaultMatch {
  service?: string
  operation?: string | string[]
  region?: string
  account?: string
  /** Name or ARN of a function or role; ARN of a policy. */
  resource?: string
  write?: boolean
}

export interface FaultRule {
  match: FaultMatch
  kind: FaultKind
  /** Acts this often, then is spent. */
  times?: number
  /** Lets the first requests that match pass. */
  skip?: number
  /** Of acting on a request that matches. */
  probability?: number
  /** For `delay`. */
  delayMs?: number
  /** For `error`. */
  status?: number
  code?: string
  message?: string
  retryAfterSeconds?: number
}

/** What of a request a rule may look at. */
export interface FaultSubject {
  readonly service: string
  readonly operation: string
  readonly region: string
  readonly account: string
  readonly resource: string | undefined
  readonly resourceArn: string | undefined
  readonly write: boolean
}

export class Faults {
  readonly #random: () => number
  readonly #seen = new WeakMap<FaultRule, { matched: number; acted: number }>()

  constructor(random: () => number) {
    this.#random = random
  }

  /** Rules that act on the request, in order: delays, then at most one of another kind. */
  acting(rules: readonly FaultRule[], subject: FaultSubject): FaultRule[] {
    const acting: FaultRule[] = []
    for (const rule of rules) {
      if (!matches(rule.match, subject) || !this.#acts(rule)) continue
      acting.push(rule)
      if (rule.kind !== 'delay') break
    }
    return acting
  }

  #acts(rule: FaultRule): boolean {
    const seen = this.#seen.get(rule) ?? { matched: 0, acted: 0 }
    this.#seen.set(rule, seen)
    seen.matched += 1
    if (seen.matched <= (rule.skip ?? 0)) return false
    if (seen.acted >= (rule.times ?? Number.POSITIVE_INFINITY)) return false
    if (rule.probability !== undefined && this.#random() >= rule.probability) return false
    seen.acted += 1
    return true
  }
}

function matches(match: FaultMatch, subject: FaultSubject): boolean {
  const operations = typeof match.operation === 'string' ? [match.operation] : match.operation
  return (
    fits(match.service, subject.service) &&
    fits(match.region, subject.region) &&
    fits(match.account, subject.account) &&
    fits(match.write, subject.write) &&
    (operations === undefined || operations.includes(subject.operation)) &&
    (match.resource === undefined || match.resource === subject.resource || match.resource === subject.resourceArn)
  )
}

function fits<T>(wanted: T | undefined, given: T): boolean {
  return wanted === undefined || wanted === given
}
