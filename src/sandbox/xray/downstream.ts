/** What a function calls: its subsegments, and the segments that X-Ray infers from them. */
import { mix } from '../traffic/hash.js'
import type { Downstream } from '../traffic/traffic.js'
import { type Segment, type Subsegment, seconds, segmentId } from './segment.js'

interface Called {
  readonly name: string
  /** X-Ray's type of the service; absent for what is not AWS. */
  readonly origin?: string
  describe(functionName: string, region: string): Partial<Subsegment>
}

const CALLED: Readonly<Record<Downstream, Called>> = {
  dynamodb: {
    name: 'DynamoDB',
    origin: 'AWS::DynamoDB::Table',
    describe: (functionName, region) => {
      const table_name = `${functionName}-table`
      return {
        namespace: 'aws',
        aws: { operation: 'GetItem', region, table_name, resource_names: [table_name], retries: 0 },
      }
    },
  },
  s3: {
    name: 'S3',
    origin: 'AWS::S3::Bucket',
    describe: (functionName, region) => {
      const bucket_name = `${functionName}-files`
      return {
        namespace: 'aws',
        aws: { operation: 'PutObject', region, bucket_name, resource_names: [bucket_name], retries: 0 },
      }
    },
  },
  http: {
    name: 'api.example.com',
    describe: (functionName) => ({
      namespace: 'remote',
      http: { request: { url: `https://api.example.com/v1/${functionName}`, method: 'GET' } },
    }),
  },
}

/** @param from milliseconds; the calls come one after the other and take four fifths of `durationMs` @param refused the first is answered 400 */
export function downstreamCalls(
  calls: readonly Downstream[],
  span: { from: number; durationMs: number },
  place: { functionName: string; region: string; seed: number },
  refused: boolean,
): Subsegment[] {
  const each = (span.durationMs * 0.8) / calls.length
  return calls.map((kind, index) => {
    const { name, describe } = CALLED[kind]
    const start = span.from + span.durationMs * 0.1 + each * index
    const described = describe(place.functionName, place.region)
    const failed = refused && index === 0
    return {
      id: segmentId(mix(place.seed, 20, index), mix(place.seed, 21, index)),
      name,
      start_time: seconds(start),
      end_time: seconds(start + each),
      ...described,
      http: { ...described.http, response: { status: failed ? 400 : 200, content_length: 85 } },
      ...(failed ? { error: true } : {}),
    }
  })
}

/** One segment for each call. */
export function inferredSegments(
  calls: readonly Downstream[],
  subsegments: readonly Subsegment[],
  traceId: string,
): Segment[] {
  return subsegments.map((subsegment, index) => {
    const { origin } = CALLED[calls[index] ?? 'http']
    const { id, name, start_time, end_time, http, aws, error } = subsegment
    return {
      id: `${id.slice(8)}${id.slice(0, 8)}`,
      name,
      start_time,
      ...(end_time === undefined ? {} : { end_time }),
      trace_id: traceId,
      parent_id: id,
      inferred: true,
      ...(http === undefined ? {} : { http }),
      ...(aws === undefined ? {} : { aws }),
      ...(error === true ? { error } : {}),
      ...(origin === undefined ? {} : { origin }),
    }
  })
}

/** By name and type, what traces of such calls touch. */
export function calledServices(calls: readonly Downstream[]): Array<{ name: string; type?: string }> {
  return calls.map((kind) => {
    const { name, origin } = CALLED[kind]
    return origin === undefined ? { name } : { name, type: origin }
  })
}
