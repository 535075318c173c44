/** Puts whole lines into a block of a template, at a place where they cannot become part of something else. */
import type { Splice } from '../edit.js'
import type { Node } from '../read/node.js'
import { lineBreak, lineStart, nextLine } from './lines.js'

/** Behind a value on its line: the colon of a key that has none, and a comment. */
const REST_OF_LINE = /[ \t]*:?[ \t]*(?:#.*)?\r?(?:\n|$)/y

/**
 * Behind the last child whose end is sure, else before the first one.
 * @param children of the block
 * @param start offset of the block
 */
export function insertLines(text: string, children: readonly Node[], start: number, lines: readonly string[]): Splice {
  const newline = lineBreak(text)
  const index = children.findLastIndex((child) => endsOnItsLine(text, lastLeaf(child)))
  const child = children[index]
  if (child === undefined) return linesBefore(text, start, lines)
  const behind = nextLine(text, lastLeaf(child).end)
  const at = index === children.length - 1 ? behindComments(text, behind, indentOf(lines[0] ?? '')) : behind
  const unfinished = at === text.length && !text.endsWith('\n')
  const block = lines.join(newline)
  return { start: at, end: at, text: unfinished ? newline + block : block + newline }
}

/** Before the line of an offset, its comments and, where sections are set apart so, an empty line. */
export function linesBefore(text: string, offset: number, lines: readonly string[]): Splice {
  const newline = lineBreak(text)
  const line = lineStart(text, offset)
  const at = beforeComments(text, line) ?? line
  const apart = /\n[ \t]*\r?\n$/.test(text.slice(0, at)) ? newline : ''
  return { start: at, end: at, text: lines.join(newline) + newline + apart }
}

/** A text in lines may run on into what follows; any other value ends where it ends. */
function endsOnItsLine(text: string, leaf: Node): boolean {
  REST_OF_LINE.lastIndex = leaf.end
  return !(leaf.kind === 'scalar' && leaf.style === 'block') && REST_OF_LINE.test(text)
}

/** What a block ends with. */
function lastLeaf(node: Node): Node {
  if (node.kind === 'scalar' || node.kind === 'alias' || node.flow) return node
  const last = node.kind === 'list' ? node.items.at(-1) : node.entries.at(-1)?.value
  return last === undefined ? node : lastLeaf(last)
}

/** Comments that stand at least as far in belong to what is before them. */
function behindComments(text: string, start: number, indent: number): number {
  const comment = /( *)#.*(?:\r?\n|$)/y
  for (let at = start; ; at = comment.lastIndex) {
    comment.lastIndex = at
    const [, spaces] = comment.exec(text) ?? []
    if (spaces === undefined || spaces.length < indent) return at
  }
}

/** @returns undefined where the comments are the head of the file */
function beforeComments(text: string, line: number): number | undefined {
  let at = line
  while (at > 0) {
    const above = lineStart(text, at - 1)
    if (!/^ *#/.test(text.slice(above, at))) return at
    at = above
  }
  return undefined
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length
}
