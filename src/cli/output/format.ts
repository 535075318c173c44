/** Which form a result has: the one that is named, that of the file's name, or the table. */
import { extname } from 'node:path'
import { XtraceError } from '../../errors.js'
import type { REPORT_FORMATS } from '../flags/output-flags.js'

export type Format = (typeof REPORT_FORMATS)[number]

export interface FormatFlags {
  json: boolean
  format?: Format | undefined
  output?: string | undefined
}

/** By the ending of the file's name. */
const BY_ENDING: ReadonlyMap<string, Format> = new Map([
  ['.txt', 'table'],
  ['.json', 'json'],
  ['.ndjson', 'ndjson'],
  ['.jsonl', 'ndjson'],
  ['.csv', 'csv'],
  ['.md', 'markdown'],
  ['.sarif', 'sarif'],
  ['.xml', 'junit'],
  ['.html', 'html'],
  ['.htm', 'html'],
])

/** In which form an error is told: a file's name says nothing of who reads the terminal. */
export function formatAsked({ json, format }: FormatFlags): Format {
  return json ? 'json' : (format ?? 'table')
}

export function formatOf({ json, format, output }: FormatFlags): Format {
  if (json) return 'json'
  return format ?? BY_ENDING.get(endingOf(output)) ?? 'table'
}

/**
 * A name without an ending says nothing, and gets a table.
 * @param formats those that the command has
 * @throws XtraceError USAGE where nobody says the form, and the name seems to but says none
 */
export function refuseFileName({ json, format, output }: FormatFlags, formats: readonly string[]): void {
  const ending = endingOf(output)
  if (json || format !== undefined || ending === '') return
  if (formats.includes(BY_ENDING.get(ending) ?? '')) return
  const endings = [...BY_ENDING].filter(([, known]) => formats.includes(known)).map(([known]) => known)
  throw new XtraceError('USAGE', `${output}: no form of this result has the ending ${ending}.`, {
    suggestions: [
      `Endings that say a form: ${endings.join(' ')}`,
      `Any name is right where the form is said besides: --format ${formats.join('|')}`,
    ],
  })
}

function endingOf(file = ''): string {
  return extname(file).toLowerCase()
}
