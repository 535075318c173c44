/** The words of a cell or a heading without tone and width: where every format of text begins. */
import type { Cell, Column } from '../core/report.js'
import { clean } from './clean.js'

export function textOf(cell: Cell | Column): string {
  return clean(typeof cell === 'string' ? cell : cell.text)
}

/** `1,234 ms`: a figure that stands under others. */
export function isTime(text: string): boolean {
  return /^-?[\d,.]+ ms$/.test(text)
}
