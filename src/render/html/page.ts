/** Report → one page of HTML that needs nothing but itself. */
import { createHash } from 'node:crypto'
import type { Report } from '../../core/report.js'
import { reportName } from '../report-name.js'
import { columnStyle } from './column-style.js'
import { columnsOf } from './columns.js'
import { html, Markup, NOTHING } from './escape.js'
import { renderOutcome } from './outcome.js'
import type { Part } from './part.js'
import { listOf, partsOf } from './parts.js'
import { placesOf } from './places.js'
import { SCRIPT } from './script.js'
import { STYLE } from './style.js'
import { verdictTotals } from './verdict-totals.js'

export interface PageOptions {
  title: string
  /** Of xtrace. */
  version: string
  /** ISO 8601 */
  printedAt: string
}

export function renderHtml(report: Report, { title, version, printedAt }: PageOptions): string {
  const name = reportName(report)
  const places = placesOf(report.coverage)
  const totals = verdictTotals(report.table)
  const list = listOf(report.table)
  const parts = partsOf(report, places, totals)
  const page = html`<!doctype html>
<html lang="en">
${renderHead(title, list ? `${STYLE}\n${columnStyle(columnsOf(list))}` : STYLE)}
<body>
<header>
<div>
${name === title ? NOTHING : html`<p class="kicker">${name}</p>\n`}<h1>${title}</h1>
</div>
<button type="button" id="theme">Dark</button>
</header>
<main>
${renderOutcome(report, places, totals)}${renderContents(parts)}${parts.map(renderPart)}</main>
<footer>Made by xtrace ${version} on <time>${printedAt}</time>. This page holds everything that it shows and asks nothing of any server.</footer>
</body>
</html>
`
  return page.source
}

/** Nothing may be loaded, sent or run but the style and the script whose hashes stand here. */
function renderHead(title: string, style: string): Markup {
  const policy = [
    "default-src 'none'",
    `style-src '${hashOf(style)}'`,
    `script-src '${hashOf(SCRIPT)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
  return html`<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new Markup(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${new Markup(style)}</style>
<script>${new Markup(SCRIPT)}</script>
</head>`
}

function hashOf(source: string): string {
  return `sha256-${createHash('sha256').update(source).digest('base64')}`
}

function renderContents(parts: readonly Part[]): Markup {
  if (parts.length < 2) return NOTHING
  const entries = parts.map(
    ({ id, title, count }) => html`<li><a href="#${id}">${title}</a>${renderCount(count)}</li>\n`,
  )
  return html`<nav aria-label="Contents"><ul>
${entries}</ul></nav>
`
}

function renderPart({ id, title, count, body }: Part): Markup {
  return html`<section id="${id}">
<h2>${title}${renderCount(count)}</h2>
${body}
</section>
`
}

function renderCount(count: string | undefined): Markup {
  return count === undefined ? NOTHING : html` <small>${count}</small>`
}
