/** Seeded choices: the same seed makes the same worlds, commands, faults and deaths. */
import { seededRandom } from '../../src/sandbox/random.js'

export class Chance {
  /** In [0, 1). */
  readonly random: () => number

  constructor(seed: number) {
    this.random = seededRandom(seed)
  }

  /** A chance of its own: what is drawn from it moves nothing that is drawn here. */
  branch(): Chance {
    return new Chance(Math.floor(this.random() * 2 ** 32))
  }

  /** A whole number, both ends included. */
  between(least: number, most: number): number {
    return least + Math.floor(this.random() * (most - least + 1))
  }

  happens(probability: number): boolean {
    return this.random() < probability
  }

  one<T>(choices: readonly T[]): T {
    if (choices.length === 0) throw new Error('there is nothing to choose from')
    return choices[Math.floor(this.random() * choices.length)] as T
  }

  some<T>(choices: readonly T[], probability: number): T[] {
    return choices.filter(() => this.happens(probability))
  }
}
