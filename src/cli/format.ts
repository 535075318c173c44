/** Which form a result has: the one that is named, that of the file's name, or the table. */
import type { REPORT_FORMATS } from './flags.js'

export type Format = (typeof REPORT_FORMATS)[number]

export interface FormatFlags {
  json: boolean
  format?: Format | undefined
  output?: string | undefined
}

const BY_ENDING: Record<string, Format> = {
  json: 'json',
  ndjson: 'ndjson',
  jsonl: 'ndjson',
  csv: 'csv',
  md: 'markdown',
  sarif: 'sarif',
  xml: 'junit',
  html: 'html',
  htm: 'html',
}

/** In which form an error is told: a file's name says nothing of who reads the terminal. */
export function formatAsked({ json, format }: FormatFlags): Format {
  return json ? 'json' : (format ?? 'table')
}

export function formatOf({ json, format, output }: FormatFlags): Format {
  if (json) return 'json'
  const ending = output?.slice(output.lastIndexOf('.') + 1).toLowerCase() ?? ''
  return format ?? BY_ENDING[ending] ?? 'table'
}
