/** Counts trace summaries as they come, and keeps none of them. */
import { rankOf } from './percentile.js'
import type { TraceSummary } from './trace.js'

export interface SummaryStatistics {
  traces: number
  faults: number
  errors: number
  throttles: number
  /** Milliseconds, at most 1 % off; absent where no trace has ended. */
  p50?: number
  p95?: number
}

/** Durations fall into classes whose bounds grow by 2 %: the middle of a class is within 1 % of all that is in it. */
const GROWTH = 1.02
/** Milliseconds: what is shorter counts as this. */
const SHORTEST = 0.01
/** Longer than any trace: X-Ray takes no segment older than 30 days. */
const LONGEST = 30 * 24 * 3_600_000

export class SummaryTally {
  #traces = 0
  #faults = 0
  #errors = 0
  #throttles = 0
  #timed = 0
  /** Number of traces by class of duration. */
  readonly #classes = new Map<number, number>()

  add({ duration, fault, error, throttle }: TraceSummary): void {
    this.#traces++
    if (fault) this.#faults++
    if (error) this.#errors++
    if (throttle) this.#throttles++
    if (duration === undefined || Number.isNaN(duration)) return
    const ms = Math.min(LONGEST, Math.max(SHORTEST, duration * 1_000))
    const index = Math.floor(Math.log(ms / SHORTEST) / Math.log(GROWTH))
    this.#timed++
    this.#classes.set(index, (this.#classes.get(index) ?? 0) + 1)
  }

  get statistics(): SummaryStatistics {
    const p50 = this.#percentile(0.5)
    const p95 = this.#percentile(0.95)
    return {
      traces: this.#traces,
      faults: this.#faults,
      errors: this.#errors,
      throttles: this.#throttles,
      ...(p50 !== undefined && { p50 }),
      ...(p95 !== undefined && { p95 }),
    }
  }

  #percentile(share: number): number | undefined {
    let left = rankOf(share, this.#timed)
    for (const [index, count] of [...this.#classes].sort(([a], [b]) => a - b)) {
      left -= count
      if (left <= 0) return SHORTEST * GROWTH ** (index + 0.5)
    }
    return undefined
  }
}
