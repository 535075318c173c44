/** Walks YAML line by line, and gives up on whatever is not plainly laid out. */
import type { Scalar } from './node.js'

/** The text may be good YAML or not: the yaml package has to say. Without a stack: giving up is no fault. */
export class NotPlain extends Error {
  override readonly name = 'NotPlain'
}

const TAG = /![A-Za-z0-9]+(?=[ \r\n]|$)/y
/** No escapes but those that JSON has too. */
const DOUBLE_QUOTED = /"[^"\\\t\r\n]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\t\r\n]*)*"/y
const SINGLE_QUOTED = /'[^'\t\r\n]*(?:''[^'\t\r\n]*)*'/y
/** The longest key that the package takes without a question mark is a little longer. */
const LONGEST_KEY = 1000

export class PlainCursor {
  protected readonly text: string
  protected at: number
  /** Column of `at` where it stands on the first character of a line, or behind a dash; -1 behind the last line. */
  protected indent = -1
  private lineStart: number

  constructor(text: string, start: number) {
    this.text = text
    this.at = start
    this.lineStart = start
  }

  protected char(): string {
    return this.text.charAt(this.at)
  }

  /** Whether a space, a line end or the end of the text stands there. */
  protected isBlank(offset: number): boolean {
    const char = this.text.charAt(offset)
    return char === ' ' || char === '\n' || char === '\r' || char === ''
  }

  /** Whether `at` is on a dash, question mark or colon that is no part of a text. */
  protected atIndicator(char: '-' | '?' | ':'): boolean {
    return this.char() === char && this.isBlank(this.at + 1)
  }

  protected skipSpaces(): void {
    while (this.char() === ' ') this.at += 1
  }

  /** Nothing but white and a comment may follow on the line; goes on to the next line that has more. */
  protected endLine(): void {
    if (!this.lineIsOver()) throw new NotPlain()
    this.nextLine()
    this.findContent()
  }

  /** Skips spaces, and says whether a comment or nothing follows. */
  protected lineIsOver(): boolean {
    const before = this.at
    this.skipSpaces()
    const char = this.char()
    if (char === '#') return this.at > before || this.at === this.lineStart
    return this.isLineEnd()
  }

  /** To the next line that is not empty, if it stands behind the column and has no comment; else it stays where it is. */
  protected continueBehind(column: number): { emptyLines: number } | undefined {
    const { at, lineStart } = this
    let emptyLines = -1
    do {
      this.nextLine()
      this.skipSpaces()
      emptyLines += 1
    } while (this.at < this.text.length && this.isLineEnd())
    if (this.at < this.text.length && this.column() > column && this.char() !== '#') return { emptyLines }
    this.at = at
    this.lineStart = lineStart
    return undefined
  }

  private isLineEnd(): boolean {
    const char = this.char()
    return char === '\n' || char === '\r' || char === ''
  }

  protected nextLine(): void {
    const end = this.text.indexOf('\n', this.at)
    this.startLine(end < 0 ? this.text.length : end + 1)
  }

  protected startLine(offset: number): void {
    this.at = offset
    this.lineStart = offset
  }

  /** From the start of the text to its first key, over the mark `---` if it is there. */
  protected begin(): void {
    this.skipEmptyLines()
    if (this.column() === 0 && this.text.startsWith('---', this.at)) {
      this.at += 3
      if (!this.lineIsOver()) throw new NotPlain()
      this.nextLine()
    }
    this.findContent()
  }

  /** From the start of a line to the first character that is neither white nor in a comment. */
  protected findContent(): void {
    this.skipEmptyLines()
    this.indent = this.at < this.text.length ? this.column() : -1
    if (this.char() === '\t' || (this.indent === 0 && this.atDocumentMark())) throw new NotPlain()
  }

  private skipEmptyLines(): void {
    while (this.at < this.text.length && this.lineIsOver()) this.nextLine()
  }

  protected column(): number {
    return this.at - this.lineStart
  }

  private atDocumentMark(): boolean {
    return this.char() === '%' || this.text.startsWith('---', this.at) || this.text.startsWith('...', this.at)
  }

  /** `!Name`, as all tags of templates are. */
  protected readTag(): string {
    TAG.lastIndex = this.at
    const tag = TAG.exec(this.text)?.[0]
    if (tag === undefined) throw new NotPlain()
    this.at += tag.length
    return tag
  }

  /** A text in quotes that ends on its line. */
  protected readQuoted(): Scalar {
    const start = this.at
    const double = this.char() === '"'
    const pattern = double ? DOUBLE_QUOTED : SINGLE_QUOTED
    pattern.lastIndex = start
    const source = pattern.exec(this.text)?.[0]
    if (source === undefined) throw new NotPlain()
    this.at += source.length
    const inner = source.slice(1, -1)
    const text = double ? (inner.includes('\\') ? JSON.parse(source) : inner) : inner.replaceAll("''", "'")
    return { kind: 'scalar', start, end: this.at, text, style: double ? 'double' : 'single' }
  }

  /** A key with its colon, or undefined with nothing read. */
  protected readKey(): Scalar | undefined {
    const start = this.at
    const quoted = this.char() === '"' || this.char() === "'"
    const key = quoted ? this.readQuoted() : this.readPlain(false)
    this.skipSpaces()
    if (!this.atIndicator(':')) {
      this.at = start
      return undefined
    }
    if (this.at - start > LONGEST_KEY) throw new NotPlain()
    this.at += 1
    return key
  }

  /** Up to a colon, a comment or the line end; in a flow collection up to its punctuation too. */
  protected readPlain(inFlow: boolean): Scalar {
    const start = this.at
    if (!this.startsPlain()) throw new NotPlain()
    let end = start
    for (let char = this.char(); !this.endsPlain(char, end, inFlow); char = this.char()) {
      this.at += 1
      if (char !== ' ') end = this.at
    }
    this.at = end
    return { kind: 'scalar', start, end, text: this.text.slice(start, end), style: 'plain' }
  }

  /** @param end behind the last character that is no space */
  private endsPlain(char: string, end: number, inFlow: boolean): boolean {
    if (char === '\t') throw new NotPlain()
    if (char === ':') return this.isBlank(this.at + 1) || (inFlow && isPunctuation(this.text.charAt(this.at + 1)))
    if (char === '#') return end < this.at
    return char === '' || char === '\n' || char === '\r' || (inFlow && isPunctuation(char))
  }

  private startsPlain(): boolean {
    const char = this.char()
    if (char === '-' || char === '?' || char === ':') return /[\w/.]/.test(this.text.charAt(this.at + 1))
    return !',[]{}#&*!|>\'"%@`'.includes(char)
  }
}

function isPunctuation(char: string): boolean {
  return char !== '' && ',[]{}'.includes(char)
}
