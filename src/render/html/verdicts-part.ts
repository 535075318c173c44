/** The verdicts of all functions: one bar, and what each share of it means. */
import type { Section } from '../../core/report.js'
import type { Verdict } from '../../core/verdict.js'
import { renderBar } from './bar.js'
import { cellText } from './cell.js'
import { html, type Markup } from './escape.js'
import { renderKey } from './key.js'
import { counted } from './number.js'
import type { Part } from './part.js'
import { isCount, type VerdictTotals } from './verdict-totals.js'

const MEANINGS: Record<Verdict, string> = {
  traced: 'Active, the role can write, and no alias that was read serves an untraced version',
  off: 'PassThrough: Lambda sends no traces',
  blind: 'Active, but the role cannot write: traces are lost in silence',
  stale: 'Active, but an alias serves a version locked in PassThrough',
  exempt: 'left out by the rules, for a reason that they give',
  unsupported: 'X-Ray cannot work here',
  unknown: 'something that decides could not be read',
}

export function verdictsPart({ all, counts, source }: VerdictTotals): Part {
  const shares = counts.map(([className, count]) => ({ className, count }))
  const entries = counts.map(([verdict, count]) => ({ name: renderName(verdict), count, meaning: MEANINGS[verdict] }))
  return {
    id: 'verdicts',
    title: 'Verdicts',
    count: counted(all, 'function'),
    body: html`${renderBar(shares, all)}
${renderKey(entries, all)}
${source ? factsOf(source) : []}`,
  }
}

/** Leads to the list; the script sets the list's filter to the verdict on the way. */
function renderName(verdict: Verdict): Markup {
  return html`<a class="v ${verdict}" href="#list" data-verdict="${verdict}">${verdict}</a>`
}

/** What else stands among the counts; the number of functions is the title. */
function factsOf(source: Section): Markup[] {
  const rows = source.rows.filter((row) => !isCount(row) && cellText(row[0]) !== 'functions')
  return rows.map(
    (row) => html`<p class="fact">${cellText(row[0])} <b>${row.slice(1).map(cellText).join(' ')}</b></p>
`,
  )
}
