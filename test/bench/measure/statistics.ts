/** What many rounds say together. */
import type { Rounds } from '../report/figure.js'

export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}

/** @param pairs of what is measured, and its floor */
export function roundsOf(pairs: ReadonlyArray<readonly [measured: number, floor: number]>): Rounds {
  const ratios = pairs.map(([measured, floor]) => measured / floor)
  return {
    count: ratios.length,
    ratio: median(ratios),
    from: quantile(ratios, 0.25),
    to: quantile(ratios, 0.75),
  }
}

/** Of an even number of values, the lower one of the two in the middle. */
function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN
}
