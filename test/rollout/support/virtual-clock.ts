/** A clock whose time passes only when everybody sleeps: hours of waiting take no time. */
import type { Clock } from '../../../src/aws/gateways.js'
import { XtraceError } from '../../../src/errors.js'

interface Sleeper {
  at: number
  wake(): void
  stop(error: XtraceError): void
}

export class VirtualClock implements Clock {
  /** How long each sleep was to be, in the order they began. */
  readonly slept: number[] = []
  #now = 0
  #sleepers: Sleeper[] = []
  #turning = false
  #interrupted: XtraceError | undefined

  now(): number {
    return this.#now
  }

  sleep(ms: number): Promise<void> {
    if (this.#interrupted) return Promise.reject(this.#interrupted)
    this.slept.push(ms)
    return new Promise((wake, stop) => {
      this.#sleepers.push({ at: this.#now + Math.max(0, ms), wake, stop })
      this.#turn()
    })
  }

  /** Lets `ms` pass, as when nobody had anything to do. */
  advance(ms: number): void {
    this.#now += ms
  }

  /** Ctrl-C: who sleeps is woken with INTERRUPTED, and nobody sleeps again. */
  interrupt(): void {
    this.#interrupted = new XtraceError('INTERRUPTED', 'Interrupted: no further call was made.')
    for (const { stop } of this.#sleepers.splice(0)) stop(this.#interrupted)
  }

  /** Wakes one sleeper at a time, the earliest first, once all other work has come to a rest. */
  #turn(): void {
    if (this.#turning) return
    this.#turning = true
    setImmediate(() => {
      this.#turning = false
      const next = this.#sleepers.reduce<Sleeper | undefined>(
        (first, one) => (first === undefined || one.at < first.at ? one : first),
        undefined,
      )
      if (next === undefined) return
      this.#sleepers = this.#sleepers.filter((one) => one !== next)
      this.#now = Math.max(this.#now, next.at)
      next.wake()
      if (this.#sleepers.length > 0) this.#turn()
    })
  }
}
