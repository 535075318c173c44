/** Cells of tables, whatever the table. */
import type { Cell } from '../../core/report.js'
import { VERDICTS, type Verdict } from '../../core/verdict.js'
import { textOf } from '../text-of.js'
import { html, type Markup } from './escape.js'

/** A table shows a verdict's colour in the column of this name; elsewhere its word may mean something else. */
export const VERDICT_COLUMN = 'VERDICT'

/** A row may be shorter than its heading. */
export function cellText(cell: Cell | undefined): string {
  return cell === undefined ? '' : textOf(cell)
}

export function isVerdict(text: string): text is Verdict {
  return VERDICTS.some((verdict) => verdict === text)
}

/**
 * End tags of cells are left out, as HTML allows: a table of ten thousand rows has a hundred thousand of them.
 * @param column its heading, where it has one
 */
export function renderCell(cell: Cell | undefined, column?: string): Markup {
  const text = cellText(cell)
  const className = column === VERDICT_COLUMN && isVerdict(text) ? `v ${text}` : toneOf(cell)
  return className === '' ? html`<td>${text}` : html`<td class="${className}">${text}`
}

function toneOf(cell: Cell | undefined): string {
  return cell === undefined || typeof cell === 'string' || cell.tone === 'plain' ? '' : cell.tone
}
