/** The outcome in words: what the whole report comes to. */
import type { Finding, Report } from '../../core/report.js'
import { reportName } from '../report-name.js'
import { html, type Markup } from './escape.js'
import { counted, thousands } from './number.js'
import { type Places, placeNoun } from './places.js'
import type { VerdictTotals } from './verdict-totals.js'

type Outcome = Report['outcome']

const WORDS: Record<Outcome, string> = {
  ok: 'In order',
  fault: 'A fault of xtrace',
  usage: 'Not understood',
  drift: 'Drift',
  credentials: 'No access',
  refused: 'Refused',
  incomplete: 'Incomplete',
  stale: 'Out of date',
  interrupted: 'Interrupted',
}

/** Where a command's own result is not told by those: a verification misses traces, and a cost is no verdict. */
const OWN_WORDS: Record<string, Partial<Record<Outcome, string>>> = {
  'xtrace verify': { ok: 'Traces arrive', drift: 'Traces are missing' },
  'xtrace cost': { ok: 'All counted' },
}

function wordFor(report: Report): string {
  return OWN_WORDS[reportName(report)]?.[report.outcome] ?? WORDS[report.outcome]
}

export function renderOutcome(report: Report, places: Places, totals: VerdictTotals | undefined): Markup {
  const sentences = [
    ...errorSentences(report),
    ...unreadSentences(report, places, totals),
    ...findingSentences(report, places),
    ...acceptedSentences(places),
  ]
  return html`<section id="outcome" class="outcome ${toneOf(report.outcome)}">
<h2>${wordFor(report)}</h2>
${sentences.map((sentence) => html`<p>${sentence}</p>\n`)}</section>
`
}

/** Drift is bad; what could not be done or read may be worse. */
function toneOf(outcome: Outcome): 'good' | 'bad' | 'loud' {
  if (outcome === 'ok') return 'good'
  return outcome === 'drift' ? 'bad' : 'loud'
}

function errorSentences({ error }: Report): string[] {
  return error ? [error.message, ...error.suggestions] : []
}

function unreadSentences(report: Report, places: Places, totals: VerdictTotals | undefined): string[] {
  const unknown = totals?.counts.find(([verdict]) => verdict === 'unknown')?.[1] ?? 0
  const sentences: string[] = []
  if (places.gaps.length > 0) {
    const of = `${thousands(places.gaps.length)} of ${counted(places.all.length, placeNoun(places))}`
    const were = places.gaps.length === 1 ? 'was' : 'were'
    sentences.push(`${of} ${were} not read: this page says nothing of what is there.`)
  }
  if (unknown > 0)
    sentences.push(
      `${counted(unknown, 'function')} ${unknown === 1 ? 'is' : 'are'} unknown: something that decides could not be read.`,
    )
  if (report.outcome === 'incomplete' && sentences.length === 0) sentences.push('Part was done or read, part was not.')
  return sentences
}

function findingSentences(report: Report, places: Places): string[] {
  const { findings, outcome } = report
  const where = places.gaps.length > 0 ? ' in what was read' : ''
  if (findings.length > 0) return [`${counted(findings.length, 'finding')}${where}: ${bySeverity(findings)}.`]
  const judged = OWN_WORDS[reportName(report)] === undefined
  if (judged && outcome === 'ok' && places.all.length > 0) return ['Nothing that was read differs from what is wanted.']
  return []
}

function bySeverity(findings: readonly Finding[]): string {
  const severities = ['high', 'medium', 'low'] as const
  return severities
    .map((severity) => ({ severity, count: findings.filter((one) => one.severity === severity).length }))
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) => `${thousands(count)} ${severity}`)
    .join(', ')
}

function acceptedSentences(places: Places): string[] {
  const { length } = places.accepted
  if (length === 0) return []
  return [
    length === 1
      ? `1 ${placeNoun(places)} was not read; that gap was accepted beforehand.`
      : `${counted(length, placeNoun(places))} were not read; those gaps were accepted beforehand.`,
  ]
}
