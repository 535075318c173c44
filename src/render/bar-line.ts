/** Draws a stretch of time as a line of block characters, to an eighth of a column where it ends. */
import type { Timeline } from '../core/report.js'

/** By eighths that are filled from the left; Unicode has a half and an eighth from the right. */
const FROM_LEFT = [' ', '▏', '▎', '▍', '▌', '▋', '▊', '▉', '█']
const EIGHTHS = 8

/** @param room columns that stand for `totalMs`; the line may be shorter, never longer */
export function barLine({ startMs, lengthMs }: Timeline['bars'][number], totalMs: number, room: number): string {
  const eighths = (ms: number) => Math.round(share(ms, totalMs) * room * EIGHTHS)
  const from = eighths(startMs)
  const to = eighths(startMs + lengthMs)
  if (from >= to) return markAt(from, room)
  const first = Math.floor(from / EIGHTHS)
  const last = Math.floor((to - 1) / EIGHTHS)
  const lead = ' '.repeat(first)
  const begin = from - first * EIGHTHS
  const end = to - last * EIGHTHS
  if (first === last) return lead + (begin + end > EIGHTHS ? fromRight(end - begin) : fromLeft(end - begin))
  return lead + fromRight(EIGHTHS - begin) + '█'.repeat(last - first - 1) + fromLeft(end)
}

/** A point, or what is too short to be drawn. */
function markAt(eighth: number, room: number): string {
  const column = Math.min(room - 1, Math.floor(eighth / EIGHTHS))
  return ' '.repeat(column) + (eighth - column * EIGHTHS < EIGHTHS / 2 ? '▏' : '▕')
}

function fromLeft(eighths: number): string {
  return FROM_LEFT[eighths] ?? ''
}

function fromRight(eighths: number): string {
  if (eighths > 5) return '█'
  return eighths > 2 ? '▐' : '▕'
}

function share(ms: number, totalMs: number): number {
  return totalMs > 0 ? Math.min(1, Math.max(0, ms / totalMs)) : 0
}
