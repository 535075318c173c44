/** What a page is called, for whoever did not type the command. */
import type { Report } from '../core/report.js'
import { reportName } from './report-name.js'

const SUBJECTS: ReadonlyMap<string, string> = new Map([
  ['xtrace audit', 'Lambda tracing'],
  ['xtrace verify', 'Arrival of Lambda traces'],
  ['xtrace cost', 'Cost of Lambda tracing'],
  ['xtrace template-check', 'Lambda tracing in templates'],
])

export function pageTitle(report: Report): string {
  const name = reportName(report)
  const accounts = accountsOf(report)
  const where = accounts.length === 1 ? `account ${accounts[0]}` : `${accounts.length} accounts`
  return `${SUBJECTS.get(name) ?? name}${accounts.length === 0 ? '' : `, ${where}`}`
}

/** Of functions that were named nothing but they themselves was read. */
function accountsOf({ coverage, data }: Report): string[] {
  const places = coverage.length > 0 ? coverage : functionsIn(data)
  return [...new Set(places.flatMap(({ account }) => account ?? []))]
}

/** Of what could not be read the account may not be known. */
function functionsIn(data: unknown): { account: string | null }[] {
  if (typeof data !== 'object' || data === null || !('functions' in data)) return []
  return Array.isArray(data.functions) ? data.functions : []
}
