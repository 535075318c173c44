/** Brings the rows of an invocation to one scale, and sees where clocks disagree. */
import { lengthOf } from './phase-parts.js'
import type { Row } from './rows.js'
import type { Segment } from './segment.js'
import type { Span } from './span.js'

export interface Waterfall {
  spans: Span[]
  /** From the left edge to the right one. */
  totalMs: number
  skewed: boolean
}

/** Clocks of one fleet differ by this much and nobody wonders. */
export const TOLERANCE_MS = 10

/** @param prepared the initialization is no part of the request */
export function waterfallOf(rows: readonly Row[], prepared: boolean): Waterfall {
  const leftMs = leftEdgeOf(rows, prepared)
  const rightMs = rightEdgeOf(rows, leftMs)
  return {
    spans: rows.map((row) => spanOf(row, leftMs, prepared)),
    totalMs: lengthOf(leftMs, rightMs),
    skewed: rows.some(isSkewed),
  }
}

/** The service's clock counts where there is one; without it a cold start may begin before the function's own segment. */
function leftEdgeOf(rows: readonly Row[], prepared: boolean): number {
  const [first] = rows
  if (!first || first.kind === 'service') return first?.segment.startMs ?? 0
  const preparing = prepared ? [] : rows.filter(isPreparing)
  return Math.min(first.segment.startMs, ...preparing.map(({ segment }) => segment.startMs))
}

/** The end of the later segment; while one goes on, the last thing known. What a wrong clock puts elsewhere does not count. */
function rightEdgeOf(rows: readonly Row[], leftMs: number): number {
  const segments = rows.filter(({ kind }) => kind === 'service' || kind === 'function')
  const goesOn = segments.some(({ segment }) => segment.endMs === undefined)
  const lastStartMs = lastStartOf(rows[0]?.segment)
  const ends = (goesOn ? rows : segments)
    .filter(({ segment }) => segment.startMs >= leftMs - TOLERANCE_MS && segment.startMs <= lastStartMs)
    .map(({ segment }) => segment.endMs ?? segment.startMs)
  return Math.max(leftMs, ...ends)
}

/** An invocation that was only accepted (202) runs when the answer is long given. */
function lastStartOf(outer: Segment | undefined): number {
  return outer?.endMs === undefined || outer.status === 202 ? Number.POSITIVE_INFINITY : outer.endMs + TOLERANCE_MS
}

function isSkewed({ kind, segment, outer }: Row): boolean {
  const { startMs, endMs = startMs } = segment
  if (endMs < startMs) return true
  if (!outer || segment.id === '') return false
  const isPreparation = kind === 'initialization' || kind === 'restore'
  if (startMs < outer.startMs - TOLERANCE_MS && !isPreparation) return true
  // Extensions go on when the caller has its answer.
  const last = kind === 'function' ? startMs : endMs
  return last > (kind === 'function' ? lastStartOf(outer) : (outer.endMs ?? last) + TOLERANCE_MS)
}

function isPreparing({ kind }: Row): boolean {
  return kind === 'initialization' || kind === 'restore'
}

function spanOf({ kind, label, depth, segment }: Row, leftMs: number, prepared: boolean): Span {
  const { startMs, endMs, fault, error, throttle, status } = segment
  const notes = [
    ...(kind === 'restore' ? ['cold start'] : []),
    ...(kind === 'initialization' ? [prepared ? 'prepared' : 'cold start'] : []),
    ...(fault ? ['fault'] : []),
    ...(error ? ['error'] : []),
    ...(throttle ? ['throttled'] : []),
    ...(status !== undefined && status >= 400 ? [`status ${status}`] : []),
    ...(endMs === undefined ? ['in progress'] : []),
  ]
  return {
    kind,
    label,
    depth,
    startMs: Math.round((startMs - leftMs) * 1e3) / 1e3,
    ...(endMs !== undefined && { durationMs: lengthOf(startMs, endMs) }),
    fault,
    error,
    throttle,
    notes,
  }
}
