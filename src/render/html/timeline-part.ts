/** A section with a timeline, the waterfall of a trace for example: every row with its stretch of time as a bar. */
import type { Cell, Column, Section, Timeline } from '../../core/report.js'
import { millisecondsText } from '../../core/trace/milliseconds.js'
import { isTime, textOf } from '../text-of.js'
import { cellText, renderCell } from './cell.js'
import { html, type Markup, NOTHING } from './escape.js'
import { thousands } from './number.js'
import type { Part } from './part.js'
import { ticksOf } from './timeline-scale.js'

/** Percent of the width: what is shorter, and a point in time, is drawn as long as this. */
const LEAST_PERCENT = 0.4

export function timelinePart(section: Section, timeline: Timeline, id: string): Part {
  const { title = 'Timeline', columns = [], rows } = section
  const cells = rows.reduce((most, row) => Math.max(most, row.length), columns.length)
  const names = Array.from({ length: cells }, (_, index) => renderName(columns[index] ?? '', rows[0]?.[index]))
  return {
    id,
    title,
    count: thousands(rows.length),
    body: html`<table class="timeline">
<thead><tr>${names}<td class="drawn">${renderScale(timeline.totalMs)}</tr></thead>
<tbody>
${rows.map((row, index) => renderRow(row, cells, renderBar(timeline.bars[index], timeline.totalMs)))}</tbody>
</table>`,
  }
}

/** The heading of a column of times ends where they end. */
function renderName(column: Column, first: Cell | undefined): Markup {
  const name = textOf(column)
  return isTime(cellText(first)) ? html`<th scope="col" class="number">${name}` : html`<th scope="col">${name}`
}

/** @param cells of the longest row: bars stand in one column, also behind a row that is shorter */
function renderRow(row: readonly Cell[], cells: number, bar: Markup): Markup {
  const others = Array.from({ length: Math.max(0, cells - 1) }, (_, index) => renderFigure(row[index + 1]))
  return html`<tr><th scope="row">${cellText(row[0])}${others}<td class="drawn">${bar}</tr>
`
}

function renderFigure(cell: Cell | undefined): Markup {
  const text = cellText(cell)
  return isTime(text) ? html`<td class="number">${text}` : renderCell(cell)
}

/** Behind each bar stand the marks of the scale, so that the eye finds them in the last row too. */
function renderBar(bar: Timeline['bars'][number] | undefined, totalMs: number): Markup {
  if (!bar) return NOTHING
  const { startMs, lengthMs, tone } = bar
  const from = percentOf(startMs, totalMs)
  const width = Math.max(LEAST_PERCENT, percentOf(startMs + lengthMs, totalMs) - from)
  const x = Math.min(from, 100 - width)
  const label = `${millisecondsText(startMs)} to ${millisecondsText(startMs + lengthMs)} of ${millisecondsText(totalMs)}`
  const marks = ticksOf(totalMs).map(
    (ms) => html`<rect class="tick" x="${round(percentOf(ms, totalMs))}%" width="1" height="100%"/>`,
  )
  return html`<svg class="line" role="img" aria-label="${label}">${marks}<rect class="${tone}" x="${round(x)}%" y="20%" width="${round(width)}%" height="60%"/></svg>`
}

function renderScale(totalMs: number): Markup {
  const marks = ticksOf(totalMs).map((ms) => {
    const x = round(percentOf(ms, totalMs))
    return html`<text class="${x > 90 ? 'end' : x > 0 ? 'middle' : 'start'}" x="${x}%" y="80%">${millisecondsText(ms)}</text>`
  })
  return html`<svg class="scale" role="img" aria-label="0 to ${millisecondsText(totalMs)}">${marks}</svg>`
}

function percentOf(ms: number, totalMs: number): number {
  return totalMs > 0 ? Math.min(100, Math.max(0, (ms / totalMs) * 100)) : 0
}

function round(percent: number): number {
  return Math.round(percent * 100) / 100
}
