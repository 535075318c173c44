/** A template as a tree whose every node knows where it stands in the text. */

interface Place {
  /** UTF-16 offset of the first character of the value itself: a tag or an anchor stands before it. */
  start: number
  /** Offset behind the last character. */
  end: number
  /** A local tag such as `!Sub`; tags of YAML itself are left out. */
  tag?: string
}

export interface Scalar extends Place {
  kind: 'scalar'
  /** Decoded; the source where it is plain, so that numbers and truth values stay as written. */
  text: string
  style: 'plain' | 'single' | 'double' | 'block'
}

export interface List extends Place {
  kind: 'list'
  flow: boolean
  items: Node[]
}

export interface Mapping extends Place {
  kind: 'map'
  flow: boolean
  /** Keys are unique. */
  entries: Entry[]
}

export interface Entry {
  key: Scalar
  value: Node
}

/** `*name`; never leads into a cycle. */
export interface Alias extends Place {
  kind: 'alias'
  name: string
  target: Node
}

export type Node = Scalar | List | Mapping | Alias

const MERGE = '<<'
const TRUTH_VALUE = /^(?:[Tt]rue|TRUE|[Ff]alse|FALSE)$/

/** The node behind aliases. */
export function behindAlias(node: Node): Exclude<Node, Alias> {
  let current = node
  while (current.kind === 'alias') current = current.target
  return current
}

/** An untagged mapping, or undefined. */
export function mapping(node: Node | undefined): Mapping | undefined {
  const found = node && behindAlias(node)
  return found?.kind === 'map' && found.tag === undefined ? found : undefined
}

/** The text of an untagged scalar, or undefined. CloudFormation makes `true` of YAML's `True`. */
export function plainText(node: Node | undefined): string | undefined {
  const found = node && behindAlias(node)
  if (found?.kind !== 'scalar' || found.tag !== undefined) return undefined
  return found.style === 'plain' && TRUTH_VALUE.test(found.text) ? found.text.toLowerCase() : found.text
}

/** The items of an untagged list, else none. */
export function listItems(node: Node | undefined): readonly Node[] {
  const found = node && behindAlias(node)
  return found?.kind === 'list' && found.tag === undefined ? found.items : []
}

/** Whether nothing, or a null, was written. */
export function isNull(node: Node): boolean {
  return node.kind === 'scalar' && node.style === 'plain' && /^(~|null|Null|NULL)?$/.test(node.text)
}

/** What is written in the mapping itself. */
export function ownEntry(map: Mapping, key: string): Entry | undefined {
  return map.entries.find((entry) => entry.key.text === key)
}

/** What is written in the mapping itself, or else merged into it by `<<`. */
export function valueAt(map: Mapping | undefined, key: string): Node | undefined {
  if (map === undefined) return undefined
  const own = ownEntry(map, key)
  if (own !== undefined) return own.value
  for (const source of mergedInto(map)) {
    const value = valueAt(source, key)
    if (value !== undefined) return value
  }
  return undefined
}

/** Own and merged entries; own ones win. */
export function allEntries(map: Mapping): Entry[] {
  if (!hasMerge(map)) return map.entries
  const entries = new Map<string, Entry>()
  for (const entry of [...mergedInto(map).flatMap(allEntries), ...map.entries])
    if (entry.key.text !== MERGE) entries.set(entry.key.text, entry)
  return [...entries.values()]
}

export function hasMerge(map: Mapping): boolean {
  return ownEntry(map, MERGE) !== undefined
}

/** The mappings that `<<` names, those that win first. */
function mergedInto(map: Mapping): Mapping[] {
  const merge = ownEntry(map, MERGE)
  if (merge === undefined) return []
  const source = behindAlias(merge.value)
  const sources = source.kind === 'list' ? source.items : [source]
  return sources.flatMap((one) => mapping(one) ?? [])
}

/** The text of every scalar that is a value in it, each time it stands there. */
export function textsIn(node: Node): string[] {
  const found = behindAlias(node)
  if (found.kind === 'list') return found.items.flatMap(textsIn)
  return found.kind === 'map' ? found.entries.flatMap(({ value }) => textsIn(value)) : [found.text]
}
