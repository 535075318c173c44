/** Answers whether a function's role can write traces; what a role may do is worked out once, or once a region where that matters. */
import type { LambdaFunction } from '../../core/lambda-function.js'
import { type Permission, traceWritePermission } from '../../core/policy/permission.js'
import type { Role } from '../../core/policy/role.js'

export interface KnownRoles {
  /** ARN → role. */
  all: ReadonlyMap<string, Role>
  permissionOf(fn: LambdaFunction): Permission
}

/** @param all every role of the functions that will be asked for */
export function knownRoles(all: ReadonlyMap<string, Role>): KnownRoles {
  const everywhere = new Map<string, Permission>()
  const byRegion = new Map<string, Permission>()
  const permissionOf = (fn: LambdaFunction) => {
    const role = roleIn(all, fn.role)
    const anywhere = everywhere.get(fn.role) ?? traceWritePermission(role, { partition: fn.partition })
    everywhere.set(fn.role, anywhere)
    if (anywhere.answer !== 'unknown') return anywhere
    const key = `${fn.role} ${fn.region}`
    const here = byRegion.get(key) ?? traceWritePermission(role, fn)
    byRegion.set(key, here)
    return here
  }
  return { all, permissionOf }
}

function roleIn(roles: ReadonlyMap<string, Role>, arn: string): Role {
  const role = roles.get(arn)
  if (!role) throw new Error(`role ${arn} was not read`)
  return role
}
