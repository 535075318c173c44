/** The column that a timeline adds to a table on a terminal, where there is room for it. */
import type { Timeline } from '../core/report.js'
import { millisecondsText } from '../core/trace/milliseconds.js'
import { barLine } from './bar-line.js'
import { GAP, type Piece } from './layout.js'

export interface BarColumn {
  width: number
  /** The scale: its two ends. */
  heading: Piece
  pieceOf(bar: Timeline['bars'][number] | undefined): Piece
}

/** In fewer columns nothing could be told apart. */
const NARROWEST = 8
/** Where lines are as long as they need. */
const UNBOUND = 40

/** @param widths of the other columns */
export function barColumn(
  { totalMs }: Timeline,
  widths: readonly number[],
  total: number | undefined,
): BarColumn | undefined {
  const taken = widths.reduce((sum, one) => sum + one + GAP.length, 0)
  const width = total === undefined ? UNBOUND : total - taken
  if (width < NARROWEST) return undefined
  return {
    width,
    heading: { text: scaleOf(millisecondsText(totalMs), width), tone: 'dim', right: false },
    pieceOf: (bar) => ({ text: bar ? barLine(bar, totalMs, width) : '', tone: bar?.tone ?? 'plain', right: false }),
  }
}

function scaleOf(end: string, width: number): string {
  return end.length + 2 > width ? '' : `0${end.padStart(width - 1)}`
}
