/** Reads flow collections, `[…]` and `{…}`, that are plainly laid out. */
import type { Entry, Node, Scalar } from './node.js'
import { NotPlain, PlainCursor } from './plain-cursor.js'
import { MAX_DEPTH } from './unreadable.js'

export class PlainFlow extends PlainCursor {
  /** Collections that are open. */
  private level = 0

  /** @param parent column that every further line of the collection must stand behind */
  protected readFlow(parent: number, depth: number): Node {
    if (depth > MAX_DEPTH) throw new NotPlain()
    const start = this.at
    if (this.char() === '[') {
      const items: Node[] = []
      this.readItems(']', parent, () => items.push(this.readFlowValue(parent, depth)))
      return { kind: 'list', start, end: this.at, flow: true, items }
    }
    const entries: Entry[] = []
    this.readItems('}', parent, () => entries.push(this.readFlowEntry(parent, depth)))
    requireUnique(entries)
    return { kind: 'map', start, end: this.at, flow: true, entries }
  }

  /** From the opening bracket to behind the closing one; a comma may stand before that. */
  private readItems(close: ']' | '}', parent: number, readItem: () => void): void {
    this.at += 1
    this.level += 1
    this.skipFlowSpace(parent)
    while (this.char() !== close) {
      readItem()
      this.skipFlowSpace(parent)
      if (this.char() === ',') {
        this.at += 1
        this.skipFlowSpace(parent)
      } else if (this.char() !== close) throw new NotPlain()
    }
    this.at += 1
    this.level -= 1
  }

  private readFlowEntry(parent: number, depth: number): Entry {
    const key = this.readFlowText()
    this.skipSpaces()
    const adjacent = key.style !== 'plain'
    if (this.char() !== ':' || !(adjacent || this.isBlank(this.at + 1))) throw new NotPlain()
    this.at += 1
    this.skipFlowSpace(parent)
    return { key, value: this.readFlowValue(parent, depth) }
  }

  private readFlowValue(parent: number, depth: number): Node {
    if (this.char() !== '!') return this.readBareValue(parent, depth)
    const tag = this.readTag()
    this.skipSpaces()
    // Where an empty value stands is for the package to say.
    if (this.lineIsOver() || /[,\]}]/.test(this.char())) throw new NotPlain()
    return { ...this.readBareValue(parent, depth), tag }
  }

  private readBareValue(parent: number, depth: number): Node {
    const char = this.char()
    return char === '[' || char === '{' ? this.readFlow(parent, depth + 1) : this.readFlowText()
  }

  private readFlowText(): Scalar {
    const char = this.char()
    return char === '"' || char === "'" ? this.readQuoted() : this.readPlain(true)
  }

  private skipFlowSpace(parent: number): void {
    if (!this.lineIsOver()) return
    this.nextLine()
    this.findContent()
    if (this.indent <= parent && !this.atOutermostEnd(parent)) throw new NotPlain()
  }

  /** Only the bracket that ends it all may stand right below where the collection began. */
  private atOutermostEnd(parent: number): boolean {
    return this.level === 1 && this.indent === parent && (this.char() === ']' || this.char() === '}')
  }
}

/** Two keys alike are for the package to report. */
export function requireUnique(entries: readonly Entry[]): void {
  if (new Set(entries.map(({ key }) => key.text)).size < entries.length) throw new NotPlain()
}
