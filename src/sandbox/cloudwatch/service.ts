/** CloudWatch: its one operation in both of its protocols, JSON 1.0 and forms with XML, and how its troubles look. */
import { AwsError } from '../aws-error.js'
import { JsonInput } from '../wire/json-input.js'
import { targetOf, writeJsonRpc, writeJsonRpcError } from '../wire/json-rpc.js'
import { jsonTrouble } from '../wire/json-trouble.js'
import { queryTrouble } from '../wire/query-trouble.js'
import { QueryInput, writeXml, writeXmlError } from '../wire/query-xml.js'
import type { Answer, Context, Routed, Service } from '../wire/service.js'
import type { XmlValue } from '../wire/xml.js'
import { formCode } from './errors.js'
import { nestedForm } from './form.js'
import { getMetricData, type MetricData, type MetricDataResult } from './get-metric-data.js'

export const CLOUDWATCH_TARGET = 'GraniteServiceVersion20100801'
export const CLOUDWATCH_VERSION = '2010-08-01'

const OPERATION = 'GetMetricData'
const NAMESPACE = 'http://monitoring.amazonaws.com/doc/2010-08-01/'
const words: Pick<Service, 'regional' | 'denial'> = {
  regional: true,
  denial: { prefix: 'cloudwatch', namesResource: false },
}

export const cloudWatchService: Service = {
  ...words,
  route: (request) => {
    if (targetOf(request, CLOUDWATCH_TARGET) !== OPERATION) {
      throw new AwsError(400, 'UnknownOperationException', undefined)
    }
    const { body } = new JsonInput(request.body)
    return routed(body, (data, requestId) => writeJsonRpc(jsonOf(data), requestId, '1.0'))
  },
  writeError: writeJsonError,
  trouble: jsonTrouble({
    callerStatus: 400,
    throttle: { status: 400, code: 'ThrottlingException' },
    failure: { code: 'InternalServiceFault', text: 'Request processing has failed due to some unknown error.' },
  }),
}

/** For requests that are forms. */
export const cloudWatchQueryService: Service = {
  ...words,
  route: (request) => {
    const { action, values } = new QueryInput(request.body)
    if (action !== OPERATION) {
      throw new AwsError(400, 'InvalidAction', `The action ${action} is not valid for this web service.`)
    }
    return routed(nestedForm(values), (data, requestId) => writeXml(OPERATION, xmlOf(data), NAMESPACE, requestId))
  },
  writeError: (error, requestId) => {
    const coded = new AwsError(error.status, formCode(error), error.text, error.detail)
    return writeXmlError(coded, NAMESPACE, requestId)
  },
  trouble: queryTrouble,
}

function routed(
  input: Readonly<Record<string, unknown>>,
  write: (data: MetricData, requestId: string) => Answer,
): Routed {
  return {
    operation: OPERATION,
    write: false,
    input,
    perform: (context: Context) => write(getMetricData(input, context), context.requestId),
  }
}

function jsonOf({ results, nextToken }: MetricData): object {
  const MetricDataResults = results.map((result) => ({
    ...resultOf(result),
    Timestamps: result.points.map(({ time }) => time),
  }))
  return { MetricDataResults, Messages: [], ...(nextToken === undefined ? {} : { NextToken: nextToken }) }
}

function xmlOf({ results, nextToken }: MetricData): XmlValue {
  const MetricDataResults = results.map((result) => ({
    ...resultOf(result),
    Timestamps: result.points.map(({ time }) => new Date(time * 1000).toISOString()),
  }))
  return { MetricDataResults, NextToken: nextToken }
}

function resultOf({ query, points, complete }: MetricDataResult) {
  const StatusCode = complete ? 'Complete' : 'PartialData'
  return { Id: query.id, Label: query.label, StatusCode, Values: points.map(({ value }) => value) }
}

/** The header holds the code that forms get: clients of the older protocol went by it. */
function writeJsonError(error: AwsError, requestId: string): Answer {
  const { status, code, text, detail } = error
  const fault = status >= 500 ? 'Receiver' : 'Sender'
  const headers = { ...detail.headers, 'x-amzn-query-error': `${formCode(error)};${fault}` }
  return writeJsonRpcError(new AwsError(status, code, text, { ...detail, headers }), requestId, new Set(), '1.0')
}
