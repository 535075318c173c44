/** Roles themselves: creating, reading, listing, and their permissions boundary. */
import { readDocument } from '../policy/document.js'
import type { QueryInput } from '../wire/query-xml.js'
import type { Context } from '../wire/service.js'
import type { XmlValue } from '../wire/xml.js'
import { Role } from '../world/role.js'
import { alreadyExists, noSuchEntity } from './errors.js'
import { findChangeableRole, findRole, readPolicyArn } from './lookup.js'
import { pageOf } from './page.js'
import { roleShape } from './shapes.js'

export function createRole(input: QueryInput, { account, world, now }: Context): XmlValue {
  const name = input.required('RoleName')
  if (account.roles.has(name)) throw alreadyExists(`Role with name ${name} already exists.`)
  const path = input.optional('Path') ?? '/'
  const boundary = input.optional('PermissionsBoundary')
  const role = new Role(
    {
      name,
      path,
      arn: account.arnOf('role', path, name),
      id: `AROA${world.ids.letters(17)}`,
      description: input.optional('Description'),
      trust: readDocument(input.required('AssumeRolePolicyDocument')),
      createdAt: now,
    },
    { managed: [], inline: new Map(), ...(boundary === undefined ? {} : { boundary }) },
    now,
  )
  account.roles.set(name, role)
  return { Role: roleShape(role) }
}

export function getRole(input: QueryInput, context: Context): XmlValue {
  return { Role: roleShape(findRole(input, context)) }
}

export function listRoles(input: QueryInput, { account }: Context): XmlValue {
  const prefix = input.optional('PathPrefix') ?? '/'
  const roles = [...account.roles.values()].filter((role) => role.path.startsWith(prefix))
  const { items, paging } = pageOf(roles, input)
  return { Roles: items.map(roleShape), ...paging }
}

export function putRolePermissionsBoundary(input: QueryInput, context: Context): XmlValue {
  const role = findChangeableRole(input, context)
  const boundary = readPolicyArn(input, 'PermissionsBoundary')
  if (!context.account.policies.has(boundary)) {
    throw noSuchEntity(`Policy ${boundary} does not exist or is not attachable.`)
  }
  role.changePermissions({ ...role.permissions, boundary }, context.now)
  return undefined
}

export function deleteRolePermissionsBoundary(input: QueryInput, context: Context): XmlValue {
  const role = findChangeableRole(input, context)
  const { boundary, ...rest } = role.permissions
  if (boundary === undefined) throw noSuchEntity(`Role ${role.name} does not have a permissions boundary.`)
  role.changePermissions(rest, context.now)
  return undefined
}
