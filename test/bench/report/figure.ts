/** One line of the report: what was measured, its floor of the same run, and how far apart the two may lie. */

export interface Figure {
  what: string
  measured: number
  unit: 'ms' | 's' | 'MB' | 'calls' | 'functions' | 'verdicts' | 'updates' | 'grants'
  /** Measured or computed in the same run, in the same unit. */
  floor: number
  /** What the floor is. */
  against: string
  /** Of measurements that were taken in pairs. */
  rounds?: Rounds
  /** What the ratio may be; absent: it is told, not judged. */
  bound?: Bound
  note?: string
}

/** The ratio of each pair: their median, and between what the middle half of them lies. */
export interface Rounds {
  count: number
  ratio: number
  from: number
  to: number
}

export type Bound = { most: number } | { least: number }

/** Nothing measured against a floor of nothing is as it should be. */
export function ratioOf({ measured, floor, rounds }: Figure): number {
  if (rounds) return rounds.ratio
  return measured === floor ? 1 : measured / floor
}

/** Absent where there is no bound. A ratio that is no number is outside. */
export function isInside(figure: Figure): boolean | undefined {
  const { bound } = figure
  if (bound === undefined) return undefined
  const ratio = ratioOf(figure)
  return 'most' in bound ? ratio <= bound.most : ratio >= bound.least
}
