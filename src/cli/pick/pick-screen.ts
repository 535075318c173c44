/** Draws a list to pick from: the filter, one page of rows around the cursor, the count and the keys. */
import type { Paint } from '../output/paint.js'
import type { PickList, PickRow } from './pick-list.js'

export interface Screen {
  columns: number
  rows: number
  paint: Paint
}

const PAGE = 12
/** Lines around the page: the question, the count, the keys, and one in which the cursor comes to rest. */
const AROUND = 4
const GAP = '  '
/** `> [x] ` */
const MARKS = 6
const MODE = 'PassThrough'.length
const NARROWEST_NAME = 8

/** How many rows of the list fit the terminal. */
export function pageSize({ rows }: Pick<Screen, 'rows'>): number {
  return Math.max(1, Math.min(PAGE, rows - AROUND))
}

/** The part of the list to be drawn, the cursor in its middle where there is room on both sides. */
export function pageOf({ shown, cursor }: Pick<PickList, 'shown' | 'cursor'>, size: number) {
  const top = Math.max(0, Math.min(cursor - Math.floor(size / 2), shown.length - size))
  return { top, rows: shown.slice(top, top + size) }
}

/** @returns the line that is typed in, and what stands below it */
export function drawList(list: PickList, question: string, screen: Screen): [string, string] {
  const { paint } = screen
  const { top, rows } = pageOf(list, pageSize(screen))
  const lines = rows.map((row, index) => drawRow(row, list, top + index === list.cursor, screen))
  if (lines.length === 0) lines.push(paint('warn', within(`${GAP}nothing matches`, screen)))
  const matching = list.filter === '' ? '' : `${list.shown.length} match · `
  const count = `${matching}${list.picked.size} of ${list.rows.length} picked · enter accepts · esc leaves`
  const keys = 'space picks · ctrl-a all that match · type to filter, + before a further word'
  return [
    `${paint('strong', question)} ${list.filter}`,
    [...lines, within(count, screen), paint('dim', within(keys, screen))].join('\n'),
  ]
}

function drawRow(row: PickRow, { picked, widths }: PickList, current: boolean, screen: Screen): string {
  const others = MARKS + GAP.length + widths.region + GAP.length + MODE
  const width = Math.min(widths.name, Math.max(NARROWEST_NAME, screen.columns - 1 - others))
  const is = picked.has(row.arn)
  const marks = `${current ? '>' : ' '} [${is ? 'x' : ' '}] `
  const cells = [shortened(row.name, width).padEnd(width), row.region.padEnd(widths.region), row.mode]
  const line = within(marks + cells.join(GAP), screen)
  if (current) return screen.paint('strong', line)
  return is ? screen.paint('good', line) : line
}

/** Cut in the middle: generated names differ at both ends. */
function shortened(name: string, width: number): string {
  if (name.length <= width) return name
  const head = Math.ceil((width - 1) / 2)
  return `${name.slice(0, head)}…${name.slice(name.length - (width - 1 - head))}`
}

/** A line that filled the terminal would be followed by an empty one. */
function within(line: string, { columns }: Screen): string {
  return line.slice(0, Math.max(1, columns - 1))
}
