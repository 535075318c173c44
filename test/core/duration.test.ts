import { describe, expect, it } from 'vitest'
import { durationText, parseDuration } from '../../src/core/duration.js'

const BOUNDS = { least: '1m', most: '30d' }

describe('a length of time', () => {
  it.each([
    ['1m', 60_000],
    ['90s', 90_000],
    ['15m', 900_000],
    ['1h', 3_600_000],
    ['30d', 2_592_000_000],
    [' 2h ', 7_200_000],
  ])('%s is %d ms', (text, ms) => {
    expect(parseDuration(text, '--since', BOUNDS)).toBe(ms)
  })

  it.each(['', '15', 'm', '1.5h', '-1h', '1w', '15 m', '1h30m', '1e3s', '٣m'])('is not "%s"', (text) => {
    expect(() => parseDuration(text, '--since', BOUNDS)).toThrow(
      `--since takes a length of time such as 90s, 15m, 1h or 7d, not "${text}".`,
    )
  })

  it.each(['59s', '31d', '721h', '999999999d'])('keeps its bounds: not %s', (text) => {
    expect(() => parseDuration(text, '--since', BOUNDS)).toThrow(`--since takes from 1m to 30d, not "${text}".`)
  })

  it.each([
    [900_000, '15m'],
    [90_000, '90s'],
    [3_600_000, '1h'],
    [86_400_000, '1d'],
    [5_400_000, '90m'],
    [0, '0s'],
  ])('%d ms is said as %s', (ms, text) => {
    expect(durationText(ms)).toBe(text)
  })
})
