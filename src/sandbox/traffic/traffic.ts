/** How often a function is invoked, and what its invocations are like. */

/**
 * Steady, with the sun (most at 15:00 UTC), only in the first two minutes of each hour, or only between 02:00 and 03:00 UTC.
 */
export type TrafficPattern = 'steady' | 'daily' | 'hourly' | 'nightly'

export type Downstream = 'dynamodb' | 's3' | 'http'

/** The older form names its phases in subsegments, the newer one writes most of them as annotations. */
export type SegmentForm = 'phases' | 'annotations'

/** Shares are between 0 and 1, and none where they are absent; times are medians in milliseconds. */
export interface Traffic {
  /** Over the day. */
  perMinute: number
  /** Absent: steady. */
  pattern?: TrafficPattern
  /** Version or alias that is invoked; absent: `$LATEST`. */
  qualifier?: string
  /** Absent: phases. */
  form?: SegmentForm
  durationMs?: number
  initMs?: number
  coldShare?: number
  /** Of invocations that throw: X-Ray's faults. */
  errorShare?: number
  /** Of invocations whose first downstream call is answered 400: X-Ray's errors. */
  clientErrorShare?: number
  /** Requests that are refused for want of concurrency, compared to the invocations: they are not among them. */
  throttleShare?: number
  downstream?: readonly Downstream[]
  /** Initialization ends minutes before the invocation. */
  provisionedConcurrency?: boolean
  asynchronous?: boolean
}
