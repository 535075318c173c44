/** The words of a cell or a heading without tone and width: where every format of text begins. */
import type { Cell, Column } from '../core/report.js'
import { clean } from './clean.js'

export function textOf(cell: Cell | Column): string {
  return clean(typeof cell === 'string' ? cell : cell.text)
}
