/** Segment documents as X-Ray sends them, with the secrets that real ones hold. */
import type { TraceDocuments } from '../../../src/core/trace/trace.js'

export const ARN = 'arn:aws:lambda:us-east-1:111122223333:function:orders'
export const ORDERS = { name: 'orders', arn: ARN }

/** Seconds since the epoch: where the first segment of every trace here begins. */
export const T0 = 1_700_000_000

export type Fields = Record<string, unknown>

/** @param from milliseconds after T0 */
export function timed(id: string, name: string, from: number, to: number | undefined, more: Fields = {}): Fields {
  const end = to === undefined ? { in_progress: true } : { end_time: T0 + to / 1_000 }
  return { id, name, start_time: T0 + from / 1_000, ...end, ...more }
}

export function traceOf(...documents: (Fields | string)[]): TraceDocuments {
  const texts = documents.map((one) => (typeof one === 'string' ? one : JSON.stringify(one)))
  return { id: '1-6553f100-0123456789abcdef01234567', documents: texts }
}

export function service(from: number, to: number | undefined, more: Fields = {}): Fields {
  return timed('5e7ce00000000001', 'orders', from, to, {
    trace_id: '1-6553f100-0123456789abcdef01234567',
    origin: 'AWS::Lambda',
    resource_arn: ARN,
    http: { response: { status: 200 }, request: { url: 'https://secret.example/?token=s3cr3t' } },
    aws: { request_id: '0a1b2c3d-0000-1111-2222-333344445555' },
    ...more,
  })
}

export function ran(from: number, to: number | undefined, more: Fields = {}): Fields {
  return timed('f00c000000000001', 'orders', from, to, {
    trace_id: '1-6553f100-0123456789abcdef01234567',
    parent_id: '5e7ce00000000001',
    origin: 'AWS::Lambda::Function',
    aws: { function_arn: ARN, account_id: '111122223333', resource_names: ['orders'] },
    ...more,
  })
}

/** The older form: 400 ms, of them 200 of a cold start. */
export function olderForm(): TraceDocuments {
  const sql = { sql: { url: 'postgres://u:s3cr3t@db', sanitized_query: 's3cr3t' }, metadata: { note: 's3cr3t' } }
  return traceOf(
    service(0, 400),
    ran(50, 395, {
      subsegments: [
        timed('a3', 'Overhead', 370, 390),
        timed('a1', 'Initialization', 60, 260, { aws: { function_arn: ARN } }),
        timed('a2', 'Invocation', 260, 370, {
          subsegments: [
            timed('b1', 'DynamoDB', 280, 300, { namespace: 'aws', http: { response: { status: 200 } }, ...sql }),
            timed('b2', 'api.example.com', 310, 350, {
              namespace: 'remote',
              http: { response: { status: 404 } },
              error: true,
            }),
          ],
        }),
      ],
    }),
  )
}

/** The newer form: 400 ms; the invocation is 345 less 200, and says how it ended. */
export function newerForm(annotations: Fields = {}): TraceDocuments {
  return traceOf(
    service(0, 400),
    ran(50, 395, {
      annotations: {
        'aws.responseLatency': 100,
        'aws.responseDuration': '20',
        'aws.runtimeOverhead': 5.5,
        'aws.extensionOverhead': 10,
        user: 's3cr3t',
        ...annotations,
      },
      subsegments: [timed('a1', 'Init', 50, 250), timed('b1', 'DynamoDB', 280, 300, { namespace: 'aws' })],
    }),
  )
}
