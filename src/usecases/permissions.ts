/** Prints the least IAM policy that the operator needs for some commands. */
import { type CommandOnAws, operatorPolicy, type PolicyDocument } from '../core/operator-policy.js'
import type { GrantChoice } from '../core/plan.js'
import { type Report, report } from '../core/report.js'

export interface PermissionsRequest {
  commands: readonly CommandOnAws[]
  grants: GrantChoice
  partition: string
}

export function operatorPermissions({
  commands,
  grants,
  partition,
}: PermissionsRequest): Report<{ commands: readonly CommandOnAws[]; policy: PolicyDocument }> {
  const policy = operatorPolicy(commands, grants, partition)
  return report('permissions', { commands, policy }, { text: JSON.stringify(policy, null, 2) })
}
