/** GetTraceSummaries: which traces there are in a window, page by page. */
import type { JsonInput } from '../wire/json-input.js'
import type { Context } from '../wire/service.js'
import { arrivedTraces, type ListingPlace } from './arrived-traces.js'
import { invalidRequest } from './errors.js'
import { summaryOf } from './summary.js'

const LONGEST_HOURS = 6
const RANGE_TYPES: ReadonlySet<string> = new Set(['TraceId', 'Event', 'Service'])

interface Token extends ListingPlace {
  /** The next page is the empty one. */
  readonly empty: boolean
}

export function getTraceSummaries(input: JsonInput, context: Context): object {
  const window = windowOf(input)
  const token = readToken(input.text('NextToken'))
  const { settings, account, caller, now } = context
  const { emptyPages } = account.region(caller.region).tracing
  const answer = { ApproximateTime: now / 1000 }
  const traces = arrivedTraces(window, input.text('FilterExpression') ?? '', token, context)
  if (token?.empty === true) {
    return { ...answer, TraceSummaries: [], TracesProcessedCount: 0, NextToken: writeToken({ ...token, empty: false }) }
  }
  const TraceSummaries: object[] = []
  for (const trace of traces) {
    if (TraceSummaries.length === settings.traceSummariesPerPage) {
      const NextToken = writeToken({ ...trace.place, empty: emptyPages && token === undefined })
      return { ...answer, TraceSummaries, TracesProcessedCount: TraceSummaries.length, NextToken }
    }
    TraceSummaries.push(summaryOf(trace, caller))
  }
  return { ...answer, TraceSummaries, TracesProcessedCount: TraceSummaries.length }
}

/** @throws AwsError InvalidRequestException */
function windowOf(input: JsonInput): { from: number; to: number } {
  const start = input.number('StartTime')
  const end = input.number('EndTime')
  if (start === undefined || end === undefined) throw invalidRequest('StartTime and EndTime are required')
  if (end < start) throw invalidRequest('EndTime must not be before StartTime')
  if (end - start > LONGEST_HOURS * 3600) throw invalidRequest(`The time range must not exceed ${LONGEST_HOURS} hours`)
  const kind = input.text('TimeRangeType')
  if (kind !== undefined && !RANGE_TYPES.has(kind)) throw invalidRequest('TimeRangeType is not valid')
  return { from: start * 1000, to: end * 1000 }
}

/** @throws AwsError InvalidRequestException */
function readToken(token: string | undefined): Token | undefined {
  if (token === undefined || token === '') return undefined
  const text = Buffer.from(token, 'base64url').toString('utf8')
  const [, part, at, index, empty] = /^(\d+)\/(\d+)\/(\d+)\/([01])$/.exec(text) ?? []
  if (part === undefined) throw invalidRequest('Invalid NextToken')
  return { part: Number(part), at: Number(at), index: Number(index), empty: empty === '1' }
}

function writeToken({ part, at, index, empty }: Token): string {
  return Buffer.from(`${part}/${at}/${index}/${empty ? 1 : 0}`).toString('base64url')
}
