/** The two ways to let a role write to X-Ray, and the role as it would be afterwards. */
import { TRACE_WRITE_ACTIONS } from './permission.js'
import type { Role, RolePolicy } from './role.js'

export const MANAGED_POLICY_NAME = 'AWSXRayDaemonWriteAccess'
export const INLINE_POLICY_NAME = 'xtrace-xray-write'

/** AWS's own policy has no path, in every partition. */
export function managedPolicyArn(partition: string): string {
  return `arn:${partition}:iam::aws:policy/${MANAGED_POLICY_NAME}`
}

/** Service-linked roles, and those that AWS makes for its own sign-in: IAM lets nobody else change them. */
export function isReserved({ arn }: Pick<Role, 'arn'>): boolean {
  return /:role\/aws-(service-role|reserved)\//.test(arn)
}

/** Least privilege: the two actions and nothing else. */
export function inlinePolicyDocument(): object {
  return allowing(TRACE_WRITE_ACTIONS)
}

/** AWSXRayDaemonWriteAccess, version 2 of 13 February 2024. Only AWS can change what stands under its ARN. */
function managedPolicyDocument(): object {
  return allowing([
    ...TRACE_WRITE_ACTIONS,
    'xray:GetSamplingRules',
    'xray:GetSamplingTargets',
    'xray:GetSamplingStatisticSummaries',
  ])
}

/**
 * The role as it would be, so that one can ask first whether a grant would help: an explicit deny, a boundary or a deleted
 * role still says no. A policy that the grant would overwrite, or that is attached already, is replaced.
 */
export function afterGrant(role: Role, how: 'managed' | 'inline', partition: string): Role {
  const granted = how === 'managed' ? managedGrant(partition) : inlineGrant()
  const others = role.policies.filter((policy) => !sameSlot(policy, granted))
  return { ...role, policies: [...others, granted] }
}

function managedGrant(partition: string): RolePolicy {
  const arn = managedPolicyArn(partition)
  return { source: 'managed', name: MANAGED_POLICY_NAME, arn, document: managedPolicyDocument() }
}

function inlineGrant(): RolePolicy {
  return { source: 'inline', name: INLINE_POLICY_NAME, document: inlinePolicyDocument() }
}

function sameSlot(policy: RolePolicy, granted: RolePolicy): boolean {
  if (policy.source !== granted.source) return false
  return granted.source === 'managed' ? policy.arn === granted.arn : policy.name === granted.name
}

function allowing(actions: readonly string[]): object {
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: [...actions], Resource: '*' }] }
}
