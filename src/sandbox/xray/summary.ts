/** What GetTraceSummaries tells of a trace, from its segments. */
import type { Caller } from '../wire/caller.js'
import { isObject } from '../wire/json-input.js'
import type { TouchedService } from './filter-expression.js'
import { SERVICE_ORIGIN, type Segment, type Subsegment } from './segment.js'

interface SummarizedTrace {
  readonly id: string
  /** Milliseconds since the epoch. */
  readonly startedAt: number
  readonly segments: readonly Segment[]
}

export function summaryOf({ id, startedAt, segments }: SummarizedTrace, { account }: Caller): object {
  const serviceIds = touchedBy(segments).map(({ name, type }) => ({
    Name: name,
    Names: [name],
    AccountId: account,
    ...(type === undefined ? {} : { Type: type }),
  }))
  const service = segments.find(({ origin }) => origin === SERVICE_ORIGIN)
  const root = segments.find(({ parent_id }) => parent_id === undefined)
  const status = service?.http?.response?.status
  const ended = segments.every(({ in_progress }) => in_progress !== true)
  return {
    Id: id,
    StartTime: startedAt / 1000,
    ...(ended
      ? { Duration: durationOf(segments), ResponseTime: durationOf(root === undefined ? segments : [root]) }
      : {}),
    HasFault: segments.some((segment) => has(segment, 'fault')),
    HasError: segments.some((segment) => has(segment, 'error')),
    HasThrottle: segments.some((segment) => has(segment, 'throttle')),
    IsPartial: !ended,
    Http: status === undefined ? {} : { HttpStatus: status },
    Annotations: annotationsOf(segments),
    Users: [],
    ServiceIds: serviceIds,
    ResourceARNs: segments.flatMap(({ resource_arn }) => (resource_arn === undefined ? [] : [{ ARN: resource_arn }])),
    InstanceIds: [],
    AvailabilityZones: [],
    ...(serviceIds[0] === undefined ? {} : { EntryPoint: serviceIds[0] }),
    FaultRootCauses: [],
    ErrorRootCauses: [],
    ResponseTimeRootCauses: [],
    Revision: segments.length,
    MatchedEventTime: startedAt / 1000,
  }
}

/** Each service once. */
export function touchedBy(segments: readonly Segment[]): TouchedService[] {
  const touched = segments.map(({ name, origin }) => (origin === undefined ? { name } : { name, type: origin }))
  return [...new Map(touched.map((service) => [`${service.name}/${service.type ?? ''}`, service])).values()]
}

/** Seconds from the first start to the last end; never less than none. */
export function durationOf(segments: readonly Segment[]): number {
  let start = Number.POSITIVE_INFINITY
  let end = Number.NEGATIVE_INFINITY
  for (const { start_time, end_time = start_time } of segments) {
    start = Math.min(start, start_time)
    end = Math.max(end, end_time)
  }
  return end <= start ? 0 : Math.round((end - start) * 1000) / 1000
}

function has(segment: Subsegment, flag: 'fault' | 'error' | 'throttle'): boolean {
  if (segment[flag] === true) return true
  return Array.isArray(segment.subsegments) && segment.subsegments.some((one) => isObject(one) && has(one, flag))
}

function annotationsOf(segments: readonly Segment[]): Record<string, object[]> {
  const entries = segments.flatMap(({ annotations }) => Object.entries(annotations ?? {}))
  return Object.fromEntries(entries.map(([key, value]) => [key, [{ AnnotationValue: annotationValue(value) }]]))
}

function annotationValue(value: string | number | boolean): object {
  if (typeof value === 'number') return { NumberValue: value }
  return typeof value === 'boolean' ? { BooleanValue: value } : { StringValue: value }
}
