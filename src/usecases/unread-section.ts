/** Functions that were named, and could not be read or are not there, as a section of the table. */
import type { ReportedError, Section } from '../core/report.js'

export function unreadSections(unread: readonly { name: string; region: string; error: ReportedError }[]): Section[] {
  if (unread.length === 0) return []
  const rows = unread.map(({ name, region, error }) => [{ text: name, tone: 'strong' } as const, region, error.message])
  return [{ title: 'Named, but not read', columns: ['FUNCTION', 'REGION', 'REASON'], rows }]
}
