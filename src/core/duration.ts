/** Lengths of time as people type them: `90s`, `15m`, `1h`, `7d`. */
import { XtraceError } from '../errors.js'

const UNITS = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const

/**
 * @returns milliseconds
 * @throws XtraceError USAGE, naming the flag
 */
export function parseDuration(text: string, flag: string, bounds: { least: string; most: string }): number {
  const ms = durationOf(text.trim())
  if (ms === undefined)
    throw new XtraceError('USAGE', `${flag} takes a length of time such as 90s, 15m, 1h or 7d, not "${text}".`)
  if (ms < (durationOf(bounds.least) ?? 0) || ms > (durationOf(bounds.most) ?? 0))
    throw new XtraceError('USAGE', `${flag} takes from ${bounds.least} to ${bounds.most}, not "${text}".`)
  return ms
}

function durationOf(text: string): number | undefined {
  const [, count, unit] = /^(\d{1,9})([smhd])$/.exec(text) ?? []
  return count === undefined ? undefined : Number(count) * UNITS[unit as keyof typeof UNITS]
}

/** The largest unit that leaves a whole number: `15m`, `90s`, `1h`. */
export function durationText(ms: number): string {
  const seconds = Math.round(ms / UNITS.s)
  const [unit, length] = Object.entries(UNITS)
    .toReversed()
    .find(([, one]) => seconds > 0 && (seconds * UNITS.s) % one === 0) ?? ['s', UNITS.s]
  return `${(seconds * UNITS.s) / length}${unit}`
}
