/** Folds away what is long: the reader opens it, with scripts or without. */
import { html, type Markup } from './escape.js'

/** Folded from the start. */
export function fold(summary: string, body: Markup): Markup {
  return html`<details><summary>${summary}</summary>
${body}</details>
`
}
