/** Writes text so that Markdown shows it as it is: no emphasis, no link, no image, no HTML, no mention. */
import { clean, cleanLines } from './clean.js'

/** Nothing, to the eye; GitHub looks for mentions, addresses and issues in the finished page, where no backslash is left. */
const APART = '&#8203;'

export function escapeMarkdown(text: string): string {
  return clean(text)
    .trim()
    .replace(/[\\`*_[\]<>&|~$#]/g, '\\$&')
    .replace(/^(?:\d+(?=[.)])|(?=[-+=]))/, '$&\\')
    .replace(/@|:(?=\/\/)|www(?=\.)|#(?=\d)/gi, `$&${APART}`)
}

/** A block of code whose fence is longer than any in the text. */
export function fenced(text: string): string {
  const longest = (text.match(/`+/g) ?? []).reduce((most, run) => Math.max(most, run.length), 2)
  const fence = '`'.repeat(longest + 1)
  return [fence, ...cleanLines(text), fence].join('\n')
}

/** Rows of one length, however ragged they come; `right` are the columns of numbers. */
export function markdownTable(heads: string[], rows: string[][], right: (column: number) => boolean): string {
  const width = rows.reduce((most, row) => Math.max(most, row.length), heads.length)
  const line = (cells: string[]) =>
    `| ${Array.from({ length: width }, (_, column) => cells[column] ?? '').join(' | ')} |`
  const rule = Array.from({ length: width }, (_, column) => (right(column) ? '---:' : '---'))
  return [line(heads.map(escapeMarkdown)), line(rule), ...rows.map((row) => line(row.map(escapeMarkdown)))].join('\n')
}
