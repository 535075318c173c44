/** Prints the least IAM policy that the operator needs for some commands. */
import { type CommandOnAws, operatorPolicy, type PolicyDocument, type PolicyRequest } from '../core/operator-policy.js'
import { type Report, report } from '../core/report.js'

export interface Permissions {
  commands: readonly CommandOnAws[]
  policy: PolicyDocument
}

export function operatorPermissions(request: PolicyRequest): Report<Permissions> {
  const policy = operatorPolicy(request)
  return report('permissions', { commands: request.commands, policy }, { text: JSON.stringify(policy, null, 2) })
}
