/** A YAML file as plain nodes that know their place, its aliases written out. */
import { type Alias, isAlias, isMap, isScalar, isSeq, type ParsedNode, type Scalar, visit, type YAMLMap } from 'yaml'
import { type Place, quote, type Report } from './problem.js'
import { DEEPEST, LARGEST } from './yaml-bounds.js'
import { parseYaml } from './yaml-text.js'

export type YamlNode =
  | YamlMap
  | { kind: 'list'; at: Place; items: YamlNode[] }
  | { kind: 'word'; at: Place; text: string }
  /** Left out, `~` or `null`. */
  | { kind: 'nothing'; at: Place }
  /** What is wrong with it was reported. */
  | { kind: 'broken'; at: Place }

/** No key stands in it twice. */
export interface YamlMap {
  kind: 'map'
  at: Place
  entries: YamlEntry[]
}

export interface YamlEntry {
  key: string
  at: Place
  value: YamlNode
}

export function readYaml(source: string, report: Report): YamlNode {
  const start = { line: 1, column: 1 }
  const file = parseYaml(source, report)
  if (file === undefined) return { kind: 'broken', at: start }
  if (file.root === undefined) return { kind: 'nothing', at: start }
  return new Conversion(file.root, file.placeOf, LARGEST - source.length, report).root
}

class Conversion {
  readonly root: YamlNode
  readonly #placeOf: (offset: number) => Place
  readonly #report: Report
  readonly #targets: Map<Alias, ParsedNode>
  /** How many more units aliases may stand for: with few of them, a short file can stand for one without end. */
  #left: number

  constructor(root: ParsedNode, placeOf: (offset: number) => Place, left: number, report: Report) {
    this.#placeOf = placeOf
    this.#report = report
    this.#left = left
    this.#targets = aliasTargets(root)
    this.root = this.#node(root, 0)
  }

  #node(node: ParsedNode, depth: number): YamlNode {
    const at = this.#placeOf(node.range[0])
    if (depth > DEEPEST) return this.#broken(at, 'this is nested too deeply')
    if (isAlias(node)) return this.#alias(node, at, depth)
    if (isSeq(node)) return { kind: 'list', at, items: node.items.map((item) => this.#node(item, depth + 1)) }
    if (isMap(node)) return this.#map(node, at, depth)
    return isNothing(node) ? { kind: 'nothing', at } : { kind: 'word', at, text: node.source }
  }

  #map(map: YAMLMap.Parsed, at: Place, depth: number): YamlNode {
    const entries = new Map<string, YamlEntry>()
    for (const { key, value } of map.items) {
      const keyAt = this.#placeOf(key.range[0])
      if (!isScalar(key)) return this.#broken(keyAt, 'a key must be a word')
      if (key.source === '<<') return this.#broken(keyAt, '"<<" (a merge key) is not supported: write the keys out')
      const known = entries.get(key.source)
      if (known) this.#report(keyAt, `${quote(key.source)} stands here twice, first in line ${known.at.line}`)
      else entries.set(key.source, { key: key.source, at: keyAt, value: this.#value(value, keyAt, depth + 1) })
    }
    return { kind: 'map', at, entries: [...entries.values()] }
  }

  /** Nothing has no place of its own: it is where its key is. */
  #value(value: ParsedNode | null, keyAt: Place, depth: number): YamlNode {
    const node: YamlNode = value === null ? { kind: 'nothing', at: keyAt } : this.#node(value, depth)
    return node.kind === 'nothing' ? { ...node, at: keyAt } : node
  }

  /** It stands where the alias does; what it holds stands where it was written. */
  #alias(alias: Alias.Parsed, at: Place, depth: number): YamlNode {
    const target = this.#targets.get(alias)
    if (target === undefined)
      return this.#broken(at, `${quote(`*${alias.source}`)} stands for nothing: put it in quotes if it is a glob`)
    const spent = this.#left < 0
    this.#left -= 1 + target.range[1] - target.range[0]
    if (this.#left >= 0) return { ...this.#node(target, depth + 1), at }
    return spent
      ? { kind: 'broken', at }
      : this.#broken(at, 'with its aliases written out the file is larger than 1 MB')
  }

  #broken(at: Place, says: string): YamlNode {
    this.#report(at, says)
    return { kind: 'broken', at }
  }
}

function isNothing({ type, tag, source }: Scalar.Parsed): boolean {
  return type === 'PLAIN' && tag === undefined && /^(?:~|null|Null|NULL)?$/.test(source)
}

/** What the last anchor of its name before it stands at. */
function aliasTargets(root: ParsedNode): Map<Alias, ParsedNode> {
  const anchors = new Map<string, ParsedNode>()
  const targets = new Map<Alias, ParsedNode>()
  visit(root, {
    Alias: (_, alias) => {
      const target = anchors.get(alias.source)
      if (target) targets.set(alias, target)
    },
    Value: (_, node) => {
      if (node.anchor) anchors.set(node.anchor, node as Exclude<ParsedNode, Alias>)
    },
  })
  return targets
}
