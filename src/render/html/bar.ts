/** Draws shares of a whole as one bar of SVG. */
import { html, type Markup } from './escape.js'

export interface Share {
  /** Colour class: a verdict, or the status of a place. */
  className: string
  count: number
}

/** What is there must be seen, be it one of ten thousand. */
const LEAST_PERCENT = 0.6

/** @param whole what the full width stands for; at least the sum of the shares */
export function renderBar(shares: readonly Share[], whole: number): Markup {
  const present = shares.filter(({ count }) => count > 0)
  const widths = widthsOf(present, whole)
  let left = 0
  const rects = present.map(({ className }, index) => {
    const width = widths[index] ?? 0
    const rect = html`<rect class="${className}" x="${round(left)}%" width="${round(width)}%" height="100%"/>`
    left += width
    return rect
  })
  return html`<svg class="bar" aria-hidden="true">${rects}</svg>`
}

/** In percent. What the smallest shares are given more than theirs is taken from the others. */
function widthsOf(shares: readonly Share[], whole: number): number[] {
  const exact = shares.map(({ count }) => (count / whole) * 100)
  const total = exact.reduce((sum, width) => sum + width, 0)
  const small = exact.filter((width) => width < LEAST_PERCENT)
  const rest = total - small.reduce((sum, width) => sum + width, 0)
  const room = Math.max(0, total - small.length * LEAST_PERCENT)
  return exact.map((width) => (width < LEAST_PERCENT ? LEAST_PERCENT : (width / rest) * room))
}

function round(percent: number): number {
  return Math.round(percent * 100) / 100
}
