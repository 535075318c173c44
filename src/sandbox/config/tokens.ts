/** Cuts a query into words, texts, numbers and signs, each with its place. */
import type { AwsError } from '../aws-error.js'
import { invalidExpression } from './errors.js'

export interface Token {
  readonly kind: 'word' | 'text' | 'number' | 'sign' | 'end'
  /** Of a text, what stands between the quotation marks. */
  readonly text: string
  /** Index of its first character. */
  readonly at: number
}

const NEXT = /(?<word>[A-Za-z_][\w.]*)|'(?<text>(?:[^']|'')*)'|(?<number>-?\d+(?:\.\d+)?)|(?<sign>!=|[=(),*])/y

/** The last token is the end. @throws AwsError InvalidExpressionException */
export function tokensOf(query: string): Token[] {
  const tokens: Token[] = []
  let at = skipBlanks(query, 0)
  while (at < query.length) {
    NEXT.lastIndex = at
    const groups = NEXT.exec(query)?.groups
    if (groups === undefined) throw syntaxError(query, at)
    tokens.push({ ...tokenOf(groups), at })
    at = skipBlanks(query, NEXT.lastIndex)
  }
  tokens.push({ kind: 'end', text: '', at: query.length })
  return tokens
}

export function syntaxError(query: string, at: number): AwsError {
  const before = query.slice(0, at).split('\n')
  return invalidExpression(`syntax error at line ${before.length}, column ${(before.at(-1) ?? '').length + 1}`)
}

function tokenOf(groups: Readonly<Record<string, string | undefined>>): Pick<Token, 'kind' | 'text'> {
  const { word, text, number, sign = '' } = groups
  if (word !== undefined) return { kind: 'word', text: word }
  if (text !== undefined) return { kind: 'text', text: text.replaceAll("''", "'") }
  if (number !== undefined) return { kind: 'number', text: number }
  return { kind: 'sign', text: sign }
}

function skipBlanks(query: string, from: number): number {
  let at = from
  while (at < query.length && query.charAt(at).trim() === '') at += 1
  return at
}
