/** The account of each function in a table: its rows stand under it where there are several. */
import type { Column, Section } from '../core/report.js'

/** A terminal leaves it out where there is only one. */
export const ACCOUNT_COLUMN: Column = { text: 'ACCOUNT', wide: true }

/** @param index of the column; an account that is not known makes no group */
export function byAccount(rows: ReadonlyArray<{ account: string | null }>, index: number): Pick<Section, 'groupBy'> {
  return new Set(rows.flatMap(({ account }) => account ?? [])).size > 1 ? { groupBy: index } : {}
}
