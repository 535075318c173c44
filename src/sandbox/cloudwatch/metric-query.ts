/** Reads a GetMetricData request, in whichever protocol it came, and refuses what AWS refuses. */
import { isObject } from '../wire/json-input.js'
import { invalidParameterValue, missingParameter, validationError } from './errors.js'

const MOST_QUERIES = 500
export const MOST_POINTS = 100_800
const ID = /^[a-z][a-zA-Z0-9_]*$/

type Fields = Readonly<Record<string, unknown>>

export interface MetricQuery {
  readonly id: string
  readonly label: string
  readonly namespace: string
  readonly metricName: string
  /** By name. */
  readonly dimensions: ReadonlyMap<string, string>
  /** Seconds, a multiple of 60. */
  readonly period: number
  readonly returnData: boolean
}

export interface MetricRequest {
  readonly queries: readonly MetricQuery[]
  /** Seconds since the epoch; `to` is not part of it. */
  readonly from: number
  readonly to: number
  readonly ascending: boolean
  readonly maxPoints: number
  readonly token: string | undefined
}

/** @throws AwsError */
export function readRequest(input: Fields): MetricRequest {
  const given = input.MetricDataQueries
  if (!Array.isArray(given) || given.length === 0) throw missingParameter('MetricDataQueries')
  if (given.length > MOST_QUERIES) {
    throw validationError(`The collection MetricDataQueries must not have a size greater than ${MOST_QUERIES}.`)
  }
  const queries = given.map((query: unknown, index) => readQuery(query, `MetricDataQueries.member.${index + 1}`))
  if (new Set(queries.map(({ id }) => id)).size < queries.length) {
    throw validationError('The values for parameter id in MetricDataQueries are not unique.')
  }
  const from = readTime(input, 'StartTime')
  const to = readTime(input, 'EndTime')
  if (from >= to) throw validationError('The parameter StartTime must be less than the parameter EndTime.')
  const maxPoints = input.MaxDatapoints === undefined ? MOST_POINTS : Number(input.MaxDatapoints)
  if (!Number.isInteger(maxPoints) || maxPoints < 1 || maxPoints > MOST_POINTS) {
    throw invalidParameterValue(`The value for parameter MaxDatapoints must be between 1 and ${MOST_POINTS}.`)
  }
  return { queries, from, to, ascending: isAscending(input), maxPoints, token: optionalText(input.NextToken) }
}

function readQuery(query: unknown, path: string): MetricQuery {
  const fields = isObject(query) ? query : {}
  const id = requiredText(fields, 'Id', path)
  if (!ID.test(id)) {
    throw validationError(`The value ${id} for parameter ${path}.Id is not matching the expected pattern ${ID.source}.`)
  }
  if (!isObject(fields.MetricStat)) throw validationError(`The parameter ${path}.MetricStat is required.`)
  const stat = fields.MetricStat
  const metric = isObject(stat.Metric) ? stat.Metric : {}
  const metricName = requiredText(metric, 'MetricName', `${path}.MetricStat.Metric`)
  const named = requiredText(stat, 'Stat', `${path}.MetricStat`)
  if (named !== 'Sum')
    throw validationError(`The value ${named} for parameter ${path}.MetricStat.Stat is not supported.`)
  return {
    id,
    label: optionalText(fields.Label) ?? metricName,
    namespace: requiredText(metric, 'Namespace', `${path}.MetricStat.Metric`),
    metricName,
    dimensions: readDimensions(metric.Dimensions, `${path}.MetricStat.Metric.Dimensions`),
    period: readPeriod(stat, `${path}.MetricStat`),
    returnData: String(fields.ReturnData ?? true) === 'true',
  }
}

function readDimensions(given: unknown, path: string): ReadonlyMap<string, string> {
  if (given === undefined) return new Map()
  if (!Array.isArray(given)) throw validationError(`The parameter ${path} must be a list.`)
  return new Map(
    given.map((dimension: unknown, index) => {
      const fields = isObject(dimension) ? dimension : {}
      const at = `${path}.member.${index + 1}`
      return [requiredText(fields, 'Name', at), requiredText(fields, 'Value', at)]
    }),
  )
}

function readPeriod(stat: Fields, path: string): number {
  const period = Number(stat.Period)
  if (stat.Period === undefined) throw missingParameter(`${path}.Period`)
  if (Number.isInteger(period) && period > 0 && period % 60 === 0) return period
  throw validationError(`The value ${String(stat.Period)} for parameter ${path}.Period must be a multiple of 60.`)
}

/** Seconds: a number in JSON, a date in forms. */
function readTime(input: Fields, key: string): number {
  const given = input[key]
  if (given === undefined) throw missingParameter(key)
  const time = typeof given === 'number' ? given : Date.parse(String(given)) / 1000
  if (Number.isFinite(time)) return time
  throw invalidParameterValue(`The value ${String(given)} for parameter ${key} is not a timestamp.`)
}

function isAscending({ ScanBy }: Fields): boolean {
  if (ScanBy === undefined || ScanBy === 'TimestampDescending') return false
  if (ScanBy === 'TimestampAscending') return true
  throw invalidParameterValue(`The value ${String(ScanBy)} for parameter ScanBy is not supported.`)
}

function requiredText(fields: Fields, key: string, path: string): string {
  const text = optionalText(fields[key])
  if (text === undefined) throw missingParameter(`${path}.${key}`)
  return text
}

function optionalText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
