/** X-Ray: which path is which operation, and how its troubles look. */
import { AwsError } from '../aws-error.js'
import type { Caller } from '../wire/caller.js'
import type { HttpRequest } from '../wire/http-request.js'
import { JsonInput } from '../wire/json-input.js'
import { jsonTrouble } from '../wire/json-trouble.js'
import { writeJson } from '../wire/rest-json.js'
import type { Answer, Context, Routed, Service } from '../wire/service.js'
import { batchGetTraces } from './batch-get-traces.js'
import { getTraceSummaries } from './get-trace-summaries.js'
import { putTraceSegments } from './put-trace-segments.js'

interface Operation {
  readonly name: string
  readonly write: boolean
  readonly run: (input: JsonInput, context: Context) => object
}

/** By path; all are POST. */
const OPERATIONS: ReadonlyMap<string, Operation> = new Map([
  ['TraceSegments', { name: 'PutTraceSegments', write: true, run: putTraceSegments }],
  ['TraceSummaries', { name: 'GetTraceSummaries', write: false, run: getTraceSummaries }],
  ['Traces', { name: 'BatchGetTraces', write: false, run: batchGetTraces }],
  ['GetTraceSegmentDestination', { name: 'GetTraceSegmentDestination', write: false, run: getTraceSegmentDestination }],
])

export const XRAY_PATHS: ReadonlySet<string> = new Set(OPERATIONS.keys())

export const xrayService: Service = {
  regional: true,
  denial: { namesResource: false },
  route,
  writeError,
  trouble: jsonTrouble({
    callerStatus: 403,
    throttle: { status: 429, code: 'ThrottledException' },
    failure: { code: 'InternalFailure', text: 'An internal error occurred.' },
  }),
}

function route(request: HttpRequest, _caller: Caller): Routed {
  const operation = request.method === 'POST' ? OPERATIONS.get(request.segments.join('/')) : undefined
  if (operation === undefined) throw new AwsError(404, 'UnknownOperationException', undefined)
  const input = new JsonInput(request.body)
  return {
    operation: operation.name,
    write: operation.write,
    input: input.body,
    perform: (context) => writeJson(200, operation.run(input, context), context.requestId),
  }
}

function getTraceSegmentDestination(_input: JsonInput, { account, caller }: Context): object {
  const { destination, destinationStatus } = account.region(caller.region).tracing
  return { Destination: destination, Status: destinationStatus }
}

function writeError(error: AwsError, requestId: string): Answer {
  const answer = writeJson(error.status, { Message: error.text ?? null, ...error.detail.fields }, requestId)
  return { ...answer, headers: { ...answer.headers, ...error.detail.headers, 'x-amzn-errortype': error.code } }
}
