/** AWS Config: its operations, and how its troubles look. */
import { AwsError } from '../aws-error.js'
import type { Caller } from '../wire/caller.js'
import type { HttpRequest } from '../wire/http-request.js'
import { JsonInput } from '../wire/json-input.js'
import { targetOf, writeJsonRpc, writeJsonRpcError } from '../wire/json-rpc.js'
import { jsonTrouble } from '../wire/json-trouble.js'
import type { Context, Routed, Service } from '../wire/service.js'
import { describeConfigurationAggregatorSourcesStatus, describeConfigurationAggregators } from './aggregators.js'
import { selectAggregateResourceConfig, selectResourceConfig } from './select.js'

export const CONFIG_TARGET = 'StarlingDoveService'

const OPERATIONS: ReadonlyMap<string, (input: JsonInput, context: Context) => object> = new Map(
  Object.entries({
    SelectResourceConfig: selectResourceConfig,
    SelectAggregateResourceConfig: selectAggregateResourceConfig,
    DescribeConfigurationAggregators: describeConfigurationAggregators,
    DescribeConfigurationAggregatorSourcesStatus: describeConfigurationAggregatorSourcesStatus,
  }),
)

export const configService: Service = {
  regional: true,
  denial: { namesResource: true },
  route,
  writeError: (error, requestId) => writeJsonRpcError(error, requestId, new Set()),
  trouble: jsonTrouble({
    callerStatus: 400,
    throttle: { status: 400, code: 'ThrottlingException' },
    failure: { code: 'InternalFailure', text: 'An internal error occurred.' },
  }),
}

function route(request: HttpRequest, caller: Caller): Routed {
  const operation = targetOf(request, CONFIG_TARGET) ?? ''
  const run = OPERATIONS.get(operation)
  if (run === undefined) throw new AwsError(400, 'UnknownOperationException', undefined)
  const input = new JsonInput(request.body)
  const aggregator = input.text('ConfigurationAggregatorName')
  return {
    operation,
    ...(aggregator === undefined ? {} : { resource: aggregator }),
    resourceArn: `arn:${caller.partition}:config:${caller.region}:${caller.account}:*`,
    write: false,
    input: input.body,
    perform: (context) => writeJsonRpc(run(input, context), context.requestId),
  }
}
