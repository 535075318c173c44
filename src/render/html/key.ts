/** The key of a bar: what each colour stands for, how much there is of it, and what it means. */
import { html, type Markup } from './escape.js'
import { percent, thousands } from './number.js'

export interface KeyEntry {
  /** With the colour. */
  name: Markup
  count: number
  meaning: string
}

/** @param whole what the counts are shares of */
export function renderKey(entries: readonly KeyEntry[], whole: number): Markup {
  const items = entries.map(({ name, count, meaning }) => {
    const share = html`<span class="share">${percent(count, whole)}</span>`
    return html`<li>${name} <b>${thousands(count)}</b> ${share} <span class="meaning">${meaning}</span></li>\n`
  })
  return html`<ul class="key">
${items}</ul>`
}
