/** Filter expressions, as far as they ask for services: `service("name")` and `service(id(name: "…", type: "…"))`. */
import type { AwsError } from '../aws-error.js'
import { invalidRequest } from './errors.js'

export interface TouchedService {
  readonly name: string
  /** Absent for what is not AWS. */
  readonly type?: string
}

type Key = keyof TouchedService

export class TraceFilter {
  /** All of these must be touched. */
  readonly #wanted: ReadonlyArray<ReadonlyMap<Key, string>>

  /** @throws AwsError InvalidRequestException for what is not understood */
  constructor(expression: string) {
    this.#wanted = new FilterReader(expression).read()
  }

  matches(touched: readonly TouchedService[]): boolean {
    return this.#wanted.every((wanted) =>
      touched.some((service) => [...wanted].every(([key, value]) => service[key] === value)),
    )
  }
}

const TOKEN = /\s*(?:"(?<text>(?:[^"\\]|\\.)*)"|(?<word>\w+)|(?<sign>[(),:]))\s*/y

class FilterReader {
  readonly #expression: string
  #at = 0

  constructor(expression: string) {
    this.#expression = expression
  }

  read(): Array<ReadonlyMap<Key, string>> {
    const clauses: Array<ReadonlyMap<Key, string>> = []
    if (this.#expression.trim() === '') return clauses
    for (;;) {
      clauses.push(this.#clause())
      if (this.#at === this.#expression.length) return clauses
      this.#word('and')
    }
  }

  #clause(): ReadonlyMap<Key, string> {
    this.#word('service')
    this.#sign('(')
    const name = this.#next()
    if (name.text !== undefined) {
      this.#sign(')')
      return new Map([['name', name.text]])
    }
    if (name.word?.toLowerCase() !== 'id') throw this.#notUnderstood()
    this.#sign('(')
    const keys = new Map<Key, string>()
    do {
      const { word } = this.#next()
      if (word !== 'name' && word !== 'type') throw this.#notUnderstood()
      this.#sign(':')
      const { text } = this.#next()
      if (text === undefined || keys.has(word)) throw this.#notUnderstood()
      keys.set(word, text)
    } while (this.#sign(',', ')') === ',')
    this.#sign(')')
    return keys
  }

  #next(): { text?: string; word?: string; sign?: string } {
    TOKEN.lastIndex = this.#at
    const groups = TOKEN.exec(this.#expression)?.groups
    if (groups === undefined) throw this.#notUnderstood()
    this.#at = TOKEN.lastIndex
    const { text, word, sign } = groups
    if (text !== undefined) return { text: text.replace(/\\(.)/g, '$1') }
    return word === undefined ? { sign: sign ?? '' } : { word }
  }

  #word(wanted: string): void {
    if (this.#next().word?.toLowerCase() !== wanted) throw this.#notUnderstood()
  }

  #sign(...wanted: readonly string[]): string {
    const { sign = '' } = this.#next()
    if (!wanted.includes(sign)) throw this.#notUnderstood()
    return sign
  }

  #notUnderstood(): AwsError {
    return invalidRequest(`Invalid filter expression near position ${this.#at}`)
  }
}
