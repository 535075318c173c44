/** Goes through the tokens of a query; what is expected and not there is a syntax error. */
import type { AwsError } from '../aws-error.js'
import { refuseUnknown } from './properties.js'
import { syntaxError, type Token, tokensOf } from './tokens.js'

/** No property is called so. */
const KEYWORDS: ReadonlySet<string> = new Set(
  'SELECT WHERE AND OR NOT IN LIKE FROM AS JOIN DISTINCT HAVING ALL IS NULL GROUP ORDER BY BETWEEN'.split(' '),
)

export class Reader {
  readonly #query: string
  readonly #tokens: readonly Token[]
  #next = 0

  constructor(query: string) {
    this.#query = query
    this.#tokens = tokensOf(query)
  }

  takeWord(word: string): boolean {
    return this.#take((token) => token.kind === 'word' && token.text.toUpperCase() === word) !== undefined
  }

  takeSign(sign: string): boolean {
    return this.#take((token) => token.kind === 'sign' && token.text === sign) !== undefined
  }

  expectWord(word: string): void {
    if (!this.takeWord(word)) throw this.#unexpected()
  }

  expectSign(sign: string): void {
    if (!this.takeSign(sign)) throw this.#unexpected()
  }

  expectEnd(): void {
    if (this.#take((token) => token.kind === 'end') === undefined) throw this.#unexpected()
  }

  /** One or more, with commas between. */
  list<T>(readOne: () => T): T[] {
    const items = [readOne()]
    while (this.takeSign(',')) items.push(readOne())
    return items
  }

  property(use: 'select' | 'compare'): string {
    const token = this.#take(({ kind, text }) => kind === 'word' && !KEYWORDS.has(text.toUpperCase()))
    if (token === undefined) throw this.#unexpected()
    refuseUnknown(token.text, use)
    return token.text
  }

  /** A text, a number, true or false. */
  value(): string {
    const token = this.#take(({ kind, text }) => kind === 'text' || kind === 'number' || /^(true|false)$/i.test(text))
    if (token === undefined) throw this.#unexpected()
    return token.kind === 'word' ? token.text.toLowerCase() : token.text
  }

  #take(fits: (token: Token) => boolean): Token | undefined {
    const token = this.#tokens[this.#next]
    if (token === undefined || !fits(token)) return undefined
    this.#next += 1
    return token
  }

  #unexpected(): AwsError {
    return syntaxError(this.#query, this.#tokens[this.#next]?.at ?? this.#query.length)
  }
}
