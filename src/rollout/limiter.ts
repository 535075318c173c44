/** A token bucket: every call of one account, region and quota takes a token, and a 429 holds all of them back. */
import type { Clock, Pace } from '../aws/gateways.js'

/** Tokens. More at once would use up what AWS itself has saved up, and be throttled as soon as others call too. */
const BURST = 8

export class TokenBucket implements Pace {
  /** When the next token is free, in the clock's milliseconds. */
  #next = Number.NEGATIVE_INFINITY
  /** Settles when whoever came last has been served, or has given up. */
  #queue: Promise<unknown> = Promise.resolve()
  readonly #interval: number
  readonly #burst: number

  /** @param rate tokens a second; an idle bucket saves up a few */
  constructor(
    rate: number,
    private readonly clock: Clock,
  ) {
    this.#interval = 1000 / rate
    this.#burst = (Math.min(BURST, rate) - 1) * this.#interval
  }

  /** First come, first served. */
  take(): Promise<void> {
    const turn = this.#queue.then(() => this.#nextToken())
    this.#queue = turn.catch(() => undefined)
    return turn
  }

  backOff(ms: number): void {
    this.#next = Math.max(this.#next, this.clock.now() + ms)
  }

  async #nextToken(): Promise<void> {
    for (;;) {
      const now = this.clock.now()
      const free = Math.max(this.#next, now - this.#burst)
      if (free <= now) {
        this.#next = free + this.#interval
        return
      }
      await this.clock.sleep(free - now)
    }
  }
}
