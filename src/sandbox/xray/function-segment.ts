/** The segment of a function's code, in both of the forms that Lambda writes. */
import { mix } from '../traffic/hash.js'
import type { Invocation } from '../traffic/invocation.js'
import type { Traffic } from '../traffic/traffic.js'
import { FUNCTION_ORIGIN, type Segment, type Subsegment, seconds, segmentId } from './segment.js'

/** How long before the invocation provisioned concurrency has initialized. */
const PROVISIONED_MS = 7 * 60_000
const FUNCTION = 10

export interface FunctionPlace {
  readonly traceId: string
  readonly functionName: string
  readonly functionArn: string
  readonly account: string
  /** Of the service segment, or of one of its attempts. */
  readonly parentId: string
  /** Milliseconds, when the invocation begins. */
  readonly from: number
  /** Restored from a snapshot instead of initialized. */
  readonly restores: boolean
}

/** @param calls what the handler calls, in time */
export function functionSegment(
  invocation: Invocation,
  traffic: Traffic,
  place: FunctionPlace,
  calls: readonly Subsegment[],
): Segment {
  const { from, functionName: name, functionArn: function_arn } = place
  const answered = from + invocation.durationMs
  const end = answered + invocation.overheadMs
  const failure = failureOf(invocation)
  const annotated = traffic.form === 'annotations'
  const part = (number: number, title: string, start: number, until: number): Subsegment => ({
    id: segmentId(mix(invocation.seed, FUNCTION, number), mix(invocation.seed, FUNCTION + 1, number)),
    name: title,
    start_time: seconds(start),
    end_time: seconds(until),
    aws: { function_arn },
  })
  const opening = openingOf(invocation, traffic, place)
  const first = opening === undefined ? [] : [part(1, opening.name, opening.from, opening.to)]
  const running: Subsegment = {
    ...part(2, 'Invocation', from, answered),
    ...failure,
    ...(calls.length === 0 ? {} : { subsegments: [...calls] }),
  }
  return {
    id: segmentId(mix(invocation.seed, FUNCTION, 0), mix(invocation.seed, FUNCTION + 1, 0)),
    name,
    start_time: seconds(from),
    trace_id: place.traceId,
    end_time: seconds(end),
    parent_id: place.parentId,
    aws: { account_id: place.account, function_arn, resource_names: [name] },
    origin: FUNCTION_ORIGIN,
    ...failure,
    ...(invocation.outcome === 'client-error' ? { error: true } : {}),
    ...(annotated ? { annotations: annotationsOf(invocation) } : {}),
    subsegments: annotated ? [...first, ...calls] : [...first, part(3, 'Overhead', answered, end), running],
  }
}

/** What comes before the handler; it ends when the function segment begins, and is no part of that time. */
function openingOf({ cold, initMs }: Invocation, traffic: Traffic, { from, restores }: FunctionPlace) {
  if (!cold) return undefined
  if (restores) return { name: 'Restore', from: from - 1 - initMs, to: from - 1 }
  const name = traffic.form === 'annotations' ? 'Init' : 'Initialization'
  const to = traffic.provisionedConcurrency === true ? from - PROVISIONED_MS : from - 1
  return { name, from: to - initMs, to }
}

/** Milliseconds: the answer's latency and transfer, and what runtime and extensions took after it. */
function annotationsOf({ durationMs, overheadMs }: Invocation): Record<string, number> {
  const rounded = (ms: number) => Math.round(ms * 1000) / 1000
  return {
    'aws.responseLatency': rounded(durationMs * 0.97),
    'aws.responseDuration': rounded(durationMs * 0.03),
    'aws.runtimeOverhead': rounded(overheadMs * 0.75),
    'aws.extensionOverhead': rounded(overheadMs * 0.25),
  }
}

function failureOf({ outcome, seed }: Invocation): Pick<Segment, 'fault' | 'cause'> {
  if (outcome !== 'error') return {}
  const exception = { id: segmentId(seed, mix(seed, FUNCTION)), message: 'the order could not be read', type: 'Error' }
  return { fault: true, cause: { working_directory: '/var/task', exceptions: [exception] } }
}
