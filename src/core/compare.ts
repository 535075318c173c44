/** The one order of names and ids. */

/** By code units: `localeCompare` would order by the machine's language, and loads ICU. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
