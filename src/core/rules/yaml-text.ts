/** Parses the text of a rules file: one YAML document, in which every scalar stays the text that it is. */
import { Composer, type CST, LineCounter, type ParsedNode, Parser, type YAMLError } from 'yaml'
import { type Place, type Report, visible } from './problem.js'
import { excessOf, LARGEST } from './yaml-bounds.js'

export interface ParsedYaml {
  /** Absent when the file holds nothing but comments. */
  root?: ParsedNode
  placeOf: (offset: number) => Place
}

/** @returns undefined when it cannot be read; the first reason was reported */
export function parseYaml(source: string, report: Report): ParsedYaml | undefined {
  const text = source.replace(/^\ufeff/, '')
  if (text.length > LARGEST) return report({ line: 1, column: 1 }, 'the file is larger than 1 MB')
  const lines = new LineCounter()
  const placeOf = (offset: number): Place => {
    const { line, col } = lines.linePos(offset)
    return { line, column: col }
  }
  const tokens = tokensUntilFault(new Parser(lines.addNewLine).parse(text))
  const garbled = text.indexOf('\ufffd')
  if (garbled >= 0) return report(placeOf(garbled), 'this is not UTF-8 text')
  const documents = tokens.filter((token) => token.type === 'document')
  for (const document of documents) {
    const excess = excessOf(document)
    if (excess) return report(placeOf(excess.offset), excess.says)
  }
  // no word becomes a number, a truth value or a date; that keys are unique is for the reader to see: it is faster
  const options = { schema: 'failsafe', resolveKnownTags: false, uniqueKeys: false } as const
  const [document] = new Composer(options).compose(tokens, true, text.length)
  const wrong = firstOf([...(document?.errors ?? []), ...(document?.warnings ?? [])])
  if (wrong) return report(placeOf(wrong.pos[0]), wordingOf(wrong))
  const second = documents[1]
  if (second) return report(placeOf(second.offset), 'a second YAML document begins here: a rules file is a single one')
  return { ...(document?.contents && { root: document.contents }), placeOf }
}

/** A file of the wrong kind can hold a million faults; one will do. */
function tokensUntilFault(tokens: Iterable<CST.Token>): CST.Token[] {
  const taken: CST.Token[] = []
  for (const token of tokens) {
    taken.push(token)
    if (token.type === 'error') break
  }
  return taken
}

function firstOf(errors: readonly YAMLError[]): YAMLError | undefined {
  let first = errors[0]
  for (const error of errors) if (first && error.pos[0] < first.pos[0]) first = error
  return first
}

function wordingOf(error: YAMLError): string {
  switch (error.code) {
    case 'TAB_AS_INDENT':
      return 'a tab cannot indent: use spaces'
    case 'BAD_ALIAS':
      return 'a value that begins with * must be in quotes'
    case 'TAG_RESOLVE_FAILED':
      return 'a value that begins with ! must be in quotes'
    default:
      return `this is not YAML (${visible(error.message.slice(0, 100))}); a value with special characters needs quotes`
  }
}
