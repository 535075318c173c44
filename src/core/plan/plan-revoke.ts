/** Decides which permissions may be taken back: those that no function with tracing needs any more. */
import { partitionOfArn } from '../arn.js'
import { parseDocument } from '../policy/document.js'
import { INLINE_POLICY_NAME, inlinePolicyDocument, isReserved, managedPolicyArn } from '../policy/grant.js'
import type { Role, RolePolicy } from '../policy/role.js'
import type { Observation } from '../verdict.js'
import type { GrantStep, RevokeStep } from './plan.js'

/** ARNs of the roles that some version of some function, in any region, traces with. */
export interface RevokeEvidence {
  inUse: ReadonlySet<string>
}

/** Only what xtrace grants is taken back: the AWS managed policy and its own inline policy, never somebody else's. */
export function planRevokes(
  { inUse }: RevokeEvidence,
  observations: readonly Observation[],
  roles: ReadonlyMap<string, Role>,
): RevokeStep[] {
  const arns = [...new Set(observations.map((seen) => seen.fn.role))]
  return arns.flatMap((arn) => {
    const role = roles.get(arn)
    if (!role || role.missing || isReserved(role) || inUse.has(arn)) return []
    const users = observations.filter(({ fn }) => fn.role === arn && fn.mode === 'Active')
    const after = users.map(({ fn }) => `setMode:${fn.arn}`)
    return grantsOf(role).map((grant) => revokeStep(arn, grant, after))
  })
}

export function revokeStep(role: string, grant: Pick<GrantStep, 'how' | 'policy'>, after: string[]): RevokeStep {
  return { kind: 'revoke', id: `revoke:${role}:${grant.how}`, role, how: grant.how, policy: grant.policy, after }
}

function grantsOf(role: Role): Array<Pick<GrantStep, 'how' | 'policy'>> {
  const partition = partitionOfArn(role.arn)
  const managed = managedPolicyArn(partition)
  return role.policies.flatMap((policy): Array<Pick<GrantStep, 'how' | 'policy'>> => {
    if (policy.source === 'managed' && policy.arn === managed) return [{ how: 'managed', policy: managed }]
    return isOurInline(policy) ? [{ how: 'inline', policy: INLINE_POLICY_NAME }] : []
  })
}

/** Under our name and as we wrote it: with anything else in it, it could not be given back. */
export function isOurInline(policy: RolePolicy): boolean {
  if (policy.source !== 'inline' || policy.name !== INLINE_POLICY_NAME || policy.unreadable !== undefined) return false
  return JSON.stringify(parseDocument(policy.document)) === JSON.stringify(parseDocument(inlinePolicyDocument()))
}
