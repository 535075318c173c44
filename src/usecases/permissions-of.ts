/** Answers whether a function's role can write traces; what a role may do is worked out once a region. */
import type { LambdaFunction } from '../core/lambda-function.js'
import { type Permission, traceWritePermission } from '../core/policy/permission.js'
import type { Role } from '../core/policy/role.js'

/** @param roles every role of the functions that will be asked for */
export function permissionsOf(roles: ReadonlyMap<string, Role>): (fn: LambdaFunction) => Permission {
  const known = new Map<string, Permission>()
  return (fn) => {
    const key = `${fn.role} ${fn.region}`
    const permission = known.get(key) ?? traceWritePermission(roleIn(roles, fn.role), fn)
    known.set(key, permission)
    return permission
  }
}

function roleIn(roles: ReadonlyMap<string, Role>, arn: string): Role {
  const role = roles.get(arn)
  if (!role) throw new Error(`role ${arn} was not read`)
  return role
}
