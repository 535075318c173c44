/** Reads JSON into a tree with positions. */
import type { Entry, List, Mapping, Node, Scalar } from './node.js'
import { duplicateKey, MAX_DEPTH, shortened, tooDeep, Unreadable } from './unreadable.js'

const WHITE = /[ \t\r\n]*/y
const LITERAL = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![^\s,\]}])/y
const WORD = /[^\s,:"{}[\]]+/y
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids exactly these in a text
const CONTROL = /[\u0000-\u001f]/

const NAMES: ReadonlyMap<string, string> = new Map([
  ['', 'the file ends'],
  ['"', 'a text in quotes'],
])

/** @throws Unreadable */
export function readJson(text: string, start: number): Node {
  const reader = new JsonReader(text, start)
  const node = reader.value(0)
  reader.end()
  return node
}

class JsonReader {
  private readonly text: string
  private at: number

  constructor(text: string, start: number) {
    this.text = text
    this.at = start
  }

  value(depth: number): Node {
    if (depth > MAX_DEPTH) throw tooDeep(this.at)
    const next = this.peek()
    if (next === '{') return this.object(depth)
    if (next === '[') return this.array(depth)
    return next === '"' ? this.quoted() : this.literal()
  }

  end(): void {
    if (this.peek() !== '') throw this.unexpected('the end of the file')
  }

  private object(depth: number): Mapping {
    const start = this.at
    const entries: Entry[] = []
    const keys = new Set<string>()
    this.items('}', () => {
      if (this.peek() !== '"') throw this.unexpected('a key in double quotes')
      const key = this.quoted()
      if (keys.has(key.text)) throw duplicateKey(key.start, key.text)
      keys.add(key.text)
      if (this.peek() !== ':') throw this.unexpected('":"')
      this.at += 1
      entries.push({ key, value: this.value(depth + 1) })
    })
    return { kind: 'map', start, end: this.at, flow: true, entries }
  }

  private array(depth: number): List {
    const start = this.at
    const items: Node[] = []
    this.items(']', () => items.push(this.value(depth + 1)))
    return { kind: 'list', start, end: this.at, flow: true, items }
  }

  /** From the opening bracket to behind the closing one. */
  private items(close: '}' | ']', readItem: () => void): void {
    this.at += 1
    if (this.peek() !== close) {
      readItem()
      while (this.peek() === ',') {
        this.at += 1
        readItem()
      }
    }
    if (this.peek() !== close) throw this.unexpected(`"," or "${close}"`)
    this.at += 1
  }

  private quoted(): Scalar {
    const start = this.at
    const end = this.closingQuote(start)
    const source = this.text.slice(start, end)
    const control = CONTROL.exec(source)
    if (control) throw new Unreadable(start + control.index, 'a line end or control character inside a text')
    this.at = end
    return { kind: 'scalar', start, end, text: this.decoded(source, start), style: 'double' }
  }

  private closingQuote(start: number): number {
    let quote = this.text.indexOf('"', start + 1)
    for (let slash = this.text.indexOf('\\', start + 1); slash >= 0 && slash < quote; ) {
      if (quote === slash + 1) quote = this.text.indexOf('"', quote + 1)
      slash = this.text.indexOf('\\', slash + 2)
    }
    if (quote < 0) throw new Unreadable(start, 'a text in quotes that does not end')
    return quote + 1
  }

  private decoded(source: string, start: number): string {
    if (!source.includes('\\')) return source.slice(1, -1)
    try {
      return JSON.parse(source)
    } catch {
      throw new Unreadable(start, 'a text with an escape that JSON does not know')
    }
  }

  private literal(): Scalar {
    const start = this.at
    LITERAL.lastIndex = start
    const text = LITERAL.exec(this.text)?.[0]
    if (text === undefined) throw this.unexpected('a value')
    this.at += text.length
    return { kind: 'scalar', start, end: this.at, text, style: 'plain' }
  }

  /** The next character that is not white; empty at the end. */
  private peek(): string {
    WHITE.lastIndex = this.at
    WHITE.exec(this.text)
    this.at = WHITE.lastIndex
    return this.text.charAt(this.at)
  }

  private unexpected(wanted: string): Unreadable {
    WORD.lastIndex = this.at
    const found = WORD.exec(this.text)?.[0] ?? this.peek()
    return new Unreadable(this.at, `${NAMES.get(found) ?? shortened(found)} where ${wanted} should be`)
  }
}
