/** A template as the editing parts see it: its text, its top level, and habits that are looked for in all of it. */
import { behindAlias, type List, type Mapping, type Node } from '../read/node.js'
import { indentationAt } from './lines.js'
import type { Padding } from './new-node.js'

export interface Page {
  text: string
  root: Mapping
  json: boolean
  /** How far the dashes of a list stand in, against its key; undefined where the file has no dashes. */
  dash: string | undefined
  /** Of the first ones on one line. */
  padding: Padding
}

export function pageOf(text: string, root: Mapping): Page {
  const padding = {
    braces: firstPadding(text, root, 'map') ?? '',
    brackets: firstPadding(text, root, 'list') ?? '',
  }
  return { text, root, json: root.flow && hasQuotedKeys(root), dash: dashBelow(text, root), padding }
}

export function hasQuotedKeys(map: Mapping): boolean {
  return map.entries.at(-1)?.key.style === 'double'
}

export function childrenOf(collection: Mapping | List): Node[] {
  return collection.kind === 'map' ? collection.entries.map(({ value }) => value) : collection.items
}

/** Collections that are not empty. */
export function bracketsIn(nodes: readonly Node[], kind?: 'map' | 'list'): Array<Mapping | List> {
  return nodes.flatMap((node) => {
    const found = behindAlias(node)
    if (found.kind === 'scalar' || (kind !== undefined && found.kind !== kind)) return []
    return childrenOf(found).length > 0 ? [found] : []
  })
}

export function isOneLine(text: string, { start, end }: Node): boolean {
  return !text.slice(start, end).includes('\n')
}

/** Of the first collection that stands in brackets on one line. */
export function paddingInside(text: string, collections: ReadonlyArray<Mapping | List>): string | undefined {
  const found = collections.find((one) => one.flow && isOneLine(text, one))
  if (found === undefined) return undefined
  return text.charAt(found.start + 1) === ' ' ? ' ' : ''
}

function firstPadding(text: string, node: Node, kind: 'map' | 'list'): string | undefined {
  if (node.kind === 'scalar' || node.kind === 'alias') return undefined
  const own = paddingInside(text, bracketsIn([node], kind))
  if (own !== undefined) return own
  for (const child of childrenOf(node)) {
    const found = firstPadding(text, child, kind)
    if (found !== undefined) return found
  }
  return undefined
}

/** Of the first list with dashes in the file. */
function dashBelow(text: string, map: Mapping): string | undefined {
  for (const { key, value } of map.entries) {
    const found = value.kind === 'map' && !value.flow ? dashBelow(text, value) : dashOf(text, key.start, value)
    if (found !== undefined) return found
  }
  return undefined
}

function dashOf(text: string, key: number, value: Node): string | undefined {
  if (value.kind !== 'list' || value.flow) return undefined
  const outer = indentationAt(text, key)
  const inner = indentationAt(text, value.start)
  return outer === undefined || inner === undefined ? undefined : inner.slice(outer.length)
}
