/** Reads one policy of a role: inline, managed by AWS, a resource of the template, or from outside. */
import type { RolePolicy } from '../../policy/role.js'
import type { Deployment } from '../deployment.js'
import { loneReference, shownText, withReferencesAs } from '../evaluate/marked-text.js'
import { mapping, type Node, valueAt } from '../read/node.js'
import type { Resource } from '../sections.js'
import { awsManagedDocument } from './aws-managed-policies.js'
import { settledDocument } from './policy-document.js'

export interface TemplatePolicy {
  policy: RolePolicy
  /** Not written in the template, nor one of AWS's that is known. */
  outside: boolean
}

const AWS_MANAGED = /^arn:[^:]*:iam::aws:policy\/(?:[^/]*\/)*([^/]+)$/

/** @throws Fork */
export function inlinePolicy(name: string, document: Node | undefined, { evaluator }: Deployment): TemplatePolicy {
  return { policy: { source: 'inline', name, ...settledDocument(document, evaluator) }, outside: false }
}

/** A resource of type AWS::IAM::Policy, AWS::IAM::RolePolicy or AWS::IAM::ManagedPolicy. */
export function policyResource(resource: Resource, { evaluator }: Deployment): TemplatePolicy {
  const document = valueAt(mapping(valueAt(resource.body, 'Properties')), 'PolicyDocument')
  const source = resource.type === 'AWS::IAM::ManagedPolicy' ? 'managed' : 'inline'
  return { policy: { source, name: resource.logicalId, ...settledDocument(document, evaluator) }, outside: false }
}

/**
 * @param node an ARN, or a reference to a managed policy of the template
 * @throws Fork
 */
export function managedPolicy(node: Node, deployment: Deployment): TemplatePolicy {
  const { evaluator, sections } = deployment
  const text = evaluator.text(node) ?? ''
  const resource = sections.resources.get(loneReference(text)?.replace(/\.PolicyArn$/, '') ?? '')
  if (resource?.type === 'AWS::IAM::ManagedPolicy') return policyResource(resource, deployment)
  const name = AWS_MANAGED.exec(withReferencesAs(text, '*'))?.[1]
  return name === undefined ? fromOutside(text) : awsManagedPolicy(name)
}

/** @param name of a policy that AWS keeps */
export function awsManagedPolicy(name: string): TemplatePolicy {
  const document = awsManagedDocument(name)
  const policy: RolePolicy = { source: 'managed', name, arn: `arn:aws:iam::aws:policy/${name}`, document }
  if (document !== undefined) return { policy, outside: false }
  return { policy: { ...policy, unreadable: 'what it allows is not known here' }, outside: true }
}

function fromOutside(text: string): TemplatePolicy {
  const unreadable = 'it is given from outside the template'
  return { policy: { source: 'managed', name: shownText(text), document: undefined, unreadable }, outside: true }
}
