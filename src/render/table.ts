/** Report → text for people: sections of aligned columns, then the notes. */
import type { Cell, Column, Report, Section, Tone } from '../core/report.js'
import { clean } from './clean.js'
import { columnWidths, type LineStyle, type Piece, renderRow } from './layout.js'
import { textOf } from './text-of.js'

export interface TableStyle extends LineStyle {
  notes: boolean
}

interface Group {
  tone: Tone
  rows: Piece[][]
}

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
  const heads = section.columns ? [shownPieces(section.columns.map(heading), section)] : []
  const groups = groupRows(section)
  const widths = columnWidths([...heads, ...[...groups.values()].flatMap((group) => group.rows)])
  const draw = (rows: Piece[][]) => rows.flatMap((row) => renderRow(row, widths, style))
  const body =
    section.groupBy === undefined
      ? [...groups.values()].flatMap((group) => draw(group.rows))
      : [...groups].flatMap(([value, group]) => ['', groupTitle(value, group, style), ...draw(group.rows)])
  const title = section.title ? [style.paint('strong', clean(section.title))] : []
  return `${[...title, ...draw(heads), ...body].join('\n')}\n`
}

/** In the order in which the values come first; one group where the section has none. */
function groupRows(section: Section): Map<string, Group> {
  const groups = new Map<string, Group>()
  for (const row of section.rows) {
    const by: Cell = section.groupBy === undefined ? '' : (row[section.groupBy] ?? '')
    const value = textOf(by)
    const group = groups.get(value) ?? { tone: toneOf(by), rows: [] }
    group.rows.push(shownPieces(row, section))
    groups.set(value, group)
  }
  return groups
}

function groupTitle(value: string, { tone, rows }: Group, style: TableStyle): string {
  return style.paint('strong', style.paint(tone, `${value} (${rows.length})`.trimStart()))
}

/** The cells that a terminal shows; a count of none is a dot, so that the others stand out. */
function shownPieces(row: Cell[], { columns, groupBy, counts }: Section): Piece[] {
  return row.flatMap((cell, column) => {
    if (column === groupBy || typeof columns?.[column] === 'object') return []
    const right = counts !== undefined && column >= counts.labels
    const text = textOf(cell)
    return [right && text === '0' ? { text: '·', tone: 'dim', right } : { text, tone: toneOf(cell), right }]
  })
}

function heading(column: Column): Cell {
  return { text: textOf(column), tone: 'dim' }
}

function toneOf(cell: Cell): Tone {
  return typeof cell === 'string' ? 'plain' : cell.tone
}
