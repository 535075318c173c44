/** Where in a template something can be changed, or why it cannot. */
import type { Splice } from '../edit.js'
import { type Call, callOf } from '../evaluate/intrinsic.js'
import {
  type Entry,
  hasMerge,
  isNull,
  type Mapping,
  type Node,
  ownEntry,
  plainText,
  type Scalar,
} from '../read/node.js'
import { foreignEntry } from '../sections.js'
import { Obstacle } from './obstacle.js'

/** An own entry, one that can be added, or neither. */
export type Found = Entry | 'absent' | Obstacle

/** @param what the mapping is, for people: "its Properties" */
export function findEntry(map: Mapping, key: string, what: string): Found {
  const own = ownEntry(map, key)
  if (own !== undefined) return own
  if (hasMerge(map)) return new Obstacle(map.start, `a part of ${what} is merged in from an anchor`)
  const foreign = foreignEntry(map)
  if (foreign)
    return new Obstacle(foreign.key.start, `${foreign.key.text} brings in a part of ${what} that is not in this file`)
  return 'absent'
}

/** A mapping that is written out in place and belongs to nobody else. */
export function ownMapping(node: Node, what: string, shared: readonly Node[]): Mapping | Obstacle {
  if (node.kind !== 'map' || callOf(node) !== undefined) return notLiteral(node, what)
  return sharedBy(node, what, shared) ?? node
}

/** A word that can be replaced where it stands. */
export function ownWord(node: Node, what: string, shared: readonly Node[]): Scalar | Obstacle {
  if (node.kind !== 'scalar' || node.tag !== undefined) return notLiteral(node, what)
  if (isNull(node) || node.style === 'block') return new Obstacle(node.start, `${what} is not one word`)
  return sharedBy(node, what, shared) ?? node
}

export function notLiteral(node: Node, what: string): Obstacle {
  if (node.kind === 'alias') return new Obstacle(node.start, `${what} stands behind the alias *${node.name}`)
  const call = callOf(node)
  return new Obstacle(
    node.start,
    call ? `${what} stands behind ${namedCall(call)}` : `${what} is not written out as expected`,
  )
}

/** A change there would change what every alias stands for. */
export function sharedBy(node: Node, what: string, shared: readonly Node[]): Obstacle | undefined {
  const owner = shared.find((one) => one.start <= node.start && node.end <= one.end)
  return owner && new Obstacle(node.start, `${what} stands in a part that an anchor shares with other places`)
}

/** The word in its quotes, if it has some, made another one. */
export function replaceWord(scalar: Scalar, text: string): Splice {
  const quote = scalar.style === 'plain' ? 0 : 1
  return { start: scalar.start + quote, end: scalar.end - quote, text }
}

/** Everything that an alias names. */
export function sharedNodes(node: Node): Node[] {
  if (node.kind === 'alias') return [node.target]
  if (node.kind === 'list') return node.items.flatMap(sharedNodes)
  return node.kind === 'map' ? node.entries.flatMap(({ value }) => sharedNodes(value)) : []
}

function namedCall(call: Call): string {
  if (call.name === 'Ref') return `the parameter ${plainText(call.argument) ?? ''}`
  if (call.name !== 'Fn::If') return call.name
  const first = call.argument.kind === 'list' ? call.argument.items[0] : undefined
  return `the condition ${plainText(first) ?? ''}`
}
