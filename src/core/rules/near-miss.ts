/** Finds the word that somebody probably meant. */

const LONGEST = 40

/** @returns the nearest of the words at two slips of the pen at most, or one that begins with the same four letters */
export function nearMiss(written: string, words: readonly string[]): string | undefined {
  if (written.length > LONGEST) return undefined
  const lower = written.toLowerCase()
  const slips = words.map((word) => [word, distance(lower, word.toLowerCase())] as const)
  const [nearest] = slips.filter(([, count]) => count <= 2).sort((a, b) => a[1] - b[1])
  return nearest?.[0] ?? words.find((word) => word.length >= 4 && lower.startsWith(word.slice(0, 4).toLowerCase()))
}

/** Levenshtein's: letters to insert, to drop or to replace. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (const [index, letter] of [...a].entries()) {
    const next = [index + 1]
    for (const [column, other] of [...b].entries()) {
      const [left = 0, above = 0, diagonal = 0] = [next[column], row[column + 1], row[column]]
      next.push(Math.min(left + 1, above + 1, diagonal + (letter === other ? 0 : 1)))
    }
    row = next
  }
  return row.at(-1) ?? 0
}
