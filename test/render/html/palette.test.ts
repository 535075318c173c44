/** The colours can be read: text at 4.5 to 1, areas at 3 to 1 (WCAG 2.2 AA, 1.4.3 and 1.4.11). */
import { describe, expect, test } from 'vitest'
import { VERDICTS } from '../../../src/core/verdict.js'
import { PALETTE } from '../../../src/render/html/palette.js'

/** Of sRGB, by the definition of WCAG. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (light + 0.05) / (dark + 0.05)
}

const [light = '', dark = ''] = PALETTE.split('@media')

describe.each([
  ['light', light],
  ['dark', dark],
])('%s', (name, css) => {
  const colours = Object.fromEntries(
    [...css.matchAll(/--([a-z-]+):(#[0-9a-f]{6})\b/g)].map(([, key, value]) => [key, value]),
  )
  const of = (key: string) => colours[key] ?? '#000000'

  test('is the scheme that it says', () => {
    expect(css).toContain(`color-scheme:${name};`)
  })

  test.each(['ink', 'dim', 'link', 'good-ink', 'bad-ink', 'warn-ink'])('%s on paper and on tint', (ink) => {
    expect(contrast(of(ink), of('paper'))).toBeGreaterThan(4.5)
    expect(contrast(of(ink), of('tint'))).toBeGreaterThan(4.5)
  })

  test('what is loud', () => {
    expect(contrast(of('on-loud'), of('loud'))).toBeGreaterThan(4.5)
  })

  test.each(VERDICTS)('%s as an area', (verdict) => {
    expect(contrast(of(verdict), of('paper'))).toBeGreaterThan(3)
  })
})
