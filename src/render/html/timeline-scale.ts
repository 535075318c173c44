/** The marks of a time scale: a few round figures between its ends. */

/** Marks at most, the one at 0 among them. */
const MOST = 5
/** What people count in. */
const STEPS = [1, 2, 5]

/** @returns milliseconds from 0 on, all of them below the end or at it */
export function ticksOf(totalMs: number): number[] {
  if (!(totalMs > 0)) return [0]
  const step = stepOf(totalMs)
  return Array.from({ length: Math.floor(totalMs / step) + 1 }, (_, index) => round(index * step))
}

/** The smallest round step that makes few enough marks. */
function stepOf(totalMs: number): number {
  const power = 10 ** Math.floor(Math.log10(totalMs / MOST))
  return STEPS.map((one) => one * power).find((step) => Math.floor(totalMs / step) < MOST) ?? 10 * power
}

/** Takes back what the sums of tenths and hundredths add. */
function round(ms: number): number {
  return Number(ms.toPrecision(12))
}
