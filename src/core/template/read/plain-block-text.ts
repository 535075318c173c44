/** Reads a text in lines, `|` or `>`, that is plainly laid out. */
import type { Scalar } from './node.js'
import { NotPlain } from './plain-cursor.js'

/** How the last line end is kept is in the second group; an indentation in digits, or all line ends kept, is not plain. */
const HEADER = /([|>])(-?) *\r?\n/y

interface Line {
  /** Of its first character that is no space. */
  column: number
  /** Without its indentation and its end. */
  text: string
  next: number
}

/**
 * @param parent column that the lines must stand behind
 * @returns the text and the offset of the first line behind it
 */
export function readBlockText(text: string, start: number, parent: number): { scalar: Scalar; next: number } {
  HEADER.lastIndex = start
  const header = HEADER.exec(text)
  if (header === null) throw new NotPlain()
  const [, kind, chomp] = header
  const lines: string[] = []
  let column = -1
  let next = HEADER.lastIndex
  let end = next
  while (next < text.length) {
    const line = lineAt(text, next)
    if (line.text !== '') {
      if (column < 0) column = columnOfAll(line, parent, lines.length)
      if (line.column < column) break
      end = line.next
    } else if (line.column > Math.max(column, 0)) throw new NotPlain()
    lines.push(' '.repeat(Math.max(0, line.column - Math.max(column, 0))) + line.text)
    next = line.next
  }
  if (column < 0 || !text.endsWith('\n')) throw new NotPlain()
  const content = `${kind === '|' ? literal(lines) : folded(lines)}${chomp === '-' ? '' : '\n'}`
  return { scalar: { kind: 'scalar', start, end: trimmedEnd(text, start, end), text: content, style: 'block' }, next }
}

/** Behind the last character of a text in lines that is not white: where it ends is the same for every reader. */
export function trimmedEnd(text: string, start: number, end: number): number {
  return start + text.slice(start, end).trimEnd().length
}

/** The first line says where all begin; empty lines before it are not plain. */
function columnOfAll(line: Line, parent: number, linesBefore: number): number {
  if (line.column <= parent || linesBefore > 0) throw new NotPlain()
  return line.column
}

function lineAt(text: string, start: number): Line {
  const newline = text.indexOf('\n', start)
  const next = newline < 0 ? text.length : newline + 1
  let end = newline < 0 ? text.length : newline
  if (text.charAt(end - 1) === '\r' && end > start) end -= 1
  let at = start
  while (at < end && text.charAt(at) === ' ') at += 1
  if (text.charAt(at) === '\t') throw new NotPlain()
  return { column: at - start, text: text.slice(at, end), next }
}

function literal(lines: readonly string[]): string {
  return withoutEmptyEnd(lines).join('\n')
}

/** Lines that stand further in are not folded like the others. */
function folded(lines: readonly string[]): string {
  const content = withoutEmptyEnd(lines)
  if (content.some((line) => line.startsWith(' '))) throw new NotPlain()
  return fold(content)
}

/** A line end becomes a space; with empty lines behind it, it becomes theirs. */
export function fold(lines: readonly string[]): string {
  let text = ''
  let lineEnds = 0
  for (const [index, line] of lines.entries()) {
    if (line === '') lineEnds += 1
    else {
      if (index > 0) text += lineEnds > 0 ? '\n'.repeat(lineEnds) : ' '
      text += line
      lineEnds = 0
    }
  }
  return text
}

function withoutEmptyEnd(lines: readonly string[]): readonly string[] {
  const last = lines.findLastIndex((line) => line !== '')
  return lines.slice(0, last + 1)
}
