/** Organizations: ListAccounts and DescribeOrganization, and how its troubles look. */
import { AwsError } from './aws-error.js'
import type { Caller } from './wire/caller.js'
import { callerTrouble } from './wire/caller-trouble.js'
import type { HttpRequest } from './wire/http-request.js'
import { JsonInput } from './wire/json-input.js'
import { targetOf, writeJsonRpc, writeJsonRpcError } from './wire/json-rpc.js'
import { jsonTrouble } from './wire/json-trouble.js'
import type { Context, Routed, Service } from './wire/service.js'
import type { AccountState, Member, Organization } from './world/organization.js'

export const ORGANIZATIONS_TARGET = 'AWSOrganizationsV20161128'

const DENIED = "You don't have permissions to access this resource."
const MODELLED: ReadonlySet<string> = new Set([
  'AccessDeniedException',
  'AWSOrganizationsNotInUseException',
  'InvalidInputException',
  'TooManyRequestsException',
  'ServiceException',
])
const LARGEST_PAGE = 20

const OPERATIONS: ReadonlyMap<string, (input: JsonInput, context: Context) => object> = new Map(
  Object.entries({ ListAccounts: listAccounts, DescribeOrganization: describeOrganization }),
)

export const organizationsService: Service = {
  denial: { namesResource: false, always: DENIED },
  route,
  writeError: (error, requestId) => writeJsonRpcError(error, requestId, MODELLED),
  trouble: jsonTrouble({
    callerStatus: 400,
    throttle: { status: 400, code: 'TooManyRequestsException' },
    failure: { code: 'ServiceException', text: 'The request processing failed.' },
  }),
}

function route(request: HttpRequest, _caller: Caller): Routed {
  const operation = targetOf(request, ORGANIZATIONS_TARGET) ?? ''
  const run = OPERATIONS.get(operation)
  if (run === undefined) throw new AwsError(400, 'UnknownOperationException', undefined)
  const input = new JsonInput(request.body)
  return {
    operation,
    write: false,
    input: input.body,
    perform: (context) => writeJsonRpc(run(input, context), context.requestId),
  }
}

function listAccounts(input: JsonInput, context: Context): object {
  const organization = organizationOf(context)
  const { id } = context.account
  const may = id === organization.management.id || organization.delegatedAdministrators.has(id)
  if (!may) throw callerTrouble('denied', 400, DENIED)
  const size = input.number('MaxResults') ?? LARGEST_PAGE
  if (!Number.isInteger(size) || size < 1) throw invalid('MIN_VALUE_EXCEEDED')
  if (size > LARGEST_PAGE) throw invalid('MAX_VALUE_EXCEEDED')
  const { from, emptyFirst } = readToken(input.text('NextToken'))
  if (emptyFirst) return { Accounts: [], NextToken: `${from}` }
  const members = [...organization.members.values()]
  const to = from + size
  const more = to < members.length ? { NextToken: from === 0 ? `${to}-empty` : `${to}` } : {}
  return { Accounts: members.slice(from, to).map((member) => accountShape(member, organization)), ...more }
}

function accountShape(member: Member, organization: Organization): object {
  const { id, name, email, state, joinedMethod, joinedAt } = member
  return {
    Id: id,
    Arn: organization.accountArn(id),
    Email: email,
    Name: name,
    Status: RETIRED_STATUS[state],
    State: state,
    JoinedMethod: joinedMethod,
    JoinedTimestamp: joinedAt / 1000,
  }
}

const RETIRED_STATUS: Readonly<Record<AccountState, string>> = {
  ACTIVE: 'ACTIVE',
  CLOSED: 'SUSPENDED',
  PENDING_ACTIVATION: 'SUSPENDED',
  PENDING_CLOSURE: 'PENDING_CLOSURE',
  SUSPENDED: 'SUSPENDED',
}

function describeOrganization(_input: JsonInput, context: Context): object {
  const organization = organizationOf(context)
  const { id, arn, management } = organization
  return {
    Organization: {
      Id: id,
      Arn: arn,
      FeatureSet: 'ALL',
      MasterAccountArn: organization.accountArn(management.id),
      MasterAccountId: management.id,
      MasterAccountEmail: organization.members.get(management.id)?.email,
      AvailablePolicyTypes: [{ Type: 'SERVICE_CONTROL_POLICY', Status: 'ENABLED' }],
    },
  }
}

/** @throws AwsError AWSOrganizationsNotInUseException */
function organizationOf({ world, account }: Context): Organization {
  const { organization } = world
  if (organization?.members.has(account.id) === true) return organization
  const text = 'Your account is not a member of an organization.'
  throw new AwsError(400, 'AWSOrganizationsNotInUseException', text)
}

/** The first page is followed by an empty one: AWS may send such pages at any time. @throws AwsError */
function readToken(token: string | undefined): { from: number; emptyFirst: boolean } {
  if (token === undefined) return { from: 0, emptyFirst: false }
  const [, from, empty] = /^(\d+)(-empty)?$/.exec(token) ?? []
  if (from === undefined) throw invalid('INVALID_NEXT_TOKEN')
  return { from: Number(from), emptyFirst: empty !== undefined }
}

function invalid(Reason: string): AwsError {
  return new AwsError(400, 'InvalidInputException', 'You specified an invalid value.', { fields: { Reason } })
}
