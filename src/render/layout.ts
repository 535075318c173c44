/** Lines of a table: columns as wide as their widest cell; where the terminal is too narrow for all, a row takes several lines. */
import type { Tone } from '../core/report.js'

export interface LineStyle {
  /** Columns of the terminal: no line is longer. Undefined: lines are as long as they need. */
  width?: number
  paint(tone: Tone, text: string): string
}

export interface Piece {
  text: string
  tone: Tone
  /** A number: it ends where its column ends. */
  right: boolean
}

/** Some neighbouring columns that stand in one line. */
interface Line {
  /** Index of the first column. */
  from: number
  widths: number[]
  /** What stands before it: a row begins at the margin, and goes on behind it. */
  indent: string
  /** Undefined: as long as it needs. */
  room: number | undefined
}

/** Between columns. */
export const GAP = '  '
const INDENT = '  '
/** The last column rather gets a line for itself than to be broken into shorter pieces. */
const NARROWEST_LAST = 24
/** Longer than any name and ARN: one cell beyond it shifts its own row and does not widen ten thousand others. */
const WIDEST = 256

/** @param total columns of the terminal: what is longer than that is as long as anything else that is */
export function columnWidths(rows: Iterable<Piece[]>, total: number | undefined): number[] {
  const most = total === undefined ? WIDEST : total + 1
  const widths: number[] = []
  for (const row of rows)
    for (const [column, { text }] of row.entries())
      widths[column] = Math.min(most, Math.max(widths[column] ?? 0, lengthOf(text)))
  return widths
}

/** The lines of every row: each holds as many columns as there is room for. */
export function foldedLines(widths: readonly number[], total: number | undefined): Line[] {
  const lines: Line[] = []
  let left = 0
  for (const [column, width] of widths.entries()) {
    const line = lines.at(-1)
    const needed = GAP.length + (column === widths.length - 1 ? Math.min(width, NARROWEST_LAST) : width)
    if (line && (total === undefined || needed <= left)) {
      line.widths.push(width)
      left -= GAP.length + width
      continue
    }
    const indent = line ? INDENT : ''
    const room = total === undefined ? undefined : Math.max(1, total - indent.length)
    lines.push({ from: column, widths: [width], indent, room })
    left = (room ?? 0) - width
  }
  return lines
}

/** At least one line; further ones where the row is folded, or the last cell of a line wraps. */
export function renderRow(row: Piece[], lines: readonly Line[], style: LineStyle): string[] {
  const rendered = lines.flatMap(({ from, widths, indent, room }) => {
    const cells = row.slice(from, from + widths.length)
    if (from > 0 && cells.every(({ text }) => text === '')) return []
    return renderLine(cells, widths, room, style).map((text) => (text === '' ? text : indent + text))
  })
  return rendered.length > 0 ? rendered : ['']
}

/** What wraps stands under its beginning. */
function renderLine(row: Piece[], widths: number[], room: number | undefined, style: LineStyle): string[] {
  const last = row.at(-1)
  if (!last) return []
  const head = row.slice(0, -1).map((cell, column) => fill(cell, widths[column] ?? 0, style) + GAP)
  const width = widths[row.length - 1] ?? 0
  const before = widths.slice(0, row.length - 1).reduce((sum, one) => sum + one + GAP.length, 0)
  const left = room === undefined ? undefined : room - before
  if (last.right && (left === undefined || width <= left)) return [head.join('') + fill(last, width, style)]
  return wrap(last.text, left).map((text, index) => {
    const lead = index === 0 ? head.join('') : ' '.repeat(before)
    return (lead + style.paint(last.tone, text)).trimEnd()
  })
}

function fill({ text, tone, right }: Piece, width: number, style: LineStyle): string {
  const blanks = ' '.repeat(Math.max(0, width - lengthOf(text)))
  return right ? blanks + style.paint(tone, text) : style.paint(tone, text) + blanks
}

/** Breaks between words. @param room undefined: it is not broken */
export function wrap(text: string, room: number | undefined): string[] {
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
