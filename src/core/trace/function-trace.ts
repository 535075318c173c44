/** What a trace says of one function: its newest invocation, phase by phase. */
import { type FunctionIdentity, type Invocation, invocationsOf, newestOf } from './invocations.js'
import { lengthOf, type PhasePart, phasePartsOf, phaseTimesOf } from './phase-parts.js'
import type { PhaseTimes } from './phases.js'
import { rowsOf } from './rows.js'
import type { Segment } from './segment.js'
import { indexSegments } from './segment-index.js'
import type { Span } from './span.js'
import type { TraceDocuments } from './trace.js'
import { TOLERANCE_MS, waterfallOf } from './waterfall.js'

/** The service's segment has the origin `AWS::Lambda`, the function's `AWS::Lambda::Function`. */
export type SegmentKind = 'service' | 'function'

export interface FunctionTrace {
  /** Of the trace. */
  id: string
  /** The segments that should be there and are not; both: the trace does not tell of this function. */
  missing: SegmentKind[]
  /** Of this function in the trace, attempts counted one by one; the newest that is whole is told of. */
  invocations: number
  /** How the function segment tells its phases; absent where it tells none. */
  form?: 'phases' | 'annotations'
  phases: PhaseTimes
  /** Somebody waited for an initialization or a restore. */
  coldStart: boolean
  /** Initialized well before the invocation began: `PREPARED_NOTE` says what that means. */
  prepared: boolean
  requestId?: string
  /** Milliseconds since the epoch; absent where both segments are missing. */
  startedAt?: number
  /** What the caller waited, or the function's own time where the service's is not known; absent while it goes on. */
  durationMs?: number
  inProgress: boolean
  fault: boolean
  error: boolean
  throttle: boolean
  /** Times contradict each other: clocks differ. Bars are cut to what can be, figures are as they were sent. */
  skewed: boolean
  /** Documents, segments and subsegments of the whole trace that could not be read. */
  unreadable: number
  /** Rows of a waterfall in drawing order, a bounded number. */
  spans: Span[]
  /** What the waterfall's whole width stands for. */
  totalMs: number
}

export const PREPARED_NOTE =
  'The function was initialized well before the invocation began, as provisioned concurrency does: nobody waited for it, however long the initialization looks.'

/** `fn.arn` may carry a qualifier; it decides where the segments have an ARN, else the name does. */
export function functionTrace(trace: TraceDocuments, fn: FunctionIdentity): FunctionTrace {
  const index = indexSegments(trace)
  const invocations = invocationsOf(fn, index)
  const invocation = newestOf(invocations) ?? {}
  const { service, function: ran } = invocation
  const { form, parts } = ran ? phasePartsOf(ran, index.inside.get(ran.id) ?? []) : { parts: [] }
  const prepared = isPrepared(invocation, parts)
  const hasPhase = (phase: string) => parts.some((one) => one.phase === phase)
  const both = [service, ran].filter((segment) => segment !== undefined)
  const [outer] = both
  const requestId = ran?.requestId ?? service?.requestId
  return {
    id: trace.id,
    missing: [...(service ? [] : ['service' as const]), ...(ran ? [] : ['function' as const])],
    invocations: invocations.length,
    ...(form && { form }),
    phases: phaseTimesOf(parts),
    coldStart: hasPhase('restore') || (hasPhase('initialization') && !prepared),
    prepared,
    ...(requestId !== undefined && { requestId }),
    ...(outer && { startedAt: outer.startMs }),
    ...(outer?.endMs !== undefined && { durationMs: lengthOf(outer.startMs, outer.endMs) }),
    inProgress: both.some(({ endMs }) => endMs === undefined),
    fault: both.some(({ fault }) => fault),
    error: both.some(({ error }) => error),
    throttle: both.some(({ throttle, status }) => throttle || status === 429),
    unreadable: index.unreadable,
    ...waterfallOf(rowsOf(invocation, parts, index), prepared),
  }
}

/** Longer than anything that lies between a cold start and the invocation that waits for it. */
const WELL_BEFORE_MS = 1_000

/** The time until the first invocation is counted as initialization (Lambda guide, "Visualize … using AWS X-Ray"). */
function isPrepared({ service, function: ran }: Invocation, parts: readonly PhasePart[]): boolean {
  const initialization = parts.find(({ phase }) => phase === 'initialization')?.part
  if (!ran || initialization?.endMs === undefined) return false
  const invoked: Segment = parts.find(({ phase }) => phase === 'invocation')?.part ?? ran
  const waited = service?.endMs === undefined ? undefined : lengthOf(service.startMs, service.endMs)
  const longerThanTheRequest =
    waited !== undefined && lengthOf(initialization.startMs, initialization.endMs) > waited + TOLERANCE_MS
  return longerThanTheRequest || initialization.endMs + WELL_BEFORE_MS < invoked.startMs
}
