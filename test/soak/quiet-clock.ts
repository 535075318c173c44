/** Time that passes only while nothing else happens; the program and its sandbox live by the same one. */
import type { Clock } from '../../src/aws/gateways.js'

interface Sleeper {
  at: number
  wake(): void
}

/** Turns of the event loop without any request: so long a socket of this process takes at most. */
const QUIET_TURNS = 6

export class QuietClock implements Clock {
  #now = Date.now()
  #sleepers: Sleeper[] = []
  #turning = false

  /** @param activity a number that changes whenever something has happened */
  constructor(private readonly activity: () => number) {}

  now(): number {
    return this.#now
  }

  sleep(ms: number): Promise<void> {
    return new Promise((wake) => {
      this.#sleepers.push({ at: this.#now + Math.max(0, ms), wake })
      if (!this.#turning) this.#turn(this.activity(), 0)
    })
  }

  #turn(seen: number, quiet: number): void {
    this.#turning = true
    setImmediate(() => {
      const now = this.activity()
      if (now !== seen) this.#turn(now, 0)
      else if (quiet < QUIET_TURNS) this.#turn(seen, quiet + 1)
      else this.#wakeNext()
    })
  }

  #wakeNext(): void {
    const [next] = this.#sleepers.sort((a, b) => a.at - b.at)
    this.#sleepers.shift()
    if (next !== undefined) {
      this.#now = Math.max(this.#now, next.at)
      next.wake()
    }
    this.#turning = false
    if (this.#sleepers.length > 0) this.#turn(this.activity(), 0)
  }
}
