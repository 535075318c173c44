/** Whether the role of a function could write traces, as far as its template tells. */
import { afterGrant } from '../../policy/grant.js'
import { type Permission, traceWritePermission } from '../../policy/permission.js'
import type { Role } from '../../policy/role.js'
import type { Deployment } from '../deployment.js'
import { isKnown } from '../evaluate/marked-text.js'
import type { Resource } from '../sections.js'
import type { TemplateFunction } from '../template-function.js'
import { type ExecutionRole, executionRole } from './execution-role.js'
import { generatedRole, isCreated, roleResource, type TemplateRole } from './role-policies.js'

export interface RolePermission {
  from: ExecutionRole['from']
  /** Where the role is a resource of the template. */
  resource?: Resource
  permission: Permission
  /** Whether the template does what it can: the rest, if any, is decided by policies that it only names. */
  enough: boolean
}

/**
 * @returns undefined where the role does not exist under these assumptions, so that the function cannot either
 * @throws Fork
 */
export function tracePermission(fn: TemplateFunction, deployment: Deployment): RolePermission | undefined {
  const role = executionRole(fn, deployment)
  if (role.from === 'outside')
    return { from: role.from, permission: { answer: 'unknown', because: role.because }, enough: true }
  if (role.from === 'generated')
    return { from: role.from, ...weighed(generatedRole(fn, deployment), 'the role that SAM makes', deployment) }
  const { resource } = role
  if (!isCreated(resource, deployment)) return undefined
  return { from: role.from, resource, ...weighed(roleResource(resource, deployment), labelOf(resource), deployment) }
}

/** What it would be if the role had the managed policy too. @throws Fork */
export function permissionWithGrant(role: Resource, deployment: Deployment): Weighed {
  const { role: whole, certain } = roleResource(role, deployment)
  const granted = (one: Role) => afterGrant(one, 'managed', 'aws')
  return weighed({ role: granted(whole), certain: granted(certain) }, labelOf(role), deployment)
}

type Weighed = Pick<RolePermission, 'permission' | 'enough'>

function weighed({ role, certain }: TemplateRole, label: string, { evaluator }: Deployment): Weighed {
  const region = evaluator.reference('AWS::Region')
  const context = isKnown(region) ? { region } : {}
  const whole = traceWritePermission(role, context)
  const sure = whole.answer === 'unknown' ? traceWritePermission(certain, context) : whole
  const because = sure.answer === whole.answer ? whole.because : `${sure.because}; ${whole.because}`
  return { permission: { answer: whole.answer, because: `${label}: ${because}` }, enough: sure.answer === 'yes' }
}

function labelOf(role: Resource): string {
  return `role ${role.logicalId}`
}
