/** Reads every role of an account in a few pages of GetAccountAuthorizationDetails. */
import {
  GetAccountAuthorizationDetailsCommand,
  type GetAccountAuthorizationDetailsCommandInput,
  type GetAccountAuthorizationDetailsResponse,
  type IAMClient,
  type ManagedPolicyDetail,
  type PolicyDetail,
  type RoleDetail,
} from '@aws-sdk/client-iam'
import { roleNameOf } from '../core/lambda-function.js'
import type { Role, RolePolicy } from '../core/policy/role.js'
import type { Attempts } from './attempts.js'
import { optional, required } from './fields.js'
import { nextMarker, type RoleHead, roleHead } from './iam-records.js'
import { pagesOf } from './pages.js'

type ReadPolicy = (arn: string) => Promise<RolePolicy>

/** What one page tells. */
interface Details {
  roles: ListedRole[]
  /** ARN → default version of a managed policy. */
  documents: Array<[arn: string, document: string]>
}

interface ListedRole extends RoleHead {
  inline: RolePolicy[]
  /** ARNs */
  attached: string[]
}

const QUESTION: GetAccountAuthorizationDetailsCommandInput = {
  Filter: ['Role', 'LocalManagedPolicy', 'AWSManagedPolicy'],
  MaxItems: 1000,
}

/**
 * @param readPolicy for a managed policy whose document the listing does not hold
 * @returns ARN → role
 */
export async function readAuthorizationDetails(
  client: IAMClient,
  attempts: Attempts,
  readPolicy: ReadPolicy,
): Promise<Map<string, Role>> {
  const listed: ListedRole[] = []
  const documents = new Map<string, string>()
  const pages = pagesOf(
    {
      service: 'iam',
      operation: 'GetAccountAuthorizationDetails',
      send: (Marker) => client.send(new GetAccountAuthorizationDetailsCommand({ ...QUESTION, Marker })),
      read: (answer) => ({ items: [detailsOf(answer)], next: nextMarker(answer) }),
    },
    attempts,
  )
  for await (const [details] of pages) {
    for (const role of details?.roles ?? []) listed.push(role)
    for (const [arn, document] of details?.documents ?? []) documents.set(arn, document)
  }

  const managed = (arn: string): RolePolicy | Promise<RolePolicy> => {
    const document = documents.get(arn)
    return document === undefined ? readPolicy(arn) : { source: 'managed', name: roleNameOf(arn), arn, document }
  }
  const roles = await Promise.all(listed.map((role) => withPolicies(role, managed)))
  return new Map(roles.map((role) => [role.arn, role]))
}

function detailsOf(answer: GetAccountAuthorizationDetailsResponse): Details {
  return {
    roles: (optional(answer, 'RoleDetailList', 'list') ?? []).map(listedRole),
    documents: (optional(answer, 'Policies', 'list') ?? []).flatMap(defaultDocument),
  }
}

function listedRole(detail: RoleDetail): ListedRole {
  return {
    ...roleHead(detail),
    inline: (optional(detail, 'RolePolicyList', 'list') ?? []).map(inlinePolicy),
    attached: (optional(detail, 'AttachedManagedPolicies', 'list') ?? []).map((policy) =>
      required(policy, 'PolicyArn', 'text'),
    ),
  }
}

function inlinePolicy(policy: PolicyDetail): RolePolicy {
  const name = required(policy, 'PolicyName', 'text')
  return { source: 'inline', name, document: required(policy, 'PolicyDocument', 'text') }
}

function defaultDocument(policy: ManagedPolicyDetail): Details['documents'] {
  const current = optional(policy, 'PolicyVersionList', 'list')?.find(
    (version) => version.IsDefaultVersion || version.VersionId === policy.DefaultVersionId,
  )
  const document = current && optional(current, 'Document', 'text')
  return document === undefined ? [] : [[required(policy, 'Arn', 'text'), document]]
}

async function withPolicies(
  { role, inline, attached, boundaryArn }: ListedRole,
  managed: (arn: string) => RolePolicy | Promise<RolePolicy>,
): Promise<Role> {
  return {
    ...role,
    policies: [...(await Promise.all(attached.map(managed))), ...inline],
    ...(boundaryArn && { boundary: await managed(boundaryArn) }),
  }
}
