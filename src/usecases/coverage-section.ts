/** The regions that could not be read, as a section of the table. */
import { grouped } from '../core/grouped.js'
import type { Cell, Coverage, Section } from '../core/report.js'

/** The account is named only where there are several. */
export function coverageSections(coverage: readonly Coverage[]): Section[] {
  const gaps = coverage.filter((place) => place.status !== 'read')
  if (gaps.length === 0) return []
  const several = grouped(coverage, (place) => place.account).size > 1
  const rows = gaps.map((place): Cell[] => [
    ...(several ? [place.account] : []),
    place.region,
    { text: place.accepted ? `${place.status}, accepted` : place.status, tone: place.accepted ? 'dim' : 'bad' },
    place.reason ?? '',
  ])
  return [
    {
      title: 'Not read',
      terminal: true,
      columns: [...(several ? ['ACCOUNT'] : []), 'REGION', 'STATUS', 'REASON'],
      rows,
    },
  ]
}
