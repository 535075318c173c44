/** The parts of a template that decide whether its functions are traced. */
import { allEntries, type Entry, listItems, type Mapping, mapping, type Node, plainText, valueAt } from './read/node.js'

export interface Sections {
  root: Mapping
  /** By logical id. */
  resources: ReadonlyMap<string, Resource>
  parameters: ReadonlyMap<string, Mapping>
  conditions: ReadonlyMap<string, Node>
  mappings: ReadonlyMap<string, Mapping>
  /** Parts whose contents are not in the file: resources may come from there that nobody here sees. */
  unseen: readonly Unseen[]
}

export interface Resource {
  logicalId: string
  entry: Entry
  body: Mapping
  type: string
  /** Key of the `Fn::ForEach` that makes several resources of this one. */
  loop?: string
}

export interface Unseen {
  /** Offset. */
  at: number
  what: string
}

const LOOP = 'Fn::ForEach::'
const INCLUDE = 'Fn::Transform'

export function sectionsOf(root: Mapping): Sections {
  const resources = new Map<string, Resource>()
  const unseen: Unseen[] = [...includedIn(root), ...macrosOf(root)]
  collect(mapping(valueAt(root, 'Resources')), undefined, resources, unseen)
  return {
    root,
    resources,
    parameters: mappingsIn(root, 'Parameters'),
    conditions: new Map(entriesIn(root, 'Conditions').map(({ key, value }) => [key.text, value])),
    mappings: mappingsIn(root, 'Mappings'),
    unseen: unseen.sort((a, b) => a.at - b.at),
  }
}

function collect(
  map: Mapping | undefined,
  loop: string | undefined,
  resources: Map<string, Resource>,
  unseen: Unseen[],
): void {
  if (map === undefined) return
  unseen.push(...includedIn(map))
  for (const entry of allEntries(map)) {
    const logicalId = entry.key.text
    if (logicalId.startsWith(LOOP)) collect(loopBody(entry.value), loop ?? logicalId, resources, unseen)
    const body = mapping(entry.value)
    const type = plainText(valueAt(body, 'Type'))
    if (body === undefined || type === undefined) continue
    resources.set(logicalId, { logicalId, entry, body, type, ...(loop === undefined ? {} : { loop }) })
  }
}

/** `[identifier, collection, {key: body}]` */
function loopBody(value: Node): Mapping | undefined {
  return mapping(listItems(value)[2])
}

/** The entry of a mapping that brings in others which are not in the file. */
export function foreignEntry(map: Mapping): Entry | undefined {
  return allEntries(map).find(({ key }) => key.text === INCLUDE || key.text.startsWith(LOOP))
}

function includedIn(map: Mapping): Unseen[] {
  return allEntries(map)
    .filter(({ key }) => key.text === INCLUDE)
    .map(({ key }) => ({ at: key.start, what: 'Fn::Transform brings in what is not in this file' }))
}

/** Macros of AWS's own keep to what is documented; any other may change everything. */
function macrosOf(root: Mapping): Unseen[] {
  const value = valueAt(root, 'Transform')
  if (value === undefined) return []
  const items = listItems(value)
  return (items.length > 0 ? items : [value]).flatMap((item) => {
    const name = plainText(item) ?? plainText(valueAt(mapping(item), 'Name'))
    if (name === 'AWS::Include' || name === undefined)
      return [{ at: item.start, what: 'the Transform brings in what is not in this file' }]
    return name.startsWith('AWS::')
      ? []
      : [{ at: item.start, what: `the macro ${name} may change what is written here` }]
  })
}

function mappingsIn(root: Mapping, section: string): Map<string, Mapping> {
  return new Map(
    entriesIn(root, section).flatMap(({ key, value }) => {
      const map = mapping(value)
      return map === undefined ? [] : [[key.text, map] as const]
    }),
  )
}

function entriesIn(root: Mapping, section: string): Entry[] {
  const map = mapping(valueAt(root, section))
  return map === undefined ? [] : allEntries(map)
}
