/** GetAccountAuthorizationDetails and GetAccountSummary. */
import type { QueryInput } from '../wire/query-xml.js'
import type { Context } from '../wire/service.js'
import { XmlMap, type XmlValue } from '../wire/xml.js'
import type { ManagedPolicy } from '../world/managed-policy.js'
import { Role } from '../world/role.js'
import { pageOf } from './page.js'
import { type PolicyUse, policyDetailShape, policyUse, roleDetailShape } from './shapes.js'

/** A page holds at most this share of what was asked for: IAM may always give fewer. */
const PAGE_SHARE = 0.9

export function getAccountAuthorizationDetails(input: QueryInput, { account }: Context): XmlValue {
  const filter = input.list('Filter')
  const wants = (kind: string) => filter.length === 0 || filter.includes(kind)
  const use = policyUse(account)
  const policies = [...account.policies.values()].filter((policy) =>
    policy.awsManaged ? wants('AWSManagedPolicy') && inUse(policy, use) : wants('LocalManagedPolicy'),
  )
  const entries: ReadonlyArray<Role | ManagedPolicy> = [...(wants('Role') ? account.roles.values() : []), ...policies]
  const { items, paging } = pageOf(entries, input, PAGE_SHARE)
  const roles: XmlValue[] = []
  const details: XmlValue[] = []
  for (const entry of items) {
    if (entry instanceof Role) roles.push(roleDetailShape(entry, account))
    else details.push(policyDetailShape(entry, use))
  }
  return { UserDetailList: [], GroupDetailList: [], RoleDetailList: roles, Policies: details, ...paging }
}

export function getAccountSummary(_input: QueryInput, { account, settings }: Context): XmlValue {
  const customer = [...account.policies.values()].filter((policy) => !policy.awsManaged)
  const summary: Record<string, number> = {
    Roles: account.roles.size,
    RolesQuota: 1000,
    Policies: customer.length,
    PoliciesQuota: 1500,
    AttachedPoliciesPerRoleQuota: settings.policiesPerRoleQuota,
    RolePolicySizeQuota: 10_240,
    PolicySizeQuota: 6144,
    VersionsPerPolicyQuota: 5,
  }
  return { SummaryMap: new XmlMap(summary) }
}

function inUse(policy: ManagedPolicy, use: PolicyUse): boolean {
  return use.attached.has(policy.arn) || use.boundary.has(policy.arn)
}
