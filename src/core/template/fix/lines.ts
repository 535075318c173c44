/** Finds the lines of a text around an offset. */

const BYTE_ORDER_MARK = '\uFEFF'

export function lineStart(text: string, offset: number): number {
  const start = text.lastIndexOf('\n', offset - 1) + 1
  return start === 0 && text.startsWith(BYTE_ORDER_MARK) ? 1 : start
}

/** Offset of the line break, or of the end of the text. */
export function lineEnd(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset)
  if (newline < 0) return text.length
  return text.charAt(newline - 1) === '\r' && newline > offset ? newline - 1 : newline
}

/** Offset of the line behind; the end of the text where there is none. */
export function nextLine(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset)
  return newline < 0 ? text.length : newline + 1
}

/** The spaces before an offset, or undefined where something else stands before it on its line. */
export function indentationAt(text: string, offset: number): string | undefined {
  const before = text.slice(lineStart(text, offset), offset)
  return /^ *$/.test(before) ? before : undefined
}

/** White before the first sign of the line. */
export function leadingWhite(text: string, offset: number): string {
  const start = lineStart(text, offset)
  return /^[ \t]*/.exec(text.slice(start, lineEnd(text, start)))?.[0] ?? ''
}

/** As the text has it where it first breaks a line. */
export function lineBreak(text: string): string {
  const newline = text.indexOf('\n')
  return newline > 0 && text.charAt(newline - 1) === '\r' ? '\r\n' : '\n'
}
