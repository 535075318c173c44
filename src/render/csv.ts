/** Report → CSV (RFC 4180): the list that the report is about, as one table with its heading and nothing else. */
import type { Cell, Column, Report } from '../core/report.js'
import { textOf } from './text-of.js'

/** Coverage and notes have no place in it: whoever prints it says them elsewhere. */
export function renderCsv(report: Report): string {
  const records = recordsOf(report)
  const width = records.reduce((most, record) => Math.max(most, record.length), 0)
  return records.map((record) => renderRecord(record, width)).join('')
}

/** The heading comes first. A report without a list has label–value pairs: all of them. */
function recordsOf({ table }: Report): (Cell | Column)[][] {
  const list = table.find((section) => section.main) ?? table.find((section) => section.columns)
  const rows = list ? list.rows : table.flatMap((section) => section.rows)
  return [list?.columns ?? ['label', 'value'], ...rows]
}

/** Every record has the same number of fields. A single empty field is quoted, for a bare line break is no record. */
function renderRecord(record: (Cell | Column)[], width: number): string {
  const fields = record.map((cell) => quote(defuse(cell)))
  while (fields.length < width) fields.push('')
  return `${width === 1 && fields[0] === '' ? '""' : fields.join(',')}\r\n`
}

/** What a spreadsheet takes for a formula, behind blanks and quotes too, and in the full-width forms of the signs. */
const FORMULA = /^[\s"'‘’“”\u200b-\u200d\u2060]*[=+\-@＝＋－＠]/

/** OWASP, "CSV Injection": an apostrophe in front makes it text. */
function defuse(cell: Cell | Column): string {
  const text = textOf(cell)
  const given = typeof cell === 'string' ? cell : cell.text
  return FORMULA.test(text) || /^[\t\r\n]/.test(given) ? `'${text}` : text
}

function quote(text: string): string {
  return /[",]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
