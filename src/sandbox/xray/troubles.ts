/** Spoils traces in the ways that are set for a function or its region. */
import type { TraceTrouble } from '../world/trace-trouble.js'
import { FUNCTION_ORIGIN, SERVICE_ORIGIN, type Segment, type Subsegment } from './segment.js'

export type Troubles = ReadonlySet<TraceTrouble>

const SKEW_SECONDS = 3.2
const DEPTH = 5000

/** The segments that arrive, as X-Ray understands them. */
export function arrivingSegments(segments: readonly Segment[], troubles: Troubles): Segment[] {
  if (troubles.has('traces-lost')) return []
  return segments
    .filter((segment) => !(troubles.has('function-segment-lost') && segment.origin === FUNCTION_ORIGIN))
    .filter((segment) => !(troubles.has('service-segment-lost') && segment.origin === SERVICE_ORIGIN))
    .map((segment) => (isLambdas(segment) ? spoil(segment, segments, troubles) : segment))
}

/** Those of them that BatchGetTraces already has. */
export function fetchableSegments(segments: readonly Segment[], troubles: Troubles): readonly Segment[] {
  if (!troubles.has('function-segment-late')) return segments
  return segments.filter((segment) => segment.origin !== FUNCTION_ORIGIN)
}

/** The document as it is handed out. */
export function documentOf(segment: Segment, troubles: Troubles): string {
  if (!isLambdas(segment)) return JSON.stringify(segment)
  if (troubles.has('deep-nesting') && segment.origin === FUNCTION_ORIGIN) return nested(segment)
  const text = JSON.stringify(segment, (key: string, value: unknown) => {
    if (key === 'start_time' || key === 'end_time') {
      if (troubles.has('no-times')) return undefined
      return troubles.has('times-as-text') ? String(value) : value
    }
    if (key === 'subsegments' && troubles.has('subsegments-no-list')) return { first: value }
    return value
  })
  return troubles.has('not-json') ? text.slice(0, text.length / 2) : text
}

function isLambdas(segment: Segment): boolean {
  return segment.origin === FUNCTION_ORIGIN || segment.origin === SERVICE_ORIGIN
}

function spoil(segment: Segment, all: readonly Segment[], troubles: Troubles): Segment {
  const ofFunction = segment.origin === FUNCTION_ORIGIN
  let spoilt: Segment = segment
  if (troubles.has('clock-skew') && ofFunction) spoilt = retimed(spoilt, (time) => time - SKEW_SECONDS)
  if (troubles.has('negative-duration')) spoilt = retimed(spoilt, undefined)
  if (troubles.has('in-progress')) spoilt = unended(spoilt)
  if (troubles.has('parent-cycle')) {
    const other = all.find(({ origin }) => origin === (ofFunction ? SERVICE_ORIGIN : FUNCTION_ORIGIN))
    if (other !== undefined) spoilt = { ...spoilt, parent_id: other.id }
  }
  return spoilt
}

/** @param move absent: starts and ends are exchanged */
function retimed<T extends Subsegment>(segment: T, move: ((time: number) => number) | undefined): T {
  const { start_time: start, end_time: end = start, subsegments } = segment
  const times =
    move === undefined ? { start_time: end, end_time: start } : { start_time: move(start), end_time: move(end) }
  const inner = subsegments?.map((one) => retimed(one, move))
  return { ...segment, ...times, ...(inner === undefined ? {} : { subsegments: inner }) }
}

/** Overhead has not begun, and the handler still runs. */
function unended(segment: Segment): Segment {
  const { end_time: _end, subsegments, ...rest } = segment
  const begun = subsegments?.filter(({ name }) => name !== 'Overhead')
  const inner = begun?.map((one) => {
    const { end_time: _ended, ...running } = one
    return one.name === 'Invocation' ? { ...running, in_progress: true } : one
  })
  return { ...rest, in_progress: true, ...(inner === undefined ? {} : { subsegments: inner }) }
}

/** Written piece by piece: JSON.stringify would run out of stack. */
function nested(segment: Segment): string {
  const { subsegments: _replaced, ...rest } = segment
  const { start_time, end_time } = segment
  const levels = Array.from({ length: DEPTH }, (_, level) => {
    const own = { id: level.toString(16).padStart(16, '0'), name: `level ${level}`, start_time, end_time }
    return `${JSON.stringify(own).slice(0, -1)},"subsegments":[`
  })
  const head = JSON.stringify(rest).slice(0, -1)
  return `${head},"subsegments":[${levels.join('')}${']}'.repeat(DEPTH)}]}`
}
