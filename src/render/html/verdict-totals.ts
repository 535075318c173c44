/** How many functions have which verdict. */
import type { Cell, Section } from '../../core/report.js'
import { VERDICTS, type Verdict } from '../../core/verdict.js'
import { textOf } from '../text-of.js'
import { cellText, isVerdict, VERDICT_COLUMN } from './cell.js'

export interface VerdictTotals {
  all: number
  /** In the order of VERDICTS, without zeros. */
  counts: readonly (readonly [Verdict, number])[]
  /** The section that gave the counts, which needs no table of its own then. */
  source?: Section
}

/** From the pairs `verdict – count` where the report has them, else counted in its list; undefined where it has no verdicts. */
export function verdictTotals(table: readonly Section[]): VerdictTotals | undefined {
  const source = table.find((section) => !section.columns && section.rows.some(isCount))
  if (source) return { ...totalsOf((verdict) => countIn(source, verdict)), source }
  const verdicts = table.filter((section) => section.main).flatMap(verdictsOf)
  return verdicts.length > 0 ? totalsOf((verdict) => verdicts.filter((one) => one === verdict).length) : undefined
}

/** A row `blind 12` of a section of pairs. */
export function isCount(row: readonly Cell[]): boolean {
  return isVerdict(cellText(row[0])) && /^\d+$/.test(cellText(row[1]))
}

function countIn(section: Section, verdict: Verdict): number {
  const row = section.rows.find((one) => isCount(one) && cellText(one[0]) === verdict)
  return row ? Number(cellText(row[1])) : 0
}

function verdictsOf(list: Section): string[] {
  const column = list.columns?.findIndex((one) => textOf(one) === VERDICT_COLUMN) ?? -1
  return column < 0 ? [] : list.rows.map((row) => cellText(row[column]))
}

function totalsOf(count: (verdict: Verdict) => number): VerdictTotals {
  const counts = VERDICTS.map((verdict) => [verdict, count(verdict)] as const).filter(([, number]) => number > 0)
  return { all: counts.reduce((sum, [, number]) => sum + number, 0), counts }
}
