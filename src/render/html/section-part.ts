/** Any other section, as a plain table. */
import type { Section } from '../../core/report.js'
import { textOf } from '../text-of.js'
import { cellText, renderCell } from './cell.js'
import { html, type Markup } from './escape.js'
import { fold } from './fold.js'
import { counted, thousands } from './number.js'
import type { Part } from './part.js'

/** A longer table is folded. */
const SHOWN = 50

export function sectionPart(section: Section, id: string): Part {
  const { title = 'More', rows } = section
  const table = section.columns ? renderTable(section, title) : renderPairs(section)
  return {
    id,
    title,
    count: section.columns ? thousands(rows.length) : undefined,
    body: rows.length > SHOWN ? fold(counted(rows.length, 'row'), table) : table,
  }
}

function renderTable({ columns = [], rows }: Section, title: string): Markup {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${title}"><table>
<thead><tr>${columns.map((column) => html`<th scope="col">${textOf(column)}`)}</tr></thead>
<tbody>
${rows.map((row) => html`<tr>${columns.map((column, index) => renderCell(row[index], textOf(column)))}</tr>\n`)}</tbody>
</table></div>`
}

function renderPairs({ rows }: Section): Markup {
  return html`<table class="pairs"><tbody>
${rows.map((row) => html`<tr><th scope="row">${cellText(row[0])}${row.slice(1).map((cell) => renderCell(cell))}</tr>\n`)}</tbody>
</table>`
}
