/** Finds the policies of a template that attach themselves to a role. */
import type { Evaluator } from '../evaluate/evaluator.js'
import { loneReference } from '../evaluate/marked-text.js'
import { mapping, type Node, textsIn, valueAt } from '../read/node.js'
import type { Resource, Sections } from '../sections.js'

/** Policy type → the property that names its roles. */
const ROLES_OF: ReadonlyMap<string, string> = new Map([
  ['AWS::IAM::Policy', 'Roles'],
  ['AWS::IAM::ManagedPolicy', 'Roles'],
  ['AWS::IAM::RolePolicy', 'RoleName'],
])

/** Name or logical id of a role → the policies that speak of it. */
export type Attachments = ReadonlyMap<string, readonly Resource[]>

/** Looks at every policy once, so that each role need only look at those that may be its own. */
export function attachmentsIn(sections: Sections): Attachments {
  const found = new Map<string, Resource[]>()
  for (const resource of sections.resources.values()) {
    const roles = rolesOf(resource)
    for (const name of new Set(roles === undefined ? [] : wordsIn(roles))) {
      const others = found.get(name)
      if (others) others.push(resource)
      else found.set(name, [resource])
    }
  }
  return found
}

/**
 * @param names of the role: its logical id, and its name where it is known
 * @throws Fork
 */
export function attachedTo(names: readonly string[], attachments: Attachments, evaluator: Evaluator): Resource[] {
  const candidates = new Set(names.flatMap((name) => attachments.get(name) ?? []))
  return [...candidates].filter((policy) => {
    const roles = rolesOf(policy)
    const items = roles === undefined ? [] : evaluator.items(roles)
    return items.some((item) => {
      const text = evaluator.text(item)
      return text !== undefined && names.includes(loneReference(text) ?? text)
    })
  })
}

function rolesOf(resource: Resource): Node | undefined {
  const property = ROLES_OF.get(resource.type)
  return property === undefined ? undefined : valueAt(mapping(valueAt(resource.body, 'Properties')), property)
}

/** Every text in it, and what `${…}` names. */
function wordsIn(node: Node): string[] {
  return textsIn(node).flatMap((text) => [text, ...[...text.matchAll(/\$\{([^}]*)\}/g)].map(([, name = '']) => name)])
}
