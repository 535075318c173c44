/** The policies that decide what a role may do, as they were at a time. */
import type { PolicyDocument } from '../policy/document.js'
import type { RolePolicies } from '../policy/evaluate.js'
import type { Account } from './account.js'
import type { RolePermissions } from './role.js'

export function policiesAt(permissions: RolePermissions, time: number, account: Account): RolePolicies {
  return {
    identity: [
      ...permissions.managed.flatMap((arn) => documentAt(arn, time, account)),
      ...[...permissions.inline.values()].map((stored) => stored.document),
    ],
    ...boundaryAt(permissions.boundary, time, account),
  }
}

function documentAt(policyArn: string, time: number, account: Account): PolicyDocument[] {
  const version = account.policies.get(policyArn)?.defaultVersionAt(time)
  return version === undefined ? [] : [version.stored.document]
}

/** A boundary that is not there allows nothing. */
function boundaryAt(policyArn: string | undefined, time: number, account: Account): Pick<RolePolicies, 'boundary'> {
  if (policyArn === undefined) return {}
  return { boundary: documentAt(policyArn, time, account)[0] ?? { Statement: [] } }
}
