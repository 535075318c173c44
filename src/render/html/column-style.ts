/** The style that a list's own columns need: their widths on a desk, and their names beside the values on a phone. */
import type { ColumnFacts } from './columns.js'

/** In characters; longer texts break into lines. The first column stays in sight, so it must leave room. */
const WIDEST = 52
const WIDEST_FIRST = 26
/** For the padding, and the arrow of the sort button or the colour of a verdict. */
const SLACK = 4

/**
 * Widths are fixed beforehand, so that a browser need not lay out the ten thousandth row to draw the first: every row is a grid
 * of its own, and those out of sight are left for later.
 */
export function columnStyle(columns: readonly ColumnFacts[]): string {
  const widths = columns.map(
    ({ name, longest }, index) => Math.min(Math.max(longest, name.length), index === 0 ? WIDEST_FIRST : WIDEST) + SLACK,
  )
  const all = widths.reduce((sum, width) => sum + width, 0)
  const tracks = widths.map((width) => `minmax(0,${width}fr)`).join(' ')
  const long = columns.flatMap(({ longest }, index) => (longest > WIDEST ? [`#list td:nth-child(${index + 1})`] : []))
  const names = columns.map(({ name }, index) => `#list td:nth-child(${index + 1})::before{content:${quote(name)}}`)
  const figures = columns.flatMap(({ figures }, index) => (figures ? [`#list td:nth-child(${index + 1})`] : []))
  const aligned = figures.length > 0 ? `${figures.join(',')}{text-align:right}` : ''
  const broken = long.length > 0 ? `@media print{${long.join(',')}{overflow-wrap:anywhere}}\n` : ''
  return `${broken}@media screen and (min-width:641px){#list table{min-width:${all}ch}#list tr{grid-template-columns:${tracks}}${aligned}}
@media (max-width:640px){${names.join('\n')}}`
}

/** A CSS string in which nothing but letters, digits and blanks stands as it is. */
function quote(text: string): string {
  return `"${text.replace(/[^A-Za-z0-9 ]/gu, (char) => `\\${char.codePointAt(0)?.toString(16)} `)}"`
}
