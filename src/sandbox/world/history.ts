/** A value together with what it was before, so that Lambda can look at IAM with delay. */

interface Entry<T> {
  readonly since: number
  readonly value: T
}

/** Older states than these are forgotten. */
const KEPT = 64

export class History<T> {
  readonly #entries: Entry<T>[]

  /** @param since milliseconds; -Infinity for what has always been so */
  constructor(value: T, since = Number.NEGATIVE_INFINITY) {
    this.#entries = [{ since, value }]
  }

  get current(): T {
    return (this.#entries.at(-1) as Entry<T>).value
  }

  /** The value at that time; undefined before there was one. */
  at(time: number): T | undefined {
    return this.#entries.findLast((entry) => entry.since <= time)?.value
  }

  /** When it changed; what has always been so counts from -Infinity. */
  get times(): number[] {
    return this.#entries.map(({ since }) => since)
  }

  /** All that it has been. */
  get values(): T[] {
    return this.#entries.map(({ value }) => value)
  }

  change(value: T, since: number): void {
    this.#entries.push({ since, value })
    if (this.#entries.length > KEPT) this.#entries.shift()
  }

  /** Forgets the past: the value has always been so. */
  reset(value: T): void {
    this.#entries.splice(0, this.#entries.length, { since: Number.NEGATIVE_INFINITY, value })
  }
}
