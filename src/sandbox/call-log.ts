/** What was asked of the sandbox: how many requests in all, and the records of the last ones. */
import type { Call } from './call.js'

export class CallLog {
  readonly calls: Call[] = []
  #requests = 0

  /** Every request so far, kept or not. */
  get requests(): number {
    return this.#requests
  }

  /** @param keep how many records are kept */
  add(call: Call, keep: number): void {
    this.#requests += 1
    this.calls.push(call)
    if (this.calls.length > keep) this.calls.splice(0, this.calls.length - keep)
  }
}
