/** Resource Groups Tagging API: its one operation, and how its troubles look. */
import { AwsError } from '../aws-error.js'
import type { Caller } from '../wire/caller.js'
import type { HttpRequest } from '../wire/http-request.js'
import { JsonInput } from '../wire/json-input.js'
import { targetOf, writeJsonRpc, writeJsonRpcError } from '../wire/json-rpc.js'
import { jsonTrouble } from '../wire/json-trouble.js'
import type { Routed, Service } from '../wire/service.js'
import { getResources } from './get-resources.js'

export const TAGGING_TARGET = 'ResourceGroupsTaggingAPI_20170126'

const MODELLED: ReadonlySet<string> = new Set([
  'InvalidParameterException',
  'ThrottledException',
  'InternalServiceException',
  'PaginationTokenExpiredException',
])

export const taggingService: Service = {
  regional: true,
  denial: { prefix: 'tag', namesResource: false },
  route,
  writeError: (error, requestId) => writeJsonRpcError(error, requestId, MODELLED),
  trouble: jsonTrouble({
    callerStatus: 400,
    throttle: { status: 400, code: 'ThrottledException' },
    failure: { code: 'InternalServiceException', text: 'The request processing failed.' },
  }),
}

function route(request: HttpRequest, _caller: Caller): Routed {
  const operation = targetOf(request, TAGGING_TARGET)
  if (operation !== 'GetResources') throw new AwsError(400, 'UnknownOperationException', undefined)
  const input = new JsonInput(request.body)
  return {
    operation,
    write: false,
    input: input.body,
    perform: (context) => writeJsonRpc(getResources(input, context), context.requestId),
  }
}
