/** Lambda: which path is which operation, and how its troubles look. */
import { AwsError } from '../aws-error.js'
import type { Caller } from '../wire/caller.js'
import type { HttpRequest } from '../wire/http-request.js'
import { jsonTrouble } from '../wire/json-trouble.js'
import { writeJson, writeJsonError } from '../wire/rest-json.js'
import { isWrite, type Routed, type Service } from '../wire/service.js'
import { createAlias, deleteAlias, getAlias, listAliases, updateAlias } from './aliases.js'
import { createFunction, deleteFunction } from './create-function.js'
import { listEventSourceMappings } from './event-source-mappings.js'
import { parseName } from './function-name.js'
import { LambdaInput } from './input.js'
import { listFunctions, listVersionsByFunction } from './list-functions.js'
import type { LambdaOperation } from './operation.js'
import { publishVersion } from './publish-version.js'
import { getFunction, getFunctionConfiguration, getPolicy } from './read-function.js'
import { recordedInput } from './recorded-input.js'
import { listTags, tagResource, untagResource } from './tags.js'
import { updateFunctionCode, updateFunctionConfiguration } from './update-function.js'

const operation = (line: string, run: LambdaOperation['run']): LambdaOperation => {
  const [name = '', method = '', path = ''] = line.split(' ')
  return { name, method, path: path.split('/').slice(1), run }
}

const ONE = '/2015-03-31/functions/{FunctionName}'

const OPERATIONS: readonly LambdaOperation[] = [
  operation('ListFunctions GET /2015-03-31/functions', listFunctions),
  operation('CreateFunction POST /2015-03-31/functions', createFunction),
  operation(`GetFunction GET ${ONE}`, getFunction),
  operation(`DeleteFunction DELETE ${ONE}`, deleteFunction),
  operation(`GetFunctionConfiguration GET ${ONE}/configuration`, getFunctionConfiguration),
  operation(`UpdateFunctionConfiguration PUT ${ONE}/configuration`, updateFunctionConfiguration),
  operation(`UpdateFunctionCode PUT ${ONE}/code`, updateFunctionCode),
  operation(`GetPolicy GET ${ONE}/policy`, getPolicy),
  operation(`ListVersionsByFunction GET ${ONE}/versions`, listVersionsByFunction),
  operation(`PublishVersion POST ${ONE}/versions`, publishVersion),
  operation(`ListAliases GET ${ONE}/aliases`, listAliases),
  operation(`CreateAlias POST ${ONE}/aliases`, createAlias),
  operation(`GetAlias GET ${ONE}/aliases/{Name}`, getAlias),
  operation(`UpdateAlias PUT ${ONE}/aliases/{Name}`, updateAlias),
  operation(`DeleteAlias DELETE ${ONE}/aliases/{Name}`, deleteAlias),
  operation('ListTags GET /2017-03-31/tags/{Resource}', listTags),
  operation('TagResource POST /2017-03-31/tags/{Resource}', tagResource),
  operation('UntagResource DELETE /2017-03-31/tags/{Resource}', untagResource),
  operation('ListEventSourceMappings GET /2015-03-31/event-source-mappings', listEventSourceMappings),
]

export const lambdaService: Service = {
  regional: true,
  denial: { namesResource: true },
  route,
  writeError: writeJsonError,
  trouble: jsonTrouble({
    callerStatus: 403,
    throttle: {
      status: 429,
      code: 'TooManyRequestsException',
      detail: { fields: { Reason: 'CallerRateLimitExceeded' }, headers: { 'retry-after': '1' } },
    },
    failure: { code: 'ServiceException', text: 'An error occurred and the request cannot be processed.' },
  }),
}

function route(request: HttpRequest, caller: Caller): Routed {
  for (const candidate of OPERATIONS) {
    const params = matchPath(candidate, request)
    if (params === undefined) continue
    const input = new LambdaInput(params, request)
    return {
      operation: candidate.name,
      ...subject(input, caller),
      write: isWrite(candidate.name),
      quota: candidate.name === 'GetFunction' || candidate.name === 'GetPolicy' ? candidate.name : 'all',
      input: recordedInput(input),
      perform: (context) => {
        const { status, body } = candidate.run(input, context)
        return writeJson(status, body, context.requestId)
      },
    }
  }
  throw new AwsError(404, 'UnknownOperationException', undefined)
}

function matchPath(candidate: LambdaOperation, request: HttpRequest): Record<string, string> | undefined {
  if (candidate.method !== request.method || candidate.path.length !== request.segments.length) return undefined
  const params: Record<string, string> = {}
  for (const [index, wanted] of candidate.path.entries()) {
    const given = request.segments[index] ?? ''
    if (wanted.startsWith('{')) params[wanted.slice(1, -1)] = given
    else if (wanted !== given) return undefined
  }
  return params
}

/** The function that a request is about, however it is named. */
function subject(input: LambdaInput, caller: Caller): Pick<Routed, 'resource' | 'resourceArn' | 'qualifier'> {
  const inBody = input.body.FunctionName
  const raw = input.params.FunctionName ?? input.params.Resource ?? (typeof inBody === 'string' ? inBody : undefined)
  if (raw === undefined) return {}
  const parsed = parseName(raw)
  const name = parsed?.name ?? raw
  return {
    resource: name,
    resourceArn: `arn:${caller.partition}:lambda:${caller.region}:${caller.account}:function:${name}`,
    qualifier: parsed?.qualifier ?? input.query.get('Qualifier') ?? undefined,
  }
}
