/** Seeded randomness: numbers for faults and fleets, and identifiers that repeat from run to run. */

/** mulberry32: numbers in [0, 1). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'

export class Identifiers {
  readonly #random: () => number

  constructor(seed: number) {
    this.#random = seededRandom(seed)
  }

  /** As RevisionIds and request ids look. */
  uuid(): string {
    const hex = Array.from({ length: 4 }, () =>
      Math.floor(this.#random() * 2 ** 32)
        .toString(16)
        .padStart(8, '0'),
    ).join('')
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`
  }

  /** As IAM's unique ids and the end of access keys look: capital letters. */
  letters(length: number): string {
    return Array.from({ length }, () => LETTERS[Math.floor(this.#random() * LETTERS.length)]).join('')
  }
}
