/** Finds the execution role that a template gives a function. */
import type { Deployment } from '../deployment.js'
import { loneReference, shownText } from '../evaluate/marked-text.js'
import { mapping, plainText, valueAt } from '../read/node.js'
import type { Resource, Sections } from '../sections.js'
import { propertyOf, type TemplateFunction } from '../template-function.js'

export type ExecutionRole =
  /** A resource of the template. */
  | { from: 'template'; resource: Resource }
  /** Made by SAM, which lets it write where tracing is on. */
  | { from: 'generated' }
  /** Not in the template, so nothing can be said of it. */
  | { from: 'outside'; because: string }

const ROLE = 'AWS::IAM::Role'
/** The name behind the path of a role's ARN. */
const ARN_OF_ROLE = /^arn:.*:role\/(?:[^/]*\/)*([^/]+)$/

/** @throws Fork */
export function executionRole(fn: TemplateFunction, deployment: Deployment): ExecutionRole {
  const { evaluator, sections } = deployment
  const written = propertyOf(fn, 'Role', sections, evaluator)
  const role = written && evaluator.settle(written)
  if (role === undefined)
    return fn.kind === 'Serverless' ? { from: 'generated' } : { from: 'outside', because: 'no Role is given' }
  const text = evaluator.text(role)
  if (text === undefined) return { from: 'outside', because: 'its Role is not text' }
  const name = ARN_OF_ROLE.exec(text)?.[1] ?? text
  const reference = loneReference(name)
  const resource =
    reference === undefined ? deployment.rolesByName.get(name) : sections.resources.get(reference.replace(/\.Arn$/, ''))
  if (resource?.type === ROLE) return { from: 'template', resource }
  return { from: 'outside', because: `its role ${shownText(text)} is given from outside the template` }
}

/** What stands for a role in the policies that attach themselves to it. */
export function namesOf(role: Resource, { evaluator }: Deployment): string[] {
  const name = roleName(role)
  const text = name && evaluator.text(name)
  return text === undefined ? [role.logicalId] : [role.logicalId, text]
}

/** Roles whose name is written out, by that name. */
export function rolesByName(sections: Sections): ReadonlyMap<string, Resource> {
  const found = new Map<string, Resource>()
  for (const resource of sections.resources.values()) {
    const name = resource.type === ROLE ? plainText(roleName(resource)) : undefined
    if (name !== undefined) found.set(name, resource)
  }
  return found
}

function roleName(role: Resource) {
  return valueAt(mapping(valueAt(role.body, 'Properties')), 'RoleName')
}
