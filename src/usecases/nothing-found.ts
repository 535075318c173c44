/** Says where a report that is about no function at all looked: a success that did nothing is easily taken for more. */
import type { Coverage } from '../core/report.js'

/** @returns no note where there is a function, or where nothing could be read */
export function nothingFound(functions: readonly unknown[], coverage: readonly Coverage[]): string[] {
  const read = coverage.filter(({ status }) => status === 'read')
  if (functions.length > 0 || read.length === 0) return []
  const regions = [...new Set(read.map(({ region }) => region))].join(', ')
  const accounts = new Set(read.map(({ account }) => account)).size
  return [
    `no function matches what was asked for: looked in ${regions}${accounts > 1 ? ` of ${accounts} accounts` : ''}`,
  ]
}
