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

/** In percent. What the smallest shares are given more than theirs is taken from the others, as long as these stay seen. */
function widthsOf(shares: readonly Share[], whole: number): number[] {
  const exact = shares.map(({ count }) => (count / whole) * 100)
  const total = sumOf(exact)
  let widths = exact
  for (let least = -1; least !== countLeast(widths); ) {
    least = countLeast(widths)
    const others = sumOf(exact.filter((_, index) => (widths[index] ?? 0) > LEAST_PERCENT))
    const room = total - least * LEAST_PERCENT
    widths = widths.map((width, index) =>
      width <= LEAST_PERCENT ? LEAST_PERCENT : ((exact[index] ?? 0) / others) * room,
    )
  }
  return widths.map((width) => Math.max(LEAST_PERCENT, width))
}

function countLeast(widths: readonly number[]): number {
  return widths.filter((width) => width <= LEAST_PERCENT).length
}

function sumOf(widths: readonly number[]): number {
  return widths.reduce((sum, width) => sum + width, 0)
}

function round(percent: number): number {
  return Math.round(percent * 100) / 100
}
