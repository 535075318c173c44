/** Lines of a table: columns as wide as their widest cell, and a last column that wraps to fit. */
import type { Tone } from '../core/report.js'

export interface LineStyle {
  /** Columns of the terminal; the last column wraps to fit. Undefined: lines are as long as they need. */
  width?: number
  paint(tone: Tone, text: string): string
}

export interface Piece {
  text: string
  tone: Tone
  /** A number: it ends where its column ends. */
  right: boolean
}

/** Between columns. */
export const GAP = '  '
const NARROWEST_LAST = 24
/** Longer than any name and ARN: one cell beyond it shifts its own row and does not widen ten thousand others. */
const WIDEST = 256

export function columnWidths(rows: Iterable<Piece[]>): number[] {
  const widths: number[] = []
  for (const row of rows)
    for (const [column, { text }] of row.entries())
      widths[column] = Math.min(WIDEST, Math.max(widths[column] ?? 0, lengthOf(text)))
  return widths
}

/** One line, or more where the last cell wraps; the lines that follow stand under it. */
export function renderRow(row: Piece[], widths: number[], style: LineStyle): string[] {
  const last = row.at(-1)
  if (!last) return ['']
  const head = row.slice(0, -1).map((cell, column) => fill(cell, widths[column] ?? 0, style) + GAP)
  if (last.right) return [head.join('') + fill(last, widths[row.length - 1] ?? 0, style)]
  const before = widths.slice(0, row.length - 1).reduce((sum, width) => sum + width + GAP.length, 0)
  const room = style.width === undefined ? undefined : Math.max(NARROWEST_LAST, style.width - before)
  return wrap(last.text, room).map((text, index) => {
    const lead = index === 0 ? head.join('') : ' '.repeat(before)
    return (lead + style.paint(last.tone, text)).trimEnd()
  })
}

function fill({ text, tone, right }: Piece, width: number, style: LineStyle): string {
  const blanks = ' '.repeat(Math.max(0, width - lengthOf(text)))
  return right ? blanks + style.paint(tone, text) : style.paint(tone, text) + blanks
}

function wrap(text: string, room: number | undefined): string[] {
  if (room === undefined || lengthOf(text) <= room) return [text]
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ').flatMap((whole) => pieces(whole, room))) {
    const longer = line === '' ? word : `${line} ${word}`
    if (line !== '' && lengthOf(longer) > room) {
      lines.push(line)
      line = word
    } else line = longer
  }
  return [...lines, line]
}

/** A word that is longer than the room, an ARN for example, is cut. */
function pieces(word: string, room: number): string[] {
  const chars = [...word]
  if (chars.length <= room) return [word]
  return Array.from({ length: Math.ceil(chars.length / room) }, (_, index) =>
    chars.slice(index * room, (index + 1) * room).join(''),
  )
}

/** Code points: names and ARNs are ASCII, and loading tables for wider scripts is not worth the start-up. */
function lengthOf(text: string): number {
  return text.length - (text.match(/[\ud800-\udbff][\udc00-\udfff]/g)?.length ?? 0)
}
