/** Account Management: ListRegions, and how its troubles look. */
import { AwsError } from './aws-error.js'
import type { Caller } from './wire/caller.js'
import { callerTrouble } from './wire/caller-trouble.js'
import type { HttpRequest } from './wire/http-request.js'
import { JsonInput } from './wire/json-input.js'
import { jsonTrouble } from './wire/json-trouble.js'
import { writeJson } from './wire/rest-json.js'
import type { Answer, Context, Routed, Service } from './wire/service.js'

const PAGE = 20
const LARGEST_PAGE = 50
/** The partitions that have this API. */
const PARTITIONS: ReadonlySet<string> = new Set(['aws', 'aws-cn'])
const STATUSES: ReadonlySet<string> = new Set(['ENABLED', 'ENABLING', 'DISABLING', 'DISABLED', 'ENABLED_BY_DEFAULT'])

export const LIST_REGIONS_PATH = 'listRegions'

export const accountManagementService: Service = {
  denial: { namesResource: false },
  route,
  writeError,
  trouble: jsonTrouble({
    callerStatus: 403,
    throttle: { status: 429, code: 'TooManyRequestsException' },
    failure: { code: 'InternalServerException', text: 'An internal error occurred.' },
  }),
}

function route(request: HttpRequest, caller: Caller): Routed {
  const known = request.method === 'POST' && request.segments.length === 1 && request.segments[0] === LIST_REGIONS_PATH
  if (!known || !PARTITIONS.has(caller.partition)) throw new AwsError(404, 'UnknownOperationException', undefined)
  const input = new JsonInput(request.body)
  return {
    operation: 'ListRegions',
    write: false,
    input: input.body,
    perform: (context) => writeJson(200, listRegions(input, context), context.requestId),
  }
}

function listRegions(input: JsonInput, { account, caller }: Context): object {
  if (input.text('AccountId') !== undefined) {
    throw callerTrouble(
      'denied',
      403,
      `User: ${caller.arn} is not authorized to perform: account:ListRegions for that account`,
    )
  }
  const statuses = input.texts('RegionOptStatusContains') ?? []
  const size = input.number('MaxResults') ?? PAGE
  const from = Number(input.text('NextToken') ?? 0)
  if (!statuses.every((status) => STATUSES.has(status))) throw invalid('regionOptStatusContains')
  if (!Number.isInteger(size) || size < 1 || size > LARGEST_PAGE) throw invalid('maxResults')
  if (!Number.isInteger(from) || from < 0) throw invalid('nextToken')
  const listed = [...account.optIns]
    .filter(([, status]) => statuses.length === 0 || statuses.includes(status))
    .sort(([a], [b]) => (a < b ? -1 : 1))
  const next = from + size < listed.length ? { NextToken: String(from + size) } : {}
  const Regions = listed.slice(from, from + size).map(([RegionName, RegionOptStatus]) => ({
    RegionName,
    RegionOptStatus,
  }))
  return { ...next, Regions }
}

function invalid(field: string): AwsError {
  const fields = { reason: 'fieldValidationFailed' }
  return new AwsError(400, 'ValidationException', `The value of ${field} is not valid.`, { fields })
}

function writeError(error: AwsError, requestId: string): Answer {
  const answer = writeJson(error.status, { message: error.text ?? null, ...error.detail.fields }, requestId)
  return { ...answer, headers: { ...answer.headers, ...error.detail.headers, 'x-amzn-errortype': error.code } }
}
