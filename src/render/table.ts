/** Report → text for people: sections of aligned columns, then the notes. */
import type { Cell, Column, Report, Section, Timeline, Tone } from '../core/report.js'
import { barColumn } from './bar-column.js'
import { clean } from './clean.js'
import { columnWidths, foldedLines, type LineStyle, type Piece, renderRow, wrap } from './layout.js'
import { isTime, textOf } from './text-of.js'

export interface TableStyle extends LineStyle {
  notes: boolean
}

interface Line {
  pieces: Piece[]
  bar?: Timeline['bars'][number] | undefined
}

interface Group {
  tone: Tone
  lines: Line[]
}

export function renderTable(report: Report, style: TableStyle): string {
  if (report.text !== undefined) return `${report.text}\n`
  const sections = report.table
    .filter((section) => section.rows.length > 0 && section.terminal !== false)
    .map((section) => renderSection(section, style))
  const notes = style.notes ? report.notes.map((note): Cell[] => [{ text: 'note', tone: 'warn' }, note]) : []
  const noted = notes.length > 0 ? [renderSection({ rows: notes }, style)] : []
  return [...sections, ...noted].join('\n')
}

function renderSection(section: Section, style: TableStyle): string {
  const groups = groupLines(section)
  const lines = [...groups.values()].flatMap((group) => group.lines)
  const head = section.columns ? [headOf(section, section.columns, lines)] : []
  const widths = columnWidths([...head, ...lines.map(({ pieces }) => pieces)], style.width)
  const bars = section.timeline && barColumn(section.timeline, widths, style.width)
  const folded = foldedLines(bars ? [...widths, bars.width] : widths, style.width)
  const draw = (pieces: Piece[], last?: Piece) => renderRow(last ? beside(pieces, last, widths) : pieces, folded, style)
  const drawLines = (some: Line[]) => some.flatMap(({ pieces, bar }) => draw(pieces, bars?.pieceOf(bar)))
  const body =
    section.groupBy === undefined
      ? drawLines(lines)
      : [...groups].flatMap(([value, group]) => ['', ...groupTitle(value, group, style), ...drawLines(group.lines)])
  const title = section.title ? renderTitle(clean(section.title), style) : []
  const heading = head.flatMap((pieces) => draw(pieces, bars?.heading))
  return `${[...title, ...heading, ...body].join('\n')}\n`
}

/** In the order in which the values come first; one group where the section has none. */
function groupLines(section: Section): Map<string, Group> {
  const groups = new Map<string, Group>()
  for (const [index, row] of section.rows.entries()) {
    const by: Cell = section.groupBy === undefined ? '' : (row[section.groupBy] ?? '')
    const value = textOf(by)
    const group = groups.get(value) ?? { tone: toneOf(by), lines: [] }
    group.lines.push({ pieces: shownPieces(row, section), bar: section.timeline?.bars[index] })
    groups.set(value, group)
  }
  return groups
}

/** The heading of a column of times ends where they end. */
function headOf(section: Section, columns: Column[], lines: Line[]): Piece[] {
  const [first] = section.timeline ? lines : []
  return shownPieces(columns.map(heading), section).map((piece, index) => ({
    ...piece,
    right: piece.right || first?.pieces[index]?.right === true,
  }))
}

/** Bars stand in one column, also behind a row that is shorter than the others. */
function beside(pieces: Piece[], last: Piece, widths: readonly number[]): Piece[] {
  const missing = widths.slice(pieces.length).map((): Piece => ({ text: '', tone: 'plain', right: false }))
  return [...pieces, ...missing, last]
}

function groupTitle(value: string, { tone, lines }: Group, style: TableStyle): string[] {
  return renderTitle(`${value} (${lines.length})`.trimStart(), style, tone)
}

function renderTitle(text: string, { width, paint }: TableStyle, tone: Tone = 'plain'): string[] {
  return wrap(text, width).map((line) => paint('strong', paint(tone, line)))
}

/** The cells that a terminal shows; a count of none is a dot, so that the others stand out. */
function shownPieces(row: Cell[], { columns, groupBy, counts, timeline }: Section): Piece[] {
  return row.flatMap((cell, column) => {
    if (column === groupBy || typeof columns?.[column] === 'object') return []
    const text = textOf(cell)
    const isCount = counts !== undefined && column >= counts.labels
    const right = isCount || (timeline !== undefined && isTime(text))
    return [isCount && text === '0' ? { text: '·', tone: 'dim', right } : { text, tone: toneOf(cell), right }]
  })
}

function heading(column: Column): Cell {
  return { text: textOf(column), tone: 'dim' }
}

function toneOf(cell: Cell): Tone {
  return typeof cell === 'string' ? 'plain' : cell.tone
}
