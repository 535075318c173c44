/** What a role is allowed: attached managed policies and inline ones. */
import { encodeDocument, readDocument } from '../policy/document.js'
import type { QueryInput } from '../wire/query-xml.js'
import type { Context } from '../wire/service.js'
import type { XmlValue } from '../wire/xml.js'
import { limitExceeded, noSuchEntity } from './errors.js'
import { findChangeableRole, findRole, readPolicyArn } from './lookup.js'
import { pageOf } from './page.js'
import { attachedShape } from './shapes.js'

/** Characters of all inline policies of a role together, white space not counted. */
const INLINE_QUOTA = 10_240

export function attachRolePolicy(input: QueryInput, context: Context): XmlValue {
  const role = findChangeableRole(input, context)
  const arn = readPolicyArn(input, 'PolicyArn')
  if (!context.account.policies.has(arn)) throw noSuchEntity(`Policy ${arn} does not exist or is not attachable.`)
  if (role.managed.includes(arn)) return undefined
  const quota = context.settings.policiesPerRoleQuota
  if (role.managed.length >= quota) throw limitExceeded(`Cannot exceed quota for PoliciesPerRole: ${quota}`)
  role.changePermissions({ ...role.permissions, managed: [...role.managed, arn] }, context.now)
  return undefined
}

export function detachRolePolicy(input: QueryInput, context: Context): XmlValue {
  const role = findChangeableRole(input, context)
  const arn = readPolicyArn(input, 'PolicyArn')
  if (!role.managed.includes(arn)) throw noSuchEntity(`Policy ${arn} was not found.`)
  const managed = role.managed.filter((attached) => attached !== arn)
  role.changePermissions({ ...role.permissions, managed }, context.now)
  return undefined
}

export function listAttachedRolePolicies(input: QueryInput, context: Context): XmlValue {
  const { items, paging } = pageOf(attachedShape(findRole(input, context), context.account), input)
  return { AttachedPolicies: items, ...paging }
}

export function putRolePolicy(input: QueryInput, context: Context): XmlValue {
  const role = findChangeableRole(input, context)
  const inline = new Map(role.inline)
  inline.set(input.required('PolicyName'), readDocument(input.required('PolicyDocument')))
  const size = [...inline.values()].reduce((sum, stored) => sum + stored.text.replace(/\s/g, '').length, 0)
  if (size > INLINE_QUOTA) {
    throw limitExceeded(`Maximum policy size of ${INLINE_QUOTA} bytes exceeded for role ${role.name}`)
  }
  role.changePermissions({ ...role.permissions, inline }, context.now)
  return undefined
}

export function getRolePolicy(input: QueryInput, context: Context): XmlValue {
  const role = findRole(input, context)
  const name = input.required('PolicyName')
  const stored = role.inline.get(name)
  if (stored === undefined) throw noSuchEntity(`The role policy with name ${name} cannot be found.`)
  return { RoleName: role.name, PolicyName: name, PolicyDocument: encodeDocument(stored) }
}

export function deleteRolePolicy(input: QueryInput, context: Context): XmlValue {
  const role = findChangeableRole(input, context)
  const name = input.required('PolicyName')
  const inline = new Map(role.inline)
  if (!inline.delete(name)) throw noSuchEntity(`The role policy with name ${name} cannot be found.`)
  role.changePermissions({ ...role.permissions, inline }, context.now)
  return undefined
}

export function listRolePolicies(input: QueryInput, context: Context): XmlValue {
  const { items, paging } = pageOf([...findRole(input, context).inline.keys()], input)
  return { PolicyNames: items, ...paging }
}
