/** Reads every role of an account in a few pages of GetAccountAuthorizationDetails. */
import {
  type AttachedPolicy,
  GetAccountAuthorizationDetailsCommand,
  type GetAccountAuthorizationDetailsCommandOutput,
  type IAMClient,
  type ManagedPolicyDetail,
  type RoleDetail,
} from '@aws-sdk/client-iam'
import { roleNameOf } from '../core/lambda-function.js'
import type { Role, RolePolicy } from '../core/policy/role.js'
import { trusts } from '../core/policy/trust.js'

type Call = <T>(send: () => Promise<T>) => Promise<T>
type ReadPolicy = (arn: string) => Promise<RolePolicy>

/**
 * @param readPolicy for a managed policy whose document the listing does not hold
 * @returns ARN → role
 */
export async function readAuthorizationDetails(
  client: IAMClient,
  call: Call,
  readPolicy: ReadPolicy,
): Promise<Map<string, Role>> {
  const details: RoleDetail[] = []
  const documents = new Map<string, string>()
  let Marker: string | undefined
  do {
    const page: GetAccountAuthorizationDetailsCommandOutput = await call(() =>
      client.send(
        new GetAccountAuthorizationDetailsCommand({
          Filter: ['Role', 'LocalManagedPolicy', 'AWSManagedPolicy'],
          MaxItems: 1000,
          Marker,
        }),
      ),
    )
    details.push(...(page.RoleDetailList ?? []))
    for (const policy of page.Policies ?? []) noteDefaultDocument(policy, documents)
    Marker = page.IsTruncated ? page.Marker : undefined
  } while (Marker !== undefined)

  const managed = (arn: string): RolePolicy | Promise<RolePolicy> => {
    const document = documents.get(arn)
    return document === undefined ? readPolicy(arn) : { source: 'managed', name: roleNameOf(arn), arn, document }
  }
  const roles = await Promise.all(details.map((detail) => roleOf(detail, managed)))
  return new Map(roles.map((role) => [role.arn, role]))
}

function noteDefaultDocument(policy: ManagedPolicyDetail, documents: Map<string, string>): void {
  const current = policy.PolicyVersionList?.find(
    (version) => version.IsDefaultVersion || version.VersionId === policy.DefaultVersionId,
  )
  if (policy.Arn && current?.Document !== undefined) documents.set(policy.Arn, current.Document)
}

async function roleOf(detail: RoleDetail, managed: (arn: string) => RolePolicy | Promise<RolePolicy>): Promise<Role> {
  const arn = detail.Arn ?? ''
  const attached = (detail.AttachedManagedPolicies ?? []).map((policy: AttachedPolicy) =>
    managed(policy.PolicyArn ?? ''),
  )
  const inline = (detail.RolePolicyList ?? []).map(
    (policy): RolePolicy => ({ source: 'inline', name: policy.PolicyName ?? '', document: policy.PolicyDocument }),
  )
  const boundaryArn = detail.PermissionsBoundary?.PermissionsBoundaryArn
  return {
    arn,
    name: detail.RoleName ?? roleNameOf(arn),
    account: arn.split(':')[4] ?? '',
    policies: [...(await Promise.all(attached)), ...inline],
    ...trustOf(detail.AssumeRolePolicyDocument),
    ...(detail.CreateDate && { createdAt: detail.CreateDate.toISOString() }),
    ...(boundaryArn && { boundary: await managed(boundaryArn) }),
  }
}

/** Absent where the answer holds no trust policy: that is not the same as not trusting. */
export function trustOf(document: string | undefined): Pick<Role, 'trustsLambda'> {
  return document === undefined ? {} : { trustsLambda: trusts(document, 'lambda.amazonaws.com') }
}
