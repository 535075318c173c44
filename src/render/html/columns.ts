/** What must be known of a column to lay it out and to filter by it. */
import { compare } from '../../core/compare.js'
import type { Section } from '../../core/report.js'
import { textOf } from '../text-of.js'
import { cellText } from './cell.js'

export interface ColumnFacts {
  name: string
  /** Characters of its longest text. */
  longest: number
  /** Holds nothing but figures: they are compared, not chosen from. */
  figures: boolean
  /** Its texts in order, where they are few enough to choose from; else empty. */
  choices: [text: string, rows: number][]
}

/** Every region, or the accounts of a small organization. */
const MOST_CHOICES = 40
const LONGEST_CHOICE = 40

export function columnsOf({ columns = [], rows }: Section): ColumnFacts[] {
  return columns.map((column, index) => {
    const texts = rows.map((row) => cellText(row[index]))
    const longest = texts.reduce((most, text) => Math.max(most, text.length), 0)
    const figures = texts.every(isFigure) && texts.some((text) => text !== '')
    return {
      name: textOf(column),
      longest,
      figures,
      choices: figures || longest > LONGEST_CHOICE ? [] : choicesAmong(texts),
    }
  })
}

/** An account's id is a name. */
function isFigure(text: string): boolean {
  return text === '' || (/^-?\d+(\.\d+)?$/.test(text) && !/^\d{12}$/.test(text))
}

/** None where all rows are alike, and none where hardly two are. */
function choicesAmong(texts: readonly string[]): [string, number][] {
  const rows = new Map<string, number>()
  for (const text of texts) rows.set(text, (rows.get(text) ?? 0) + 1)
  const few = rows.size > 1 && rows.size <= MOST_CHOICES && rows.size * 2 <= texts.length
  return few ? [...rows].sort(([a], [b]) => compare(a, b)) : []
}
