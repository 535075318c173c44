/** Draws accounts × regions as a grid, so that it is seen where the gaps lie. */
import { COVERAGE_STATUSES, type CoverageStatus } from '../../core/report.js'
import { html, type Markup, NOTHING } from './escape.js'
import { fold } from './fold.js'
import { counted } from './number.js'
import type { Places } from './places.js'

/** Rows shown at once; further ones are folded. */
const SHOWN = 15

/** One letter per status: colours alone tell nothing to some readers and printers. */
const LETTERS: Record<CoverageStatus, string> = {
  read: '·',
  'denied-iam': 'I',
  'denied-scp': 'S',
  'not-enabled': 'N',
  throttled: 'T',
  failed: 'F',
}

const LEGEND = COVERAGE_STATUSES.map((status) => `${LETTERS[status]} ${status}`).join(', ')

/** Of the accounts with gaps; nothing for a single account, whose gaps are a list of regions. */
export function renderCoverageMap({ all, gaps, accepted, accounts, regions }: Places): Markup {
  const unread = [...gaps, ...accepted]
  if (accounts.length < 2 || regions.length < 2 || unread.length === 0) return NOTHING
  const withGaps = new Set(unread.map(({ account }) => account))
  const statuses = new Map(all.map((place) => [`${place.account} ${place.region}`, place.status]))
  const rows = accounts
    .filter((account) => withGaps.has(account))
    .map((account) => {
      const cells = regions.map((region) => renderPlace(statuses.get(`${account} ${region}`)))
      return html`<tr><th scope="row">${account}${cells}</tr>
`
    })
  const rest = rows.slice(SHOWN)
  const folded = rest.length > 0 ? fold(counted(rest.length, 'more account'), renderGrid(rest, regions)) : NOTHING
  return html`${renderGrid(rows.slice(0, SHOWN), regions)}${folded}`
}

function renderGrid(rows: readonly Markup[], regions: readonly string[]): Markup {
  const heads = regions.map((region) => html`<th scope="col"><span>${region}</span>`)
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Accounts with gaps, by region"><table class="map">
<caption>${LEGEND}</caption>
<thead><tr><th scope="col">Account${heads}</tr></thead>
<tbody>
${rows}</tbody>
</table></div>
`
}

function renderPlace(status: CoverageStatus | undefined): Markup {
  return status ? html`<td class="${status}">${LETTERS[status]}` : html`<td>`
}
