/** A number of functions, absolute or as a share: `5` or `10%`. */
import { XtraceError } from '../errors.js'

export type Limit = { count: number } | { percent: number }

/** @throws XtraceError USAGE, naming the flag */
export function parseLimit(text: string, flag: string): Limit {
  const match = /^(\d{1,9})(?:(\.\d{1,3})?(%))?$/.exec(text.trim())
  if (!match) throw new XtraceError('USAGE', `${flag} takes a number such as 5 or a share such as 10%, not "${text}".`)
  if (match[3] === undefined) return { count: Number(match[1]) }
  const percent = Number(`${match[1]}${match[2] ?? ''}`)
  if (percent > 100) throw new XtraceError('USAGE', `${flag}: ${text} is more than everything.`)
  return { percent }
}

/** Rounded up, so that a share of something is never nothing. */
export function atLeast(limit: Limit, total: number): number {
  return 'count' in limit ? limit.count : Math.ceil(shareOf(limit.percent, total))
}

/** Rounded down, so that a share is never exceeded. */
export function atMost(limit: Limit, total: number): number {
  return 'count' in limit ? limit.count : Math.floor(shareOf(limit.percent, total))
}

/** In whole thousandths of a percent: `0.07 * 100` is a little more than 7, and rounding up would make 8 of it. */
function shareOf(percent: number, total: number): number {
  return (Math.round(percent * 1_000) * total) / 100_000
}

export function limitText(limit: Limit): string {
  return 'count' in limit ? String(limit.count) : `${limit.percent}%`
}
