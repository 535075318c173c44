/** A section of counts, regions by verdicts for example: every row with its numbers and a stacked bar. */
import type { Cell, Section } from '../../core/report.js'
import { textOf } from '../text-of.js'
import { renderBar } from './bar.js'
import { cellText, isVerdict } from './cell.js'
import { html, type Markup, NOTHING } from './escape.js'
import { fold } from './fold.js'
import { counted, thousands } from './number.js'
import type { Part } from './part.js'

/** Rows shown at once; further ones are folded. */
const SHOWN = 40

/** How a section's columns are read: names first, then counts. */
interface Shape {
  names: string[]
  counts: string[]
  /** Of the longest bar; all are drawn to its scale. */
  largest: number
}

export function countsPart(section: Section, labels: number, id: string): Part {
  const columns = (section.columns ?? []).map(textOf)
  const counts = columns.slice(labels)
  const largest = Math.max(1, ...section.rows.map((row) => sumOf(row.slice(labels), counts)))
  const shape = { names: columns.slice(0, labels), counts, largest }
  const rest = section.rows.slice(SHOWN)
  return {
    id,
    title: section.title ?? 'Verdicts by place',
    body: html`${renderTable(section.rows.slice(0, SHOWN), shape)}
${rest.length > 0 ? fold(counted(rest.length, 'more row'), renderTable(rest, shape)) : NOTHING}`,
  }
}

function renderTable(rows: readonly Cell[][], shape: Shape): Markup {
  const names = shape.names.map((name) => html`<th scope="col">${name}`)
  const counts = shape.counts.map((name) => html`<th scope="col" class="number${kindOf(name)}">${name}`)
  return html`<table class="counts">
<thead><tr>${names}<td class="drawn"><th scope="col" class="number">All${counts}</tr></thead>
<tbody>
${rows.map((row) => renderRow(row, shape))}</tbody>
</table>`
}

function renderRow(row: readonly Cell[], { names, counts, largest }: Shape): Markup {
  const cells = row.slice(names.length)
  const shares = counts.map((name, index) => ({ className: verdictOf(name), count: numberOf(cells[index]) }))
  const drawn = shares.filter(({ className }) => className !== '')
  const numbers = counts.map((name, index) => renderNumber(cells[index], name))
  return html`<tr>${names.map((_, index) => html`<th scope="row">${cellText(row[index])}`)}<td class="drawn">${renderBar(drawn, largest)}<td class="number all">${thousands(sumOf(cells, counts))}${numbers}</tr>
`
}

function renderNumber(cell: Cell | undefined, heading: string): Markup {
  if (!isNumber(cell)) return html`<td class="number">${cellText(cell)}`
  const count = numberOf(cell)
  return count === 0 ? html`<td class="number zero">0` : html`<td class="number${kindOf(heading)}">${thousands(count)}`
}

/** Only verdicts are drawn and summed: another column may be a sum itself. */
function sumOf(cells: readonly Cell[], headings: readonly string[]): number {
  return headings.reduce((sum, name, index) => sum + (verdictOf(name) === '' ? 0 : numberOf(cells[index])), 0)
}

function verdictOf(heading: string): string {
  const word = heading.toLowerCase()
  return isVerdict(word) ? word : ''
}

function kindOf(heading: string): string {
  const verdict = verdictOf(heading)
  return verdict === '' ? '' : ` v ${verdict}`
}

function isNumber(cell: Cell | undefined): boolean {
  return /^\d+$/.test(cellText(cell))
}

function numberOf(cell: Cell | undefined): number {
  return isNumber(cell) ? Number(cellText(cell)) : 0
}
