/** Reads YAML as most templates are laid out, some ten times faster than the yaml package can. */
import type { Entry, List, Mapping, Node, Scalar } from './node.js'
import { fold, readBlockText } from './plain-block-text.js'
import { NotPlain } from './plain-cursor.js'
import { PlainFlow, requireUnique } from './plain-flow.js'
import { MAX_DEPTH } from './unreadable.js'

const LONE_RETURN = /\r(?!\n)/

/** @returns the same tree as the package's, or undefined where the text is laid out in another way, or broken */
export function readPlainYaml(text: string, start: number): Node | undefined {
  if (LONE_RETURN.test(text)) return undefined
  try {
    return new PlainYaml(text, start).document()
  } catch (error) {
    if (error instanceof NotPlain) return undefined
    throw error
  }
}

class PlainYaml extends PlainFlow {
  document(): Node {
    this.begin()
    const node = this.blockNode(-1, 0)
    if (this.indent >= 0) throw new NotPlain()
    return node
  }

  /** What begins at `at`, the first character of a line or the one behind a dash. */
  private blockNode(parent: number, depth: number): Node {
    if (depth > MAX_DEPTH) throw new NotPlain()
    if (this.atIndicator('-')) return this.sequence(this.indent, depth)
    const key = this.atText() ? this.readKey() : undefined
    return key === undefined ? this.inlineNode(parent, depth) : this.mapping(this.indent, key, depth)
  }

  private atText(): boolean {
    return !'!|>[{'.includes(this.char())
  }

  private sequence(column: number, depth: number): List {
    const start = this.at
    const items: Node[] = []
    while (this.indent === column && this.atIndicator('-')) {
      this.at += 1
      items.push(this.sequenceItem(column, depth))
      if (this.indent > column) throw new NotPlain()
    }
    return { kind: 'list', start, end: items.at(-1)?.end ?? start, flow: false, items }
  }

  private sequenceItem(column: number, depth: number): Node {
    if (this.lineIsOver()) this.descend(column)
    else this.indent = this.column()
    return this.blockNode(column, depth + 1)
  }

  private mapping(column: number, firstKey: Scalar, depth: number): Mapping {
    const entries: Entry[] = []
    for (let key: Scalar | undefined = firstKey; key !== undefined; key = this.nextKey(column))
      entries.push({ key, value: this.mappingValue(column, key, depth) })
    requireUnique(entries)
    const end = entries.at(-1)?.value.end ?? firstKey.end
    return { kind: 'map', start: firstKey.start, end, flow: false, entries }
  }

  private nextKey(column: number): Scalar | undefined {
    if (this.indent < column) return undefined
    const key = this.indent === column && this.atText() && !this.atIndicator('-') ? this.readKey() : undefined
    if (key === undefined) throw new NotPlain()
    return key
  }

  private mappingValue(column: number, key: Scalar, depth: number): Node {
    if (!this.lineIsOver()) return this.inlineNode(column, depth)
    this.endLine()
    if (this.indent > column) return this.blockNode(column, depth + 1)
    if (this.indent === column && this.atIndicator('-')) return this.sequence(column, depth + 1)
    return { kind: 'scalar', start: key.end, end: key.end, text: '', style: 'plain' }
  }

  /** To the next line that has content, which must stand behind the column. */
  private descend(column: number): void {
    this.endLine()
    if (this.indent <= column) throw new NotPlain()
  }

  /** A value that begins on this line and has no keys or dashes of its own, unless a tag stands alone before it. */
  private inlineNode(parent: number, depth: number): Node {
    if (this.char() !== '!') return this.bareValue(parent, depth)
    const tag = this.readTag()
    if (!this.lineIsOver()) return { ...this.bareValue(parent, depth), tag }
    this.descend(parent)
    return { ...this.blockNode(parent, depth + 1), tag }
  }

  private bareValue(parent: number, depth: number): Node {
    const char = this.char()
    if (char === '|' || char === '>') return this.blockText(parent)
    const node = this.lineValue(parent, depth)
    this.endLine()
    return node
  }

  private lineValue(parent: number, depth: number): Node {
    const char = this.char()
    if (char === '[' || char === '{') return this.readFlow(parent, depth + 1)
    return char === '"' || char === "'" ? this.readQuoted() : this.plainText(parent)
  }

  /** It may go on, on lines that stand behind the column. */
  private plainText(parent: number): Scalar {
    const first = this.readPlain(false)
    const lines = [first.text]
    let { end } = first
    while (parent >= 0 && this.lineIsOver() && this.char() !== '#') {
      const next = this.continueBehind(parent)
      if (next === undefined) break
      const more = this.readPlain(false)
      for (let count = 0; count < next.emptyLines; count += 1) lines.push('')
      lines.push(more.text)
      end = more.end
    }
    this.at = end
    return { ...first, end, text: fold(lines) }
  }

  private blockText(parent: number): Scalar {
    if (parent < 0) throw new NotPlain()
    const found = readBlockText(this.text, this.at, parent)
    this.startLine(found.next)
    this.findContent()
    return found.scalar
  }
}
