/** How many functions one call to GetMetricData can ask for, and how finely it is worth asking. */

/** AWS's limits on one call. */
const MOST_QUERIES = 500
const MOST_DATA_POINTS = 100_800

/** AWS's list price of GetMetricData; it counts metrics, not points. */
const DOLLARS_PER_METRIC = 0.01 / 1000

/** How long CloudWatch keeps points of a length. */
const PERIODS = [
  { seconds: 60, days: 15 },
  { seconds: 300, days: 63 },
]
const HOUR_SECONDS = 3600
const DAY_SECONDS = 24 * HOUR_SECONDS
/** Finer periods cost no more, but more calls: an account of thousands is asked by the hour. */
const CALLS_FOR_FINER_PERIODS = 30

export function namesPerCall(periods: number): number {
  return Math.max(1, Math.min(MOST_QUERIES, Math.floor(MOST_DATA_POINTS / Math.max(1, periods))))
}

/**
 * The finest period that few calls will do for, in seconds: the finer, the narrower the bounds.
 * @param functions of each account and region
 */
export function periodFor(days: number, functions: readonly number[]): number {
  const fits = PERIODS.find(({ seconds, days: kept }) => {
    const perCall = namesPerCall((days * DAY_SECONDS) / seconds)
    const calls = functions.reduce((sum, count) => sum + Math.ceil(count / perCall), 0)
    // The oldest points go while they are being asked for.
    return days < kept && calls <= CALLS_FOR_FINER_PERIODS
  })
  return fits?.seconds ?? HOUR_SECONDS
}

/** What asking costs by itself. */
export function readingDollars(functions: number): number {
  return functions * DOLLARS_PER_METRIC
}
