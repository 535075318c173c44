/** Where a role of a template can be given the managed policy that lets it write traces. */
import { MANAGED_POLICY_NAME } from '../../policy/grant.js'
import type { Splice } from '../edit.js'
import { callOf } from '../evaluate/intrinsic.js'
import { textsIn } from '../read/node.js'
import type { Resource } from '../sections.js'
import { appendItem, insertEntry } from './insert.js'
import type { EditedPage } from './mode-site.js'
import type { NewNode } from './new-node.js'
import { Obstacle } from './obstacle.js'
import { findEntry, notLiteral, ownMapping, sharedBy } from './site.js'

/** In whatever partition the stack is deployed. */
const POLICY: NewNode = { substitute: `arn:\${AWS::Partition}:iam::aws:policy/${MANAGED_POLICY_NAME}` }

const PROPERTIES = 'the Properties block of its role'
const ARNS = 'ManagedPolicyArns'

export function grant(role: Resource, page: EditedPage): Splice | Obstacle {
  if (role.loop !== undefined) return new Obstacle(role.entry.key.start, `its role is made by ${role.loop}`)
  const body = ownMapping(role.entry.value, 'its role', page.shared)
  if (body instanceof Obstacle) return body
  const properties = findEntry(body, 'Properties', 'its role')
  if (properties instanceof Obstacle) return properties
  if (properties === 'absent') return new Obstacle(role.entry.key.start, 'its role has no Properties')
  const map = ownMapping(properties.value, PROPERTIES, page.shared)
  if (map instanceof Obstacle) return map
  const arns = findEntry(map, ARNS, PROPERTIES)
  if (arns instanceof Obstacle) return arns
  if (arns === 'absent') return insertEntry(page, map, ARNS, { items: [POLICY] })
  const { value } = arns
  if (value.kind !== 'list' || callOf(value) !== undefined) return notLiteral(value, `${ARNS} of its role`)
  if (textsIn(value).some((text) => text.endsWith(`/${MANAGED_POLICY_NAME}`)))
    return new Obstacle(
      value.start,
      `${ARNS} of its role names ${MANAGED_POLICY_NAME} under a condition, and may not twice`,
    )
  return sharedBy(value, `${ARNS} of its role`, page.shared) ?? appendItem(page, map, value, POLICY)
}
