/** What a reader should know besides. */
import { html, type Markup } from './escape.js'
import { fold } from './fold.js'
import { counted, thousands } from './number.js'
import type { Part } from './part.js'

/** Notes shown at once; further ones are folded. */
const SHOWN = 20

export function notesPart(notes: readonly string[]): Part {
  const rest = notes.slice(SHOWN)
  const folded = rest.length > 0 ? fold(counted(rest.length, 'more note'), renderNotes(rest)) : html``
  return {
    id: 'notes',
    title: 'Notes',
    count: thousands(notes.length),
    body: html`${renderNotes(notes.slice(0, SHOWN))}${folded}`,
  }
}

function renderNotes(notes: readonly string[]): Markup {
  return html`<ul class="notes">
${notes.map((note) => html`<li>${note}</li>\n`)}</ul>
`
}
