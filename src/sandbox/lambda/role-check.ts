/** Lambda's own look at the execution role: may it be assumed, and may it write to X-Ray. */
import { AwsError } from '../aws-error.js'
import { allows } from '../policy/evaluate.js'
import type { Context } from '../wire/service.js'
import { policiesAt } from '../world/role-policies.js'
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
  if (allows(policiesAt(permissions, seenAt, account), 'xray:PutTraceSegments')) return
  throw invalidParameter('The provided execution role does not have permissions to call PutTraceSegments on XRAY')
}
