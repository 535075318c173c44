/** How many traces Lambda records of so many invocations: the first of each second, and 5 percent of the others. */

/** Lambda's own rule for requests without a trace header, for each function; it cannot be configured. */
const SHARE_OF_OTHERS = 0.05

/** A number that is not known exactly. The sampling itself is random: all three are averages over that. */
export interface Bounds {
  least: number
  /** Where requests arrive evenly at random within each period. */
  expected: number
  most: number
}

export const NONE: Bounds = { least: 0, expected: 0, most: 0 }

/**
 * What decides is in how many seconds there was a request, and periods do not tell: in one at least, in as many as there are at
 * most. Longer periods give wider bounds.
 * @param counts invocations of each period
 */
export function sampledTraces(counts: Iterable<number>, periodSeconds: number): Bounds {
  const sum = { ...NONE }
  for (const count of counts) {
    const fewest = Math.min(count, 1)
    const most = Math.min(count, periodSeconds)
    // Rounding may go beyond what is possible by a hair.
    const expected = Math.max(fewest, Math.min(most, busySeconds(count, periodSeconds)))
    sum.least += tracesIn(fewest, count)
    sum.expected += tracesIn(expected, count)
    sum.most += tracesIn(most, count)
  }
  return sum
}

function tracesIn(seconds: number, count: number): number {
  return seconds + SHARE_OF_OTHERS * (count - seconds)
}

/** B(1 − (1 − 1/B)ⁿ), the seconds that are hit by n requests thrown at B of them; stable for few requests and for long periods. */
function busySeconds(count: number, periodSeconds: number): number {
  return count === 0 ? 0 : -periodSeconds * Math.expm1(count * Math.log1p(-1 / periodSeconds))
}

export function addBounds(a: Bounds, b: Bounds): Bounds {
  return { least: a.least + b.least, expected: a.expected + b.expected, most: a.most + b.most }
}

export function mapBounds(
  { least, expected, most }: Bounds,
  change: (value: number, of: keyof Bounds) => number,
): Bounds {
  return { least: change(least, 'least'), expected: change(expected, 'expected'), most: change(most, 'most') }
}
