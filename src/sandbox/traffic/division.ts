/** Divides counts over the minutes of an hour, or the seconds of a minute, so that the parts add up to the whole. */
import { type Counts, minus, NONE, plus } from './counts.js'
import { binomial, clamp } from './draw.js'
import { share } from './hash.js'

const PARTS = 60
const SALT = { invocations: 1, errors: 2, throttles: 3 }

/** The whole is halved again and again: a few parts can be had without the others. */
export class Division {
  readonly #whole: Counts
  readonly #weightBefore: (part: number) => number
  readonly #seed: number
  readonly #place: number

  /** @param weightBefore grows from 0 to 1: what all parts before one weigh */
  constructor(whole: Counts, weightBefore: (part: number) => number, seed: number, place: number) {
    this.#whole = whole
    this.#weightBefore = weightBefore
    this.#seed = seed
    this.#place = place
  }

  all(): Counts[] {
    const parts: Counts[] = new Array(PARTS).fill(NONE)
    this.#fill(parts, this.#whole, 0, PARTS)
    return parts
  }

  one(part: number): Counts {
    return this.#find(part).here
  }

  /** The sum of the parts before that one. */
  before(part: number): Counts {
    return this.#find(part).before
  }

  #find(part: number): { before: Counts; here: Counts } {
    let before = NONE
    let here = this.#whole
    let from = 0
    let to = PARTS
    while (to - from > 1) {
      const middle = (from + to) >>> 1
      const left = this.#left(here, from, middle, to)
      if (part < middle) {
        here = left
        to = middle
      } else {
        before = plus(before, left)
        here = minus(here, left)
        from = middle
      }
    }
    return { before, here }
  }

  #fill(parts: Counts[], counts: Counts, from: number, to: number): void {
    if (counts.invocations + counts.throttles === 0) return
    if (to - from === 1) {
      parts[from] = counts
      return
    }
    const middle = (from + to) >>> 1
    const left = this.#left(counts, from, middle, to)
    this.#fill(parts, left, from, middle)
    this.#fill(parts, minus(counts, left), middle, to)
  }

  #left({ invocations, errors, throttles }: Counts, from: number, middle: number, to: number): Counts {
    if (invocations + throttles === 0) return NONE
    const node = from * (PARTS + 1) + to
    const draw = (salt: number) => share(this.#seed ^ Math.imul(salt, 0x3c6ef372), this.#place, node)
    const start = this.#weightBefore(from)
    const whole = this.#weightBefore(to) - start
    const part = whole === 0 ? 0 : (this.#weightBefore(middle) - start) / whole
    const left = binomial(invocations, part, draw(SALT.invocations))
    const right = invocations - left
    const failed = errors === 0 ? 0 : binomial(errors, left / invocations, draw(SALT.errors))
    return {
      invocations: left,
      errors: clamp(failed, Math.max(0, errors - right), Math.min(errors, left)),
      throttles: binomial(throttles, part, draw(SALT.throttles)),
    }
  }
}
