/** Turns what the yaml package composed into our tree, and refuses aliases that would blow it up. */
import {
  isAlias,
  isMap,
  isScalar,
  type ParsedNode,
  type YAMLMap,
  type YAMLSeq,
  type Alias as YamlAlias,
  Scalar as YamlScalar,
} from 'yaml'
import type { Alias, Entry, List, Mapping, Node, Scalar } from './node.js'
import { trimmedEnd } from './plain-block-text.js'
import { duplicateKey, Unreadable } from './unreadable.js'

/** How many nodes all aliases together may stand for; in a template it is a few dozen. */
const MAX_ALIASED = 100_000

const STYLES: Record<string, Scalar['style']> = {
  [YamlScalar.QUOTE_SINGLE]: 'single',
  [YamlScalar.QUOTE_DOUBLE]: 'double',
  [YamlScalar.BLOCK_FOLDED]: 'block',
  [YamlScalar.BLOCK_LITERAL]: 'block',
}

/** Of one document, which is read from its first node to its last. */
export class YamlTree {
  private readonly anchors = new Map<string, Node>()
  /** Anchor → how many nodes with it are being read right now. */
  private readonly open = new Map<string, number>()
  /** Anchored node → how many nodes it has, with all that aliases in it stand for. */
  private readonly sizes = new Map<Node, number>()
  /** Nodes read so far, with all that aliases stand for. */
  private size = 0
  private aliased = 0
  private readonly text: string

  constructor(text: string) {
    this.text = text
  }

  /** @throws Unreadable */
  nodeOf(parsed: ParsedNode): Node {
    this.size += 1
    if (isAlias(parsed)) return this.alias(parsed)
    const { anchor } = parsed
    if (anchor === undefined) return this.plainNode(parsed)
    const before = this.size
    this.open.set(anchor, (this.open.get(anchor) ?? 0) + 1)
    const node = this.plainNode(parsed)
    this.open.set(anchor, (this.open.get(anchor) ?? 0) - 1)
    this.anchors.set(anchor, node)
    this.sizes.set(node, this.size - before + 1)
    return node
  }

  private plainNode(parsed: Exclude<ParsedNode, YamlAlias.Parsed>): Node {
    if (isScalar(parsed)) return this.scalar(parsed)
    return isMap(parsed) ? this.mapping(parsed) : this.list(parsed)
  }

  private scalar(parsed: YamlScalar.Parsed): Scalar {
    const [start, valueEnd] = parsed.range
    const style = STYLES[parsed.type ?? ''] ?? 'plain'
    const end = style === 'block' ? trimmedEnd(this.text, start, valueEnd) : valueEnd
    return { start, end, ...localTag(parsed.tag), kind: 'scalar', text: parsed.source, style }
  }

  private mapping(parsed: YAMLMap.Parsed): Mapping {
    const keys = new Set<string>()
    const entries = parsed.items.map((pair): Entry => {
      const key = this.key(pair.key)
      if (keys.has(key.text)) throw duplicateKey(key.start, key.text)
      keys.add(key.text)
      const value = pair.value === null ? nothing(key.end) : this.nodeOf(pair.value)
      return { key, value: isEmpty(value) ? { ...value, start: key.end, end: key.end } : value }
    })
    return { ...place(parsed, entries.at(-1)?.value), kind: 'map', flow: parsed.flow === true, entries }
  }

  private list(parsed: YAMLSeq.Parsed): List {
    const items = parsed.items.map((item) => this.nodeOf(item))
    return { ...place(parsed, items.at(-1)), kind: 'list', flow: parsed.flow === true, items }
  }

  private key(parsed: ParsedNode): Scalar {
    const node = this.nodeOf(parsed)
    if (node.kind !== 'scalar') throw new Unreadable(node.start, 'a key that is not text')
    return node
  }

  private alias(parsed: YamlAlias.Parsed): Alias {
    const { source: name, range } = parsed
    const [start, end] = range
    if (this.open.get(name)) throw new Unreadable(start, `the alias *${name} stands inside the node that it names`)
    const target = this.anchors.get(name)
    if (target === undefined) throw new Unreadable(start, `no anchor &${name} stands before the alias *${name}`)
    const size = this.sizes.get(target) ?? 1
    this.size += size
    this.aliased += size
    if (this.aliased > MAX_ALIASED)
      throw new Unreadable(start, `the aliases up to here stand for more than ${MAX_ALIASED} nodes`)
    return { kind: 'alias', start, end, name, target }
  }
}

/** A block collection ends with its last child: the package counts comments behind it in. */
function place(parsed: YAMLMap.Parsed | YAMLSeq.Parsed, last: Node | undefined) {
  const [start, end] = parsed.range
  return { start, end: parsed.flow === true || last === undefined ? end : last.end, ...localTag(parsed.tag) }
}

function localTag(tag: string | undefined): { tag?: string } {
  return tag?.startsWith('!') && tag !== '!' ? { tag } : {}
}

function nothing(offset: number): Scalar {
  return { kind: 'scalar', start: offset, end: offset, text: '', style: 'plain' }
}

/** The package places an empty value somewhere behind its key; directly behind it is one place that is always there. */
function isEmpty(node: Node): boolean {
  return node.kind === 'scalar' && node.start === node.end
}
