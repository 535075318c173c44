/** GetMetricData: data points of many metrics, cut into pages where there are too many. */
import type { Context } from '../wire/service.js'
import { invalidNextToken } from './errors.js'
import { type MetricQuery, type MetricRequest, readRequest } from './metric-query.js'
import { type DataPoint, dataPoints } from './metric-series.js'

export interface MetricDataResult {
  readonly query: MetricQuery
  readonly points: readonly DataPoint[]
  readonly complete: boolean
}

export interface MetricData {
  readonly results: readonly MetricDataResult[]
  readonly nextToken?: string
}

/** Where a page begins: a query, and one of its periods. */
interface Place {
  readonly query: number
  readonly period: number
}

/** @throws AwsError */
export function getMetricData(input: Readonly<Record<string, unknown>>, context: Context): MetricData {
  const request = readRequest(input)
  const { account, caller, now } = context
  const source = { region: account.region(caller.region), now: now / 1000 }
  const start = readToken(request)
  const results: MetricDataResult[] = []
  let room = request.maxPoints
  let next: Place | undefined
  for (const [index, query] of request.queries.entries()) {
    if (index < start.query || !query.returnData) continue
    const points: DataPoint[] = []
    if (next === undefined) {
      for (const point of dataPoints(query, request, index === start.query ? start.period : 0, source)) {
        if (room === 0) {
          next = { query: index, period: point.place }
          break
        }
        points.push(point)
        room -= 1
      }
    }
    results.push({ query, points, complete: next === undefined })
  }
  return { results, ...(next === undefined ? {} : { nextToken: writeToken(next, request) }) }
}

/** @throws AwsError InvalidNextToken for what is none, or belongs to another request */
function readToken(request: MetricRequest): Place {
  const { token } = request
  if (token === undefined) return { query: 0, period: 0 }
  const text = Buffer.from(token, 'base64url').toString('utf8')
  const [, query, period] = /^(\d+)\/(\d+)\//.exec(text) ?? []
  if (query === undefined || period === undefined) throw invalidNextToken()
  const place = { query: Number(query), period: Number(period) }
  if (writeToken(place, request) !== token) throw invalidNextToken()
  return place
}

function writeToken({ query, period }: Place, { from, to, queries, ascending }: MetricRequest): string {
  return Buffer.from([query, period, from, to, queries.length, ascending].join('/')).toString('base64url')
}
