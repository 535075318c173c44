/** Roles and policies as IAM writes them. */
import { encodeDocument } from '../policy/document.js'
import { isoDate } from '../wire/query-xml.js'
import type { XmlValue } from '../wire/xml.js'
import type { Account } from '../world/account.js'
import type { ManagedPolicy, PolicyVersion } from '../world/managed-policy.js'
import type { Role } from '../world/role.js'

type XmlObject = { readonly [key: string]: XmlValue }

export function roleShape(role: Role): XmlObject {
  return {
    Path: role.path,
    RoleName: role.name,
    RoleId: role.id,
    Arn: role.arn,
    CreateDate: isoDate(role.createdAt),
    AssumeRolePolicyDocument: encodeDocument(role.trust),
    ...(role.description === undefined ? {} : { Description: role.description }),
    MaxSessionDuration: 3600,
    ...boundaryShape(role),
  }
}

/** As in GetAccountAuthorizationDetails. */
export function roleDetailShape(role: Role, account: Account): XmlObject {
  const { Description: _absent, MaxSessionDuration: _missing, ...shared } = roleShape(role)
  return {
    ...shared,
    InstanceProfileList: [],
    RolePolicyList: [...role.inline].map(([name, stored]) => ({
      PolicyName: name,
      PolicyDocument: encodeDocument(stored),
    })),
    AttachedManagedPolicies: attachedShape(role, account),
    Tags: [],
  }
}

export function attachedShape(role: Role, account: Account): XmlObject[] {
  return role.managed.map((arn) => ({
    PolicyName: account.policies.get(arn)?.name ?? arn.slice(arn.lastIndexOf('/') + 1),
    PolicyArn: arn,
  }))
}

/** How often each policy is attached, and how often it is a boundary, by ARN. */
export interface PolicyUse {
  readonly attached: ReadonlyMap<string, number>
  readonly boundary: ReadonlyMap<string, number>
}

/** One pass over all roles. */
export function policyUse(account: Account): PolicyUse {
  const attached = new Map<string, number>()
  const boundary = new Map<string, number>()
  for (const role of account.roles.values()) {
    for (const arn of role.managed) attached.set(arn, (attached.get(arn) ?? 0) + 1)
    if (role.boundary !== undefined) boundary.set(role.boundary, (boundary.get(role.boundary) ?? 0) + 1)
  }
  return { attached, boundary }
}

export function policyShape(policy: ManagedPolicy, use: PolicyUse): XmlObject {
  return {
    PolicyName: policy.name,
    PolicyId: policy.id,
    Arn: policy.arn,
    Path: policy.path,
    DefaultVersionId: policy.defaultVersion.id,
    AttachmentCount: use.attached.get(policy.arn) ?? 0,
    PermissionsBoundaryUsageCount: use.boundary.get(policy.arn) ?? 0,
    IsAttachable: true,
    CreateDate: isoDate(policy.createdAt),
    UpdateDate: isoDate(policy.updatedAt),
  }
}

/** As in GetAccountAuthorizationDetails: with every version and its document. */
export function policyDetailShape(policy: ManagedPolicy, use: PolicyUse): XmlObject {
  const versions = [...policy.versions.values()].map((version) => versionShape(policy, version, true))
  return { ...policyShape(policy, use), PolicyVersionList: versions }
}

export function versionShape(policy: ManagedPolicy, version: PolicyVersion, withDocument: boolean): XmlObject {
  return {
    ...(withDocument ? { Document: encodeDocument(version.stored) } : {}),
    VersionId: version.id,
    IsDefaultVersion: version.id === policy.defaultVersion.id,
    CreateDate: isoDate(version.createdAt),
  }
}

function boundaryShape(role: Role): XmlObject {
  if (role.boundary === undefined) return {}
  return { PermissionsBoundary: { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: role.boundary } }
}
