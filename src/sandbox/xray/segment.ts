/** Segments as X-Ray keeps them, with the keys of segment documents; times are seconds since the epoch. */

export interface Subsegment {
  id: string
  name: string
  start_time: number
  end_time?: number
  in_progress?: boolean
  namespace?: 'aws' | 'remote'
  /** 5xx, 4xx and 429. */
  fault?: boolean
  error?: boolean
  throttle?: boolean
  cause?: object
  http?: { request?: { url: string; method: string }; response?: { status: number; content_length?: number } }
  aws?: Readonly<Record<string, unknown>>
  annotations?: Readonly<Record<string, string | number | boolean>>
  subsegments?: Subsegment[]
}

export interface Segment extends Subsegment {
  trace_id: string
  parent_id?: string
  origin?: string
  resource_arn?: string
  /** Made by X-Ray from a subsegment, for a service that sends none itself. */
  inferred?: boolean
}

export const SERVICE_ORIGIN = 'AWS::Lambda'
export const FUNCTION_ORIGIN = 'AWS::Lambda::Function'

/** Sixteen hexadecimal digits. @param high and low 32 bits each */
export function segmentId(high: number, low: number): string {
  return hex(high) + hex(low)
}

export function hex(value: number): string {
  return value.toString(16).padStart(8, '0')
}

/** Seconds with microseconds, of milliseconds. */
export function seconds(ms: number): number {
  return Math.round(ms * 1000) / 1e6
}
