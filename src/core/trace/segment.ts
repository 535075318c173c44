/** A segment or subsegment of a trace: only what is shown goes on from the document that AWS sent. */
import type { Phase, PhaseTimes } from './phases.js'

/** Phases that the newer form gives as annotations instead of subsegments. */
export const ANNOTATED_PHASES = [
  'responseLatency',
  'responseDuration',
  'runtimeOverhead',
  'extensionOverhead',
] as const satisfies readonly Phase[]

export interface Segment {
  id: string
  parentId?: string
  name: string
  /** `AWS::Lambda`, `AWS::Lambda::Function` …; absent in subsegments. */
  origin?: string
  /** Milliseconds since the epoch. */
  startMs: number
  /** Absent while it goes on; before `startMs` where clocks disagree. */
  endMs?: number
  fault: boolean
  error: boolean
  throttle: boolean
  /** HTTP status of the response. */
  status?: number
  /** Of the function or the resource, perhaps with a qualifier. */
  arn?: string
  requestId?: string
  annotated: PhaseTimes
}

export const SERVICE_ORIGIN = 'AWS::Lambda'
export const FUNCTION_ORIGIN = 'AWS::Lambda::Function'
