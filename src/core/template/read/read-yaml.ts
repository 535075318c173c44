/** Reads any YAML into a tree with positions. */
import { Composer, type CST, type Document, Lexer, Parser } from 'yaml'
import { oneLine } from '../one-line.js'
import type { Node } from './node.js'
import { MAX_DEPTH, tooDeep, Unreadable } from './unreadable.js'
import { YamlTree } from './yaml-tree.js'

/**
 * Every scalar stays text: what a number or a truth value means is for CloudFormation to say. Keys are compared by us,
 * because the package compares each with each.
 */
const OPTIONS = { schema: 'failsafe', uniqueKeys: false, resolveKnownTags: false, logLevel: 'error' } as const

/** What CloudFormation takes, 1 MB, has some 300,000. */
const MAX_LEXEMES = 500_000

/** Tokens that are open besides the nested collections. */
const OPEN_TOKENS = 3

/** @throws Unreadable */
export function readYaml(text: string): Node {
  const [document, next] = documentsIn(text)
  const fault = [...(document?.errors ?? [])].sort((a, b) => a.pos[0] - b.pos[0])[0]
  if (fault) throw new Unreadable(Math.max(0, fault.pos[0]), oneLine(fault.message))
  if (next) throw new Unreadable(next.range[0], 'a second document begins here, and a template is one')
  const contents = document?.contents ?? null
  if (contents === null) throw new Unreadable(0, 'the file is empty')
  return new YamlTree(text).nodeOf(contents)
}

/** At most two. */
function documentsIn(text: string): Document.Parsed[] {
  const composer = new Composer(OPTIONS)
  const documents: Document.Parsed[] = []
  for (const token of tokensIn(text)) {
    documents.push(...composer.next(token))
    if (documents.length > 1) return documents
  }
  documents.push(...composer.end(true, text.length))
  return documents
}

/** Watches the nesting, because composing walks it on the stack, and the number of tokens, because each takes its time. */
function* tokensIn(text: string): Generator<CST.Token> {
  const parser = new Parser()
  let left = MAX_LEXEMES
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) {
      if (token.type === 'error') throw new Unreadable(token.offset, oneLine(token.message))
      yield token
    }
    if (parser.stack.length > MAX_DEPTH + OPEN_TOKENS) throw tooDeep(parser.offset)
    left -= 1
    if (left < 0) throw new Unreadable(parser.offset, `more than ${MAX_LEXEMES} words and signs up to here`)
  }
  yield* parser.end()
}
