/** Counts requests against a rate: what is not used within a second is lost. */

export class TokenBucket {
  #tokens: number
  #updatedAt: number

  constructor(rate: number, now: number) {
    this.#tokens = rate
    this.#updatedAt = now
  }

  /** Whether one more request fits. @param rate requests a second, which may have changed */
  take(rate: number, now: number): boolean {
    const earned = ((now - this.#updatedAt) / 1000) * rate
    this.#tokens = Math.min(rate, this.#tokens + earned)
    this.#updatedAt = now
    if (this.#tokens < 1) return false
    this.#tokens -= 1
    return true
  }
}
