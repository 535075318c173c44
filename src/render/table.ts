/** Report → text for people: sections of aligned columns, then the notes. */
import type { Cell, Report, Section, Tone } from '../core/report.js'
import { clean } from './clean.js'

export interface TableStyle {
  /** Columns of the terminal; the last column wraps to fit. Undefined: lines are as long as they need. */
  width?: number
  paint(tone: Tone, text: string): string
  notes: boolean
}

interface Piece {
  text: string
  tone: Tone
}

const GAP = '  '
const NARROWEST_LAST = 24

export function renderTable(report: Report, style: TableStyle): string {
  if (report.text !== undefined) return `${report.text}\n`
  const sections = report.table
    .filter((section) => section.rows.length > 0)
    .map((section) => renderSection(section, style))
  const notes = style.notes ? report.notes.map((note): Cell[] => [{ text: 'note', tone: 'warn' }, note]) : []
  const noted = notes.length > 0 ? [renderSection({ rows: notes }, style)] : []
  return [...sections, ...noted].join('\n')
}

function renderSection(section: Section, style: TableStyle): string {
  const heads = section.columns?.map((text): Piece => ({ text, tone: 'dim' }))
  const rows = [...(heads ? [heads] : []), ...section.rows.map((row) => row.map(piece))]
  const widths = columnWidths(rows)
  const lines = rows.flatMap((row) => renderRow(row, widths, style))
  const title = section.title ? [style.paint('strong', clean(section.title))] : []
  return `${[...title, ...lines].join('\n')}\n`
}

function piece(cell: Cell): Piece {
  return typeof cell === 'string' ? { text: clean(cell), tone: 'plain' } : { text: clean(cell.text), tone: cell.tone }
}

function columnWidths(rows: Piece[][]): number[] {
  const widths: number[] = []
  for (const row of rows)
    for (const [column, { text }] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, lengthOf(text))
  return widths
}

/** One line, or more where the last cell wraps; the lines that follow stand under it. */
function renderRow(row: Piece[], widths: number[], style: TableStyle): string[] {
  const last = row.length - 1
  const before = widths.slice(0, last).reduce((sum, width) => sum + width + GAP.length, 0)
  const room = style.width === undefined ? undefined : Math.max(NARROWEST_LAST, style.width - before)
  const wrapped = wrap(row[last]?.text ?? '', room)
  const head = row
    .slice(0, last)
    .map((cell, column) => style.paint(cell.tone, cell.text) + padding(cell.text, widths[column] ?? 0) + GAP)
  return wrapped.map((text, index) => {
    const lead = index === 0 ? head.join('') : ' '.repeat(before)
    return (lead + style.paint(row[last]?.tone ?? 'plain', text)).trimEnd()
  })
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

function padding(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - lengthOf(text)))
}

/** Code points: names and ARNs are ASCII, and loading tables for wider scripts is not worth the start-up. */
function lengthOf(text: string): number {
  return [...text].length
}
