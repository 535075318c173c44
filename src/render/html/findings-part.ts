/** The findings, gathered by kind: what is wrong, what shows it, and what repairs it. */
import { compare } from '../../core/compare.js'
import { FINDING_KINDS, type Severity } from '../../core/finding-kinds.js'
import { grouped } from '../../core/grouped.js'
import type { Finding } from '../../core/report.js'
import { html, htmlLines, type Markup, NOTHING } from './escape.js'
import { thousands } from './number.js'
import type { Part } from './part.js'

/** A report with more findings opens with all kinds folded. */
const SHOWN = 12

const SEVERITIES: readonly Severity[] = ['high', 'medium', 'low']

export function findingsPart(findings: readonly Finding[]): Part {
  return {
    id: 'findings',
    title: 'Findings',
    count: thousands(findings.length),
    body: html`${kindsOf(findings).map((kind) => renderKind(kind, findings.length <= SHOWN))}`,
  }
}

/** The worst first. */
function kindsOf(findings: readonly Finding[]): Finding[][] {
  const kinds = grouped(findings, ({ id, severity }) => `${SEVERITIES.indexOf(severity)} ${id}`)
  return [...kinds].sort(([a], [b]) => compare(a, b)).map(([, kind]) => kind)
}

function renderKind(kind: readonly Finding[], open: boolean): Markup {
  const [first] = kind
  if (!first) return NOTHING
  const { id, severity } = first
  const commands = kind.filter(({ repair }) => isCommand(repair)).length
  const copyAll =
    commands > 1
      ? html`<button type="button" class="copy-all">Copy ${thousands(commands)} commands</button>\n`
      : NOTHING
  const summary = html`<summary><code>${id}</code> <span class="severity ${severity}">${severity}</span> <b>${thousands(kind.length)}</b> <span class="meaning">${FINDING_KINDS[id].meaning}</span></summary>`
  return html`${open ? html`<details class="kind" open>` : html`<details class="kind">`}${summary}
${copyAll}<ol class="findings">
${kind.map(renderFinding)}</ol></details>
`
}

function renderFinding({ subject, message, evidence, place, repair, template }: Finding): Markup {
  const where = place ? html`<p class="dim">${place.file}:${place.line}:${place.column}</p>` : NOTHING
  const lines = evidence.length > 0 ? html`<ul>${evidence.map((line) => html`<li>${line}</li>`)}</ul>` : NOTHING
  const stack =
    template === undefined ? NOTHING : html`<p class="dim">and in the template</p><pre>${htmlLines(template)}</pre>`
  return html`<li><div>${renderSubject(subject)}<p>${message}</p>${lines}${where}</div><div>${renderRepair(repair)}${stack}</div></li>
`
}

/** The whole ARN, the function's name in it made to stand out. */
function renderSubject(subject: string): Markup {
  const name = /^arn:.*:function:/.exec(subject)?.[0].length ?? 0
  return html`<h3>${subject.slice(0, name)}<b>${subject.slice(name)}</b></h3>`
}

function renderRepair(repair: string): Markup {
  if (!isCommand(repair)) return html`<p>${repair}</p>`
  return html`<p class="command"><code>${repair}</code><button type="button" class="copy">Copy</button></p>`
}

/** What a repair does not begin with a program is a sentence, and no shell should get it. */
function isCommand(repair: string): boolean {
  return /^(xtrace|aws) /.test(repair)
}
