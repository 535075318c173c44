/** IAM: its actions, and what each is about. */
import { AwsError } from '../aws-error.js'
import type { Caller } from '../wire/caller.js'
import type { HttpRequest } from '../wire/http-request.js'
import { queryTrouble } from '../wire/query-trouble.js'
import { QueryInput, writeXml, writeXmlError } from '../wire/query-xml.js'
import { isWrite, type Routed, type Service } from '../wire/service.js'
import { getAccountAuthorizationDetails, getAccountSummary } from './account-details.js'
import type { QueryAction } from './operation.js'
import { createPolicy, createPolicyVersion, getPolicy, getPolicyVersion } from './policies.js'
import {
  attachRolePolicy,
  deleteRolePolicy,
  detachRolePolicy,
  getRolePolicy,
  listAttachedRolePolicies,
  listRolePolicies,
  putRolePolicy,
} from './role-policies.js'
import { createRole, deleteRolePermissionsBoundary, getRole, listRoles, putRolePermissionsBoundary } from './roles.js'

const NAMESPACE = 'https://iam.amazonaws.com/doc/2010-05-08/'

const ACTIONS: ReadonlyMap<string, QueryAction> = new Map(
  Object.entries({
    CreateRole: createRole,
    GetRole: getRole,
    ListRoles: listRoles,
    PutRolePermissionsBoundary: putRolePermissionsBoundary,
    DeleteRolePermissionsBoundary: deleteRolePermissionsBoundary,
    AttachRolePolicy: attachRolePolicy,
    DetachRolePolicy: detachRolePolicy,
    ListAttachedRolePolicies: listAttachedRolePolicies,
    PutRolePolicy: putRolePolicy,
    GetRolePolicy: getRolePolicy,
    DeleteRolePolicy: deleteRolePolicy,
    ListRolePolicies: listRolePolicies,
    CreatePolicy: createPolicy,
    CreatePolicyVersion: createPolicyVersion,
    GetPolicy: getPolicy,
    GetPolicyVersion: getPolicyVersion,
    GetAccountAuthorizationDetails: getAccountAuthorizationDetails,
    GetAccountSummary: getAccountSummary,
  }),
)

export const iamService: Service = {
  denial: { namesResource: true },
  route,
  writeError: (error, requestId) => writeXmlError(error, NAMESPACE, requestId),
  trouble: queryTrouble,
}

function route(request: HttpRequest, caller: Caller): Routed {
  const input = new QueryInput(request.body)
  const action = ACTIONS.get(input.action)
  if (action === undefined) {
    throw new AwsError(400, 'InvalidAction', `Could not find operation ${input.action} for version 2010-05-08`)
  }
  return {
    operation: input.action,
    ...subject(input, caller),
    write: isWrite(input.action),
    input: input.values,
    perform: (context) => writeXml(input.action, action(input, context), NAMESPACE, context.requestId),
  }
}

function subject(input: QueryInput, caller: Caller): Pick<Routed, 'resource' | 'resourceArn'> {
  const role = input.optional('RoleName')
  if (role !== undefined) {
    return { resource: role, resourceArn: `arn:${caller.partition}:iam::${caller.account}:role/${role}` }
  }
  const policy = input.optional('PolicyArn')
  if (policy !== undefined) return { resource: policy, resourceArn: policy }
  const name = input.optional('PolicyName')
  return name === undefined ? {} : { resource: name }
}
