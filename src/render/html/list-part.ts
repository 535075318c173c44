/** The list that the report is about: every row, which the script then sorts, filters and pages. */
import type { Section } from '../../core/report.js'
import { renderCell } from './cell.js'
import { type ColumnFacts, columnsOf } from './columns.js'
import { html, type Markup } from './escape.js'
import { counted, thousands } from './number.js'
import type { Part } from './part.js'

export function listPart(section: Section): Part {
  const { title: name = 'Functions', rows } = section
  const columns = columnsOf(section)
  const cells = rows.map(
    (row) => html`<tr>${columns.map(({ name }, index) => renderCell(row[index], name))}</tr>
`,
  )
  return {
    id: 'list',
    title: name,
    count: thousands(rows.length),
    body: html`${renderTools(columns, rows.length)}
<div class="scroll tall" tabindex="0" role="region" aria-label="${name}"><table>
<thead><tr>${columns.map((column) => html`<th scope="col">${column.name}`)}</tr></thead>
<tbody>
${cells}</tbody>
</table></div>
<p class="pages"><button type="button" id="previous">Previous</button> <output id="page"></output> <button type="button" id="next">Next</button> <button type="button" id="all">Show all</button></p>`,
  }
}

/** Without the script they are not shown: they would do nothing. */
function renderTools(columns: readonly ColumnFacts[], rows: number): Markup {
  const choices = columns.map((column, index) => (column.choices.length > 0 ? renderChoice(column, index) : html``))
  return html`<form class="tools" role="search">
<label>Search<input type="search" id="search" autocomplete="off" spellcheck="false"></label>
<output id="found" aria-live="polite">${counted(rows, 'row')}</output>
<button type="reset">Reset</button>
<div class="choices">
${choices}</div>
</form>`
}

function renderChoice({ name, choices }: ColumnFacts, index: number): Markup {
  const options = choices.map(
    ([text, rows]) => html`<option value="${text}">${text === '' ? '(none)' : text} (${thousands(rows)})`,
  )
  return html`<label>${name}<select data-column="${index}"><option>all${options}</select></label>
`
}
