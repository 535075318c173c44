/** Which parts the page of a report has, and in which order. */
import type { Report, Section } from '../../core/report.js'
import { countsPart } from './counts-part.js'
import { coveragePart } from './coverage-part.js'
import { html, htmlLines } from './escape.js'
import { findingsPart } from './findings-part.js'
import { listPart } from './list-part.js'
import { notesPart } from './notes-part.js'
import type { Part } from './part.js'
import type { Places } from './places.js'
import { sectionPart } from './section-part.js'
import { timelinePart } from './timeline-part.js'
import type { VerdictTotals } from './verdict-totals.js'
import { verdictsPart } from './verdicts-part.js'

/** What was not read comes first: whoever reads on must know that there is more than is shown. */
export function partsOf(report: Report, places: Places, totals: VerdictTotals | undefined): Part[] {
  const coverage = places.all.length > 0 ? [coveragePart(places)] : []
  const list = listOf(report.table)
  const { drawn, plain } = otherParts(report, totals)
  const gapsFirst = places.gaps.length > 0
  return [
    ...(gapsFirst ? coverage : []),
    ...(totals ? [verdictsPart(totals)] : []),
    ...drawn,
    ...(gapsFirst ? [] : coverage),
    ...(report.findings.length > 0 ? [findingsPart(report.findings)] : []),
    ...(list ? [listPart(list)] : []),
    ...plain,
    ...textParts(report),
    ...(report.notes.length > 0 ? [notesPart(report.notes)] : []),
  ]
}

/** The section that can be sorted and filtered. */
export function listOf(table: readonly Section[]): Section | undefined {
  return table.find(({ main, columns, rows }) => main && columns && rows.length > 0)
}

/** Every other section, each shown once: counts and timelines are drawn, the rest are tables. */
function otherParts(report: Report, totals: VerdictTotals | undefined): { drawn: Part[]; plain: Part[] } {
  const list = listOf(report.table)
  const others = report.table.filter(
    (section) => section.rows.length > 0 && section !== list && section !== totals?.source && !section.terminal,
  )
  const drawn = others.filter(({ counts }) => counts)
  const plain = others.filter(({ counts }) => !counts)
  return {
    drawn: drawn.map((section, index) => countsPart(section, section.counts?.labels ?? 0, `counts-${index + 1}`)),
    plain: plain.map((section, index) => plainPart(section, `more-${index + 1}`)),
  }
}

function plainPart(section: Section, id: string): Part {
  return section.timeline ? timelinePart(section, section.timeline, id) : sectionPart(section, id)
}

function textParts({ text }: Report): Part[] {
  return text === undefined ? [] : [{ id: 'text', title: 'Document', body: html`<pre>${htmlLines(text)}</pre>` }]
}
