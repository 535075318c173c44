/** The data points of one metric: sums of what was counted, as far as CloudWatch still keeps them so finely. */
import type { Counts } from '../traffic/counts.js'
import { InvocationCounts } from '../traffic/invocation-counts.js'
import type { Region } from '../world/region.js'
import type { MetricQuery } from './metric-query.js'

const DAY = 86_400
/** How many days CloudWatch keeps data by so many seconds. */
const KEPT_DAYS: ReadonlyArray<readonly [seconds: number, days: number]> = [
  [3600, 455],
  [300, 63],
  [60, 15],
]
const METRICS: ReadonlyMap<string, (counts: Counts) => number> = new Map([
  ['Invocations', ({ invocations }) => invocations],
  ['Errors', ({ errors }) => errors],
  ['Throttles', ({ throttles }) => throttles],
])

export interface DataPoint {
  /** Seconds since the epoch, the beginning of the period. */
  readonly time: number
  readonly value: number
  /** Among the periods of the request, in the order asked for. */
  readonly place: number
}

/** Seconds since the epoch; `to` is not part of it. */
export interface Window {
  readonly from: number
  readonly to: number
  readonly ascending: boolean
}

/** Periods without requests have no data point. @param from place of the first period to look at @param now seconds */
export function* dataPoints(
  query: MetricQuery,
  window: Window,
  from: number,
  { region, now }: { region: Region; now: number },
): Generator<DataPoint> {
  const valueIn = METRICS.get(query.metricName)
  const counts = countsOf(query, region)
  if (valueIn === undefined || counts === undefined) return
  const { period } = query
  const start = rounded(window.from, now)
  const end = Math.floor(Math.min(window.to, now) / 60) * 60
  const oldest = now - keptDays(period) * DAY
  const periods = Math.max(0, Math.ceil((end - start) / period))
  for (let place = from; place < periods; place += 1) {
    const time = start + (window.ascending ? place : periods - 1 - place) * period
    if (time < oldest) continue
    const found = counts.between(time, Math.min(time + period, end))
    if (found.invocations + found.throttles > 0) yield { time, value: valueIn(found), place }
  }
}

function countsOf({ namespace, dimensions }: MetricQuery, region: Region): InvocationCounts | undefined {
  const name = dimensions.get('FunctionName')
  if (namespace !== 'AWS/Lambda' || dimensions.size !== 1 || name === undefined) return undefined
  const lambda = region.functions.get(name)
  return lambda?.traffic === undefined ? undefined : new InvocationCounts(lambda.arn, lambda.traffic)
}

/** The start is rounded down to the minute, five minutes or hour, the further back it lies. */
function rounded(from: number, now: number): number {
  const [finest = 60] = KEPT_DAYS.findLast(([, days]) => from >= now - days * DAY) ?? KEPT_DAYS[0] ?? []
  return Math.floor(from / finest) * finest
}

function keptDays(period: number): number {
  return KEPT_DAYS.find(([seconds]) => period % seconds === 0)?.[1] ?? 0
}
