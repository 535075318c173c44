/** BatchGetTraces: the documents of up to five traces. */
import type { JsonInput } from '../wire/json-input.js'
import type { Context } from '../wire/service.js'
import { visibleWindow } from './arrived-traces.js'
import { invalidRequest } from './errors.js'
import { FunctionTraces } from './function-traces.js'
import { storedTrace } from './stored-traces.js'
import { durationOf } from './summary.js'
import { documentOf, fetchableSegments } from './troubles.js'

const MOST_IDS = 5
const LONGEST_ID = 35

interface FetchedTrace {
  readonly Id: string
  readonly Duration: number
  readonly LimitExceeded: boolean
  readonly Segments: ReadonlyArray<{ readonly Id: string; readonly Document: string }>
}

export function batchGetTraces(input: JsonInput, context: Context): object {
  const ids = traceIds(input)
  const from = Number(input.text('NextToken') ?? 0)
  if (!Number.isInteger(from) || from < 0) throw invalidRequest('Invalid NextToken')
  const to = from + context.settings.tracesPerPage
  const Traces: FetchedTrace[] = []
  const UnprocessedTraceIds: string[] = []
  for (const id of ids.slice(from, to)) {
    const trace = fetched(id, context)
    if (trace === undefined) UnprocessedTraceIds.push(id)
    else Traces.push(trace)
  }
  return { Traces, UnprocessedTraceIds, ...(to < ids.length ? { NextToken: String(to) } : {}) }
}

/** @throws AwsError InvalidRequestException */
function traceIds(input: JsonInput): string[] {
  const ids = input.texts('TraceIds') ?? []
  if (ids.length === 0) throw invalidRequest('TraceIds is required')
  if (ids.length > MOST_IDS) throw invalidRequest(`TraceIds must not hold more than ${MOST_IDS} ids`)
  if (ids.some((id) => id.length > LONGEST_ID)) throw invalidRequest('A trace id is too long')
  return [...new Set(ids)]
}

/** Undefined for what X-Ray does not have, or keeps elsewhere. */
function fetched(id: string, context: Context): FetchedTrace | undefined {
  const { account, caller, settings } = context
  const region = account.region(caller.region)
  if (region.tracing.transactionSearch) return undefined
  const visible = visibleWindow(context)
  const stored = storedTrace(region.tracing, id, visible.to)
  if (stored !== undefined) {
    const documents = stored.documents.map(({ id: segment, text }) => ({ Id: segment, Document: text }))
    return { Id: id, Duration: durationOf(stored.segments), LimitExceeded: false, Segments: documents }
  }
  const arrived = new FunctionTraces(account, region, settings).byId(id)
  if (arrived === undefined || arrived.startedAt < visible.from || arrived.startedAt >= visible.to) return undefined
  const documents = fetchableSegments(arrived.segments, arrived.troubles).map((segment) => ({
    Id: segment.id,
    Document: documentOf(segment, arrived.troubles),
  }))
  return { Id: id, Duration: durationOf(arrived.segments), LimitExceeded: false, Segments: turned(documents, id) }
}

/** AWS promises no order of the segments: half of the traces come with the service segment last. */
function turned<T>(documents: readonly T[], id: string): T[] {
  return Number.parseInt(id.slice(-1), 16) % 2 === 0 ? [...documents] : [...documents].reverse()
}
