/** The table of an audit: counts first, then what was not read, what was found, and every function. */
import { compare } from '../../core/compare.js'
import { grouped } from '../../core/grouped.js'
import type { Section } from '../../core/report.js'
import { VERDICTS } from '../../core/verdict.js'
import { coverageSections } from '../coverage-section.js'
import { unreadSections } from '../unread-section.js'
import { verdictCell } from '../verdict-cell.js'
import { findingSections, repairSections } from './finding-sections.js'
import { functionSection } from './function-section.js'
import { addCounts, type Counts, type Ledger, noCounts, type PlaceCounts } from './ledger.js'

export function auditSections(ledger: Ledger, planned: boolean): Section[] {
  const places = [...ledger.places.values()]
  const several = ledger.accounts.size > 1
  return [
    totals(ledger),
    ...(several ? [countsBy('Accounts', 'ACCOUNT', places, (place) => place.account)] : []),
    ...(places.length > 1 ? [countsBy('Regions', 'REGION', places, (place) => place.region)] : []),
    ...coverageSections(ledger.coverage),
    ...unreadSections(ledger.unread),
    ...findingSections(ledger.findings),
    ...(ledger.rows.length > 0 ? [functionSection(ledger)] : []),
    ...repairSections(ledger.findings, planned),
  ]
}

function totals({ counts }: Ledger): Section {
  const present = VERDICTS.filter((verdict) => counts[verdict] > 0)
  const all = present.reduce((sum, verdict) => sum + counts[verdict], 0)
  return {
    rows: [
      [{ text: 'functions', tone: 'strong' }, String(all)],
      ...present.map((verdict) => [verdictCell(verdict), String(counts[verdict])]),
    ],
  }
}

/** How many of each verdict, by account or by region; verdicts that nowhere occur have no column. */
function countsBy(
  title: string,
  label: string,
  places: readonly PlaceCounts[],
  keyOf: (place: PlaceCounts) => string,
): Section {
  const rows = [...grouped(places, keyOf)].sort(([a], [b]) => compare(a, b))
  const sums = rows.map(
    ([key, group]) => [key, group.map((place) => place.counts).reduce(addCounts, noCounts())] as const,
  )
  const present = VERDICTS.filter((verdict) => sums.some(([, counts]) => counts[verdict] > 0))
  const cells = (counts: Counts) => present.map((verdict) => String(counts[verdict]))
  return {
    title,
    columns: [label, ...present],
    rows: sums.map(([key, counts]) => [key, ...cells(counts)]),
    counts: { labels: 1 },
  }
}
