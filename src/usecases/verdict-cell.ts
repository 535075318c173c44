/** A verdict as a table cell: its word, in the tone that it has everywhere. */
import type { Cell, Tone } from '../core/report.js'
import type { Verdict } from '../core/verdict.js'

const TONES: Record<Verdict, Tone> = {
  traced: 'good',
  off: 'warn',
  blind: 'bad',
  stale: 'bad',
  exempt: 'dim',
  unsupported: 'dim',
  unknown: 'warn',
}

export function verdictCell(verdict: Verdict): Cell {
  return { text: verdict, tone: TONES[verdict] }
}
