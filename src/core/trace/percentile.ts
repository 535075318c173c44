/** Percentiles by nearest rank: always a value that was measured. */

/** 1-based rank of the percentile among `count` sorted values. */
export function rankOf(share: number, count: number): number {
  return Math.max(1, Math.ceil(share * count))
}

/** @param share 0.95 for p95; undefined of no values */
export function percentile(values: readonly number[], share: number): number | undefined {
  return values.toSorted((a, b) => a - b)[rankOf(share, values.length) - 1]
}
