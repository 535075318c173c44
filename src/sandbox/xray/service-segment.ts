/** The segment of the Lambda service: how a request came in and was handed on. */
import { mix } from '../traffic/hash.js'
import type { Invocation } from '../traffic/invocation.js'
import type { Traffic } from '../traffic/traffic.js'
import { SERVICE_ORIGIN, type Segment, type Subsegment, seconds, segmentId } from './segment.js'

const SERVICE = 30
/** Until an asynchronous request is taken in, and how long it then waits; milliseconds. */
const ACCEPTED_MS = 15
export const DWELL_MS = 45
const THROTTLED_MS = 4

export interface ServicePlace {
  readonly traceId: string
  readonly functionName: string
  readonly functionArn: string
  /** Milliseconds, when the function has answered; absent where it was not called. */
  readonly answeredAt?: number
}

export function serviceSegment(invocation: Invocation, traffic: Traffic, place: ServicePlace): Segment {
  const { startedAt, outcome, seed } = invocation
  const asynchronous = traffic.asynchronous === true
  const answeredAt = place.answeredAt ?? startedAt + THROTTLED_MS
  const throttled = outcome === 'throttle'
  const status = throttled ? 429 : asynchronous ? 202 : 200
  return {
    id: serviceId(seed),
    name: place.functionName,
    start_time: seconds(startedAt),
    trace_id: place.traceId,
    end_time: seconds(asynchronous && !throttled ? startedAt + ACCEPTED_MS : answeredAt),
    http: { response: { status } },
    aws: { request_id: requestId(seed) },
    origin: SERVICE_ORIGIN,
    resource_arn: place.functionArn,
    ...(outcome === 'error' ? { fault: true } : {}),
    ...(throttled ? { error: true, throttle: true } : {}),
    ...(asynchronous && !throttled ? { subsegments: attempt(invocation, answeredAt) } : {}),
  }
}

/** What the function segment hangs on. */
export function functionParent(seed: number, traffic: Traffic): string {
  return traffic.asynchronous === true ? attemptId(seed) : serviceId(seed)
}

/** The request is answered long before the attempt ends. */
function attempt({ startedAt, seed, outcome }: Invocation, answeredAt: number): Subsegment[] {
  const handedOn = startedAt + DWELL_MS
  return [
    {
      id: segmentId(mix(seed, SERVICE, 2), mix(seed, SERVICE, 3)),
      name: 'Dwell Time',
      start_time: seconds(startedAt),
      end_time: seconds(handedOn),
    },
    {
      id: attemptId(seed),
      name: 'Attempt #1',
      start_time: seconds(handedOn),
      end_time: seconds(answeredAt),
      http: { response: { status: 200 } },
      ...(outcome === 'error' ? { fault: true } : {}),
    },
  ]
}

function serviceId(seed: number): string {
  return segmentId(mix(seed, SERVICE, 0), mix(seed, SERVICE, 1))
}

function attemptId(seed: number): string {
  return segmentId(mix(seed, SERVICE, 4), mix(seed, SERVICE, 5))
}

function requestId(seed: number): string {
  const digits =
    segmentId(mix(seed, SERVICE, 6), mix(seed, SERVICE, 7)) + segmentId(mix(seed, SERVICE, 8), mix(seed, SERVICE, 9))
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `4${digits.slice(13, 16)}`,
    `a${digits.slice(17, 20)}`,
    digits.slice(20),
  ].join('-')
}
