/** The regions that could not be read, as a section of the table. */
import type { Coverage, Section } from '../core/report.js'

export function coverageSections(coverage: readonly Coverage[]): Section[] {
  const gaps = coverage.filter((place) => place.status !== 'read')
  if (gaps.length === 0) return []
  const rows = gaps.map((place) => [place.region, { text: place.status, tone: 'bad' as const }, place.reason ?? ''])
  return [{ title: 'Not read', columns: ['REGION', 'STATUS', 'REASON'], rows }]
}
