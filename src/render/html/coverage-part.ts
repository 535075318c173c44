/** The coverage: every account × region with its status; what was not read stands first. */
import { grouped } from '../../core/grouped.js'
import { COVERAGE_STATUSES, type Coverage, type CoverageStatus } from '../../core/report.js'
import { renderBar } from './bar.js'
import { renderCoverageMap } from './coverage-map.js'
import { html, type Markup, NOTHING } from './escape.js'
import { fold } from './fold.js'
import { renderKey } from './key.js'
import { counted, thousands } from './number.js'
import type { Part } from './part.js'
import { type Places, placeNoun } from './places.js'

/** Rows of gaps shown at once, and accounts that were read; more are folded. */
const SHOWN = 12
const SHOWN_READ = 5

const MEANINGS: Record<CoverageStatus, string> = {
  read: 'its functions were listed',
  'denied-iam': 'an IAM policy does not let the reader in',
  'denied-scp': 'a service control policy of the organization forbids it',
  'not-enabled': 'the account has not enabled the region',
  throttled: 'AWS answered too many requests until xtrace gave up',
  failed: 'something else went wrong',
}

export function coveragePart(places: Places): Part {
  return {
    id: 'coverage',
    title: 'Coverage',
    count: `${thousands(places.read.length)} of ${counted(places.all.length, placeNoun(places))} read`,
    body: html`${renderStatuses(places.all)}
${renderGaps(places)}${renderCoverageMap(places)}${renderRead(places.read)}`,
  }
}

function renderStatuses(all: readonly Coverage[]): Markup {
  const shares = COVERAGE_STATUSES.map((status) => ({
    className: status,
    count: all.filter((place) => place.status === status).length,
  })).filter(({ count }) => count > 0)
  const entries = shares.map(({ className, count }) => ({
    name: html`<span class="v ${className}">${className}</span>`,
    count,
    meaning: MEANINGS[className],
  }))
  return html`${renderBar(shares, all.length)}
${renderKey(entries, all.length)}`
}

function renderGaps({ gaps, accepted, regions }: Places): Markup {
  const alike = grouped([...gaps, ...accepted], ({ account, status, reason, accepted }) =>
    JSON.stringify([account, status, reason, accepted]),
  )
  const rows = [...alike.values()].map((places) => renderGap(places, regions.length))
  if (rows.length === 0) return NOTHING
  const rest = rows.slice(SHOWN)
  return html`${renderGapTable(rows.slice(0, SHOWN))}${rest.length > 0 ? fold(counted(rest.length, 'more gap'), renderGapTable(rest)) : NOTHING}`
}

/** Regions of an account that were not read for the same reason, together. */
function renderGap(alike: readonly Coverage[], all: number): Markup {
  const [first] = alike
  if (!first) return NOTHING
  const { account, status, reason, accepted } = first
  const where = all > 1 && alike.length === all ? `all ${thousands(all)} regions` : regionsOf(alike)
  const mark = accepted ? html` <span class="accepted">accepted</span>` : NOTHING
  return html`<tr><td><span class="v ${status}">${status}</span>${mark}<td>${account}<td>${where}<td>${reason ?? ''}</tr>
`
}

function renderGapTable(rows: readonly Markup[]): Markup {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Not read"><table class="gaps">
<thead><tr><th scope="col">Status<th scope="col">Account<th scope="col">Regions<th scope="col">Reason</tr></thead>
<tbody>
${rows}</tbody>
</table></div>
`
}

/** A row per account, with its regions. */
function renderRead(read: readonly Coverage[]): Markup {
  if (read.length === 0) return NOTHING
  const accounts = grouped(read, ({ account }) => account)
  const rows = [...accounts].map(([account, places]) => {
    const cells = html`<th scope="row">${account}<td class="number">${thousands(places.length)}<td>${regionsOf(places)}`
    return html`<tr>${cells}</tr>\n`
  })
  const table = html`<table class="read-places">
<thead><tr><th scope="col">Account<th scope="col" class="number">Regions<th scope="col">Read</tr></thead>
<tbody>
${rows}</tbody>
</table>
`
  return accounts.size > SHOWN_READ ? fold(`Read: ${counted(read.length, 'place')}`, table) : table
}

function regionsOf(places: readonly Coverage[]): string {
  return places.map(({ region }) => region).join(', ')
}
