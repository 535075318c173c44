/** Builds the roles of a template as IAM would have them. */
import type { Role } from '../../policy/role.js'
import type { Deployment } from '../deployment.js'
import { callOf } from '../evaluate/intrinsic.js'
import { mapping, type Node, valueAt } from '../read/node.js'
import { foreignEntry, type Resource } from '../sections.js'
import { propertyOf, type TemplateFunction } from '../template-function.js'
import {
  awsManagedPolicy,
  inlinePolicy,
  managedPolicy,
  policyResource,
  type TemplatePolicy,
} from './attached-policy.js'
import { attachedTo } from './attachment.js'
import { namesOf } from './execution-role.js'

export interface TemplateRole {
  role: Role
  /** The role without what stands outside the template. */
  certain: Role
}

/** A resource of type AWS::IAM::Role. @throws Fork */
export function roleResource(resource: Resource, deployment: Deployment): TemplateRole {
  const { evaluator } = deployment
  const written = valueAt(resource.body, 'Properties')
  const properties = mapping(written && evaluator.settle(written))
  const foreign = properties && foreignEntry(properties)
  const itemsAt = (key: string) => itemsOf(valueAt(properties, key), deployment)
  const policies = [
    ...itemsAt('Policies').map((item, index) => listedPolicy(item, index, deployment)),
    ...itemsAt('ManagedPolicyArns').map((item) => managedPolicy(item, deployment)),
    ...policiesAttachedTo(namesOf(resource, deployment), deployment),
  ]
  const boundary = valueAt(properties, 'PermissionsBoundary')
  const unreadable = properties === undefined || foreign ? 'its properties are not all in this file' : undefined
  return assembled(resource.logicalId, policies, boundaryPolicy(boundary, deployment), unreadable)
}

/** The role that SAM makes for a function with tracing on. @throws Fork */
export function generatedRole(fn: TemplateFunction, deployment: Deployment): TemplateRole {
  const { sections, evaluator } = deployment
  const { logicalId } = fn.resource
  const policies = [
    awsManagedPolicy('AWSXrayWriteOnlyAccess'),
    ...itemsOf(propertyOf(fn, 'Policies', sections, evaluator), deployment).flatMap((item, index) =>
      samPolicy(item, `${logicalId}RolePolicy${index}`, deployment),
    ),
    ...policiesAttachedTo([`${logicalId}Role`], deployment),
  ]
  const boundary = propertyOf(fn, 'PermissionsBoundary', sections, evaluator)
  return assembled(`${logicalId}Role`, policies, boundaryPolicy(boundary, deployment), undefined)
}

function assembled(
  name: string,
  policies: readonly TemplatePolicy[],
  boundary: TemplatePolicy | undefined,
  unreadable: string | undefined,
): TemplateRole {
  // Its account is not known before deployment; no condition is decided by it (policy-document.ts).
  const role: Role = { arn: `arn:aws:iam::000000000000:role/${name}`, name, account: '000000000000', policies: [] }
  const inside = policies.filter(({ outside }) => !outside)
  return {
    role: {
      ...role,
      policies: policies.map(({ policy }) => policy),
      ...(boundary ? { boundary: boundary.policy } : {}),
      ...(unreadable === undefined ? {} : { unreadable }),
    },
    certain: {
      ...role,
      policies: inside.map(({ policy }) => policy),
      ...(boundary && !boundary.outside ? { boundary: boundary.policy } : {}),
      ...(unreadable === undefined ? {} : { unreadable }),
    },
  }
}

/** An entry of `Policies` of AWS::IAM::Role. */
function listedPolicy(item: Node, index: number, deployment: Deployment): TemplatePolicy {
  const map = mapping(item)
  const name = valueAt(map, 'PolicyName')
  const text = name && deployment.evaluator.text(name)
  return inlinePolicy(text ?? `number ${index + 1}`, valueAt(map, 'PolicyDocument'), deployment)
}

/** SAM's policy templates only allow, and nothing of X-Ray. */
function samPolicy(item: Node, name: string, deployment: Deployment): TemplatePolicy[] {
  const map = callOf(item) === undefined ? mapping(item) : undefined
  if (map !== undefined) return valueAt(map, 'Statement') === undefined ? [] : [inlinePolicy(name, item, deployment)]
  const text = deployment.evaluator.text(item)
  return [text !== undefined && /^[\w+=.@-]+$/.test(text) ? awsManagedPolicy(text) : managedPolicy(item, deployment)]
}

function policiesAttachedTo(names: readonly string[], deployment: Deployment): TemplatePolicy[] {
  return attachedTo(names, deployment.attachments, deployment.evaluator)
    .filter((policy) => isCreated(policy, deployment))
    .map((policy) => policyResource(policy, deployment))
}

/** @throws Fork */
export function isCreated(resource: Resource, { evaluator }: Deployment): boolean {
  const condition = valueAt(resource.body, 'Condition')
  const name = condition && evaluator.text(condition)
  return name === undefined || evaluator.holds(name)
}

function boundaryPolicy(node: Node | undefined, deployment: Deployment): TemplatePolicy | undefined {
  const settled = node && deployment.evaluator.settle(node)
  return settled && managedPolicy(settled, deployment)
}

function itemsOf(node: Node | undefined, deployment: Deployment): Node[] {
  return node === undefined ? [] : deployment.evaluator.items(node)
}
