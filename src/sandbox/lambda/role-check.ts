/** Lambda's own look at the execution role: may it be assumed, and may it write to X-Ray. */
import { AwsError } from '../aws-error.js'
import { allows, type RolePolicies } from '../policy/evaluate.js'
import type { Context } from '../wire/service.js'
import type { Account } from '../world/account.js'
import { trustsService } from '../world/trust.js'
import { invalidParameter } from './errors.js'

/** @throws AwsError InvalidParameterValueException */
export function checkRole(roleArn: string, tracing: boolean, context: Context): void {
  const { settings, account } = context
  if (!settings.roleCheck) return
  if (roleArn.split(':')[4] !== account.id) {
    throw new AwsError(403, 'AccessDeniedException', 'Cross-account pass role is not allowed.')
  }
  const role = account.roles.get(roleArn.slice(roleArn.lastIndexOf('/') + 1))
  const seenAt = context.now - settings.iamDelayMs
  const permissions = role?.arn === roleArn ? role.permissionsAt(seenAt) : undefined
  if (role === undefined || permissions === undefined || !trustsService(role.trust.document, 'lambda.amazonaws.com')) {
    throw invalidParameter('The role defined for the function cannot be assumed by Lambda.')
  }
  if (!tracing) return
  const policies: RolePolicies = {
    identity: [
      ...permissions.managed.flatMap((arn) => documentAt(arn, seenAt, account)),
      ...[...permissions.inline.values()].map((stored) => stored.document),
    ],
    ...boundaryAt(permissions.boundary, seenAt, account),
  }
  if (allows(policies, 'xray:PutTraceSegments')) return
  throw invalidParameter('The provided execution role does not have permissions to call PutTraceSegments on XRAY')
}

function documentAt(policyArn: string, time: number, account: Account) {
  const version = account.policies.get(policyArn)?.defaultVersionAt(time)
  return version === undefined ? [] : [version.stored.document]
}

/** A boundary that is not there allows nothing. */
function boundaryAt(policyArn: string | undefined, time: number, account: Account): Pick<RolePolicies, 'boundary'> {
  if (policyArn === undefined) return {}
  return { boundary: documentAt(policyArn, time, account)[0] ?? { Statement: [] } }
}
