/** Makes a decision once for every way in which what is left open may turn out. */
import { type Assumption, Fork } from './assumption.js'

export interface World<T> {
  /** What was assumed on the way, besides what was assumed from the start. */
  assumed: readonly Assumption[]
  result: T
}

export interface Worlds<T> {
  worlds: World<T>[]
  /** False when there are too many ways to follow them all. */
  complete: boolean
}

const MAX_WORLDS = 64

/** @param decide gets all assumptions, and throws Fork where it needs one more; it must not keep anything between calls */
export function inEveryWorld<T>(
  start: readonly Assumption[],
  decide: (assumed: readonly Assumption[]) => T,
): Worlds<T> {
  const worlds: World<T>[] = []
  const pending: Array<readonly Assumption[]> = [[]]
  for (let assumed = pending.pop(); assumed !== undefined; assumed = pending.pop()) {
    if (worlds.length + pending.length >= MAX_WORLDS) return { worlds, complete: false }
    try {
      worlds.push({ assumed, result: decide([...start, ...assumed]) })
    } catch (error) {
      if (!(error instanceof Fork)) throw error
      const before = assumed
      pending.push(...error.alternatives.toReversed().map((one) => [...before, one]))
    }
  }
  return { worlds, complete: true }
}
