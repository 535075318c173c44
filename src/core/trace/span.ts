/** One row of a waterfall. */
import type { Phase } from './phases.js'

/** `calls` stands for the rows that are not drawn. */
export type SpanKind = 'service' | 'function' | 'queue' | 'attempt' | 'call' | 'calls' | Phase

export interface Span {
  kind: SpanKind
  /** As X-Ray names it; phases by their names of old. */
  label: string
  depth: number
  /** Milliseconds since the waterfall's left edge; below 0 for what was over before the request came. */
  startMs: number
  /** Absent while it goes on. */
  durationMs?: number
  fault: boolean
  error: boolean
  throttle: boolean
  /** Short remarks: `cold start`, `status 500`. */
  notes: string[]
}
