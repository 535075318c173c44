/** Counts how far a run is, how fast it goes, and what failed last. */
import type { Clock } from '../../aws/gateways.js'
import { roleNameOf, splitFunctionArn } from '../../core/lambda-function.js'
import type { Plan } from '../../core/plan/plan.js'
import type { RunState } from '../../core/run.js'
import type { StepEvent } from '../../rollout/step-outcome.js'

/** Milliseconds over which the speed is measured. */
const WINDOW = 15_000

export class Tally {
  readonly #total: number
  readonly #startedAt: number
  readonly #recent: number[] = []
  #done = 0
  #failed = 0
  #lastFailure: string | undefined

  constructor(
    plan: Plan,
    private readonly clock: Clock,
    state?: RunState,
  ) {
    const left = plan.steps.filter((step) => state?.steps.get(step.id)?.state !== 'done')
    this.#total = left.length
    this.#startedAt = clock.now()
  }

  note(event: StepEvent): void {
    if (event.type === 'started') return
    const { outcome } = event
    if (outcome.status === 'done') this.#done++
    else this.#failed++
    if (outcome.status === 'failed') {
      const { step } = outcome
      const what = 'function' in step ? splitFunctionArn(step.function).name : roleNameOf(step.role)
      this.#lastFailure = `${what}: ${outcome.error.message}`
    }
    this.#recent.push(this.clock.now())
  }

  get ended(): number {
    return this.#done + this.#failed
  }

  get total(): number {
    return this.#total
  }

  /** `14.8/s, about 4 min left, 2 not done (last: fn: why)` */
  besides(): string {
    const speed = this.#speed()
    const eta = speed > 0 && this.ended < this.#total
    return [
      ...(eta ? [`${speed.toFixed(1)}/s`, `about ${duration((this.#total - this.ended) / speed)} left`] : []),
      ...(this.#failed > 0
        ? [`${this.#failed} not done${this.#lastFailure ? ` (last: ${this.#lastFailure})` : ''}`]
        : []),
    ].join(', ')
  }

  /** Steps a second, over the last while. */
  #speed(): number {
    const now = this.clock.now()
    const since = Math.max(this.#startedAt, now - WINDOW)
    while (this.#recent.length > 0 && (this.#recent[0] ?? now) < since) this.#recent.shift()
    return now - since < 1_000 ? 0 : (this.#recent.length / (now - since)) * 1_000
  }
}

function duration(seconds: number): string {
  return seconds < 90 ? `${Math.ceil(seconds)} s` : `${Math.ceil(seconds / 60)} min`
}
