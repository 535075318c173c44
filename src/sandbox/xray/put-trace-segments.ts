/** PutTraceSegments: documents are JSON in strings, and bad ones come back. */
import { isObject, type JsonInput } from '../wire/json-input.js'
import type { Context } from '../wire/service.js'
import { invalidRequest } from './errors.js'

const LARGEST_BYTES = 64 * 1024
const KEPT_MS = 30 * 86_400_000
/** Trace ids may be ahead of the clock by as much. */
const AHEAD_MS = 15 * 60_000

type Fields = Readonly<Record<string, unknown>>

/** In this order; the first that does not hold names the error. */
const CHECKS: ReadonlyArray<readonly [code: string, holds: (fields: Fields, now: number) => boolean]> = [
  ['MissingId', ({ id }) => id !== undefined],
  ['InvalidId', ({ id }) => typeof id === 'string' && /^[0-9a-f]{16}$/.test(id)],
  ['MissingName', ({ name }) => typeof name === 'string' && name !== ''],
  ['MissingTraceId', ({ trace_id }) => trace_id !== undefined],
  ['InvalidTraceId', ({ trace_id }, now) => typeof trace_id === 'string' && isRecent(trace_id, now)],
  ['MissingStartTime', ({ start_time }) => start_time !== undefined],
  ['InvalidTime', ({ start_time, end_time }) => isTime(start_time) && (end_time === undefined || isTime(end_time))],
  ['MissingEndTime', ({ end_time, in_progress }) => end_time !== undefined || in_progress === true],
]

export function putTraceSegments(input: JsonInput, { account, caller, now }: Context): object {
  const documents = input.texts('TraceSegmentDocuments')
  if (documents === undefined) throw invalidRequest('TraceSegmentDocuments is required')
  const { tracing } = account.region(caller.region)
  const UnprocessedTraceSegments = documents.flatMap((text) => {
    const fields = fieldsOf(text)
    const code = Buffer.byteLength(text) > LARGEST_BYTES ? 'DocumentTooLarge' : errorOf(fields, now)
    if (code === undefined) {
      tracing.store(String(fields?.trace_id), { segmentId: String(fields?.id), text, storedAt: now })
      return []
    }
    const id = typeof fields?.id === 'string' ? { Id: fields.id } : {}
    return [{ ...id, ErrorCode: code, Message: `Invalid segment. ErrorCode: ${code}` }]
  })
  return { UnprocessedTraceSegments }
}

/** Undefined for what is no JSON object. */
function fieldsOf(text: string): Fields | undefined {
  try {
    const parsed: unknown = JSON.parse(text)
    return isObject(parsed) ? parsed : undefined
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

function errorOf(fields: Fields | undefined, now: number): string | undefined {
  if (fields === undefined) return 'ParseError'
  return CHECKS.find(([, holds]) => !holds(fields, now))?.[0]
}

function isRecent(traceId: string, now: number): boolean {
  const seconds = /^1-([0-9a-f]{8})-[0-9a-f]{24}$/.exec(traceId)?.[1]
  if (seconds === undefined) return false
  const age = now - Number.parseInt(seconds, 16) * 1000
  return age <= KEPT_MS && age >= -AHEAD_MS
}

function isTime(value: unknown): boolean {
  return typeof value === 'number' && value > 0
}
