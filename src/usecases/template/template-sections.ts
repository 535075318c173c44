/** Templates as a table: every function, the files that could not be read, what is left for a hand. */
import type { Cell, Section, Tone } from '../../core/report.js'
import type { CheckedFunction, TemplateVerdict } from '../../core/template/check-template.js'
import type { TemplateRow } from './template-row.js'

const TONES: Record<TemplateVerdict, Tone> = {
  traced: 'good',
  off: 'warn',
  blind: 'bad',
  conditional: 'warn',
  unknown: 'warn',
}

export function functionCells(file: string, { logicalId, line, verdict, because }: CheckedFunction): Cell[] {
  return [file, { text: logicalId, tone: 'strong' }, String(line), { text: verdict, tone: TONES[verdict] }, because]
}

/** @param rows of `functionCells`; where there are several files, each has its group */
export function functionsSection(rows: Cell[][], files: number): Section {
  const columns = ['TEMPLATE', 'FUNCTION', 'LINE', 'VERDICT', 'BECAUSE']
  return { main: true, columns, rows, ...(files > 1 && { groupBy: 0 }) }
}

export function failedSections(templates: readonly TemplateRow[], title: string): Section[] {
  const rows = templates.flatMap(({ error }): Cell[][] => (error ? [[{ text: error.message, tone: 'bad' }]] : []))
  return rows.length > 0 ? [{ title, rows }] : []
}

export function editsSection(templates: readonly TemplateRow[]): Section {
  const rows = templates.flatMap(({ file, edits }) =>
    edits.map(({ line, text }): Cell[] => [`${file}:${line}`, shownEdit(text)]),
  )
  return { main: true, columns: ['WHERE', 'EDIT'], rows }
}

/** On one line, without the comma by which JSON takes it for one more among others. */
function shownEdit(text: string): string {
  return text
    .trim()
    .replace(/^,\s*|\s*,$/g, '')
    .replace(/\s+/g, ' ')
}

export function leftSections(templates: readonly TemplateRow[]): Section[] {
  const rows = templates.flatMap(({ file, left = [] }) =>
    left.map(({ logicalId, line, reason }): Cell[] => [`${file}:${line}`, { text: logicalId, tone: 'strong' }, reason]),
  )
  return rows.length > 0 ? [{ title: 'Left for you', columns: ['WHERE', 'FUNCTION', 'WHY'], rows }] : []
}

/** The same as lines, where standard output is taken. */
export function leftLines(templates: readonly TemplateRow[]): string[] {
  return templates.flatMap(({ file, left = [] }) =>
    left.map(({ logicalId, line, reason }) => `${file}:${line}: ${logicalId} is left for you: ${reason}`),
  )
}
