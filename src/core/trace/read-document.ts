/** Reads one segment document, as far as it can be read; counts what cannot. */
import type { PhaseTimes } from './phases.js'
import { ANNOTATED_PHASES, type Segment } from './segment.js'

export interface SegmentDocument {
  /** The segment, then its subsegments level by level, each with the id of what encloses it. */
  segments: Segment[]
  /** Segments and subsegments without a name or a time, and what is none of both. */
  unreadable: number
}

type Fields = Record<string, unknown>

/** Seconds of which a date can still be made, and milliseconds beyond every invocation. */
const LATEST = 8.64e12
/** Longer than any name, id and ARN that X-Ray allows. */
const LONGEST = 2_048

/** A segment or subsegment that is still to be read. */
interface Part {
  value: unknown
  /** Where it says none itself; without one of both it cannot be read. */
  id?: string
  parentId: string | undefined
  origin?: string | undefined
}

/** Nothing here calls itself: a document may be nested a hundred thousand deep. */
export function readDocument(document: string): SegmentDocument {
  const root = parse(document)
  if (!root) return { segments: [], unreadable: 1 }
  const rootId = textOf(root.id) ?? ''
  const origin = root.type === 'subsegment' ? undefined : textOf(root.origin)
  const parts: Part[] = [{ value: root, parentId: textOf(root.parent_id), origin }]
  const segments: Segment[] = []
  let unreadable = 0
  // The list grows while it is gone through.
  for (const part of parts) {
    const segment = readSegment(part)
    if (segment) segments.push(segment)
    else unreadable++
    const inside = fieldsOf(part.value)?.subsegments ?? []
    const parentId = segment?.id ?? part.parentId
    if (Array.isArray(inside))
      for (const value of inside) parts.push({ value, parentId, id: `${rootId}/${parts.length}` })
    else unreadable++
  }
  return { segments, unreadable }
}

function parse(document: string): Fields | undefined {
  try {
    return fieldsOf(JSON.parse(document))
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

function readSegment({ value, id: given, parentId, origin }: Part): Segment | undefined {
  const fields = fieldsOf(value) ?? {}
  const id = textOf(fields.id) ?? given
  const name = textOf(fields.name)
  const startMs = milliseconds(fields.start_time)
  const endMs = milliseconds(fields.end_time)
  if (id === undefined || name === undefined || startMs === undefined) return undefined
  if (endMs === undefined && fields.end_time !== undefined && fields.end_time !== null) return undefined
  const aws = fieldsOf(fields.aws) ?? {}
  const status = fieldsOf(fieldsOf(fields.http)?.response)?.status
  const arn = textOf(fields.resource_arn) ?? textOf(aws.function_arn)
  const requestId = textOf(aws.request_id)
  return {
    id,
    name,
    startMs,
    fault: fields.fault === true,
    error: fields.error === true,
    throttle: fields.throttle === true,
    annotated: readAnnotations(fieldsOf(fields.annotations) ?? {}),
    ...(parentId !== undefined && { parentId }),
    ...(origin !== undefined && { origin }),
    ...(endMs !== undefined && fields.in_progress !== true && { endMs }),
    ...(typeof status === 'number' && { status }),
    ...(arn !== undefined && { arn }),
    ...(requestId !== undefined && { requestId }),
  }
}

/** `{"aws.responseLatency": 12}` or `{"aws": {"responseLatency": "12"}}`, milliseconds. No other annotation is looked at. */
function readAnnotations(annotations: Fields): PhaseTimes {
  const nested = fieldsOf(annotations.aws) ?? {}
  const times: PhaseTimes = {}
  for (const phase of ANNOTATED_PHASES) {
    const value = annotations[`aws.${phase}`] ?? nested[phase]
    const ms = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
    if (typeof ms === 'number' && ms >= 0 && ms <= LATEST) times[phase] = ms
  }
  return times
}

/** To the microsecond: seconds since the epoch hold no more in a number. */
function milliseconds(seconds: unknown): number | undefined {
  if (typeof seconds !== 'number' || !(seconds >= 0 && seconds <= LATEST)) return undefined
  return Math.round(seconds * 1e6) / 1e3
}

function fieldsOf(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' && value.length <= LONGEST ? value : undefined
}
