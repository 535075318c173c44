/** How large a rules file may be, measured before the package builds it up. */
import type { CST } from 'yaml'

/** UTF-16 units, with aliases written out. */
export const LARGEST = 1_000_000
/** Levels. A rules file needs six; the package builds level within level, and many would use up the stack. */
export const DEEPEST = 20
/** Words, signs and gaps between them: 1 MB of rules, one for each function, has fewer; each takes the package time. */
const MOST = 500_000

/** @returns where it goes beyond, and what is too much there */
export function excessOf(document: CST.Document): { offset: number; says: string } | undefined {
  const open: Array<{ token: CST.Token; depth: number }> = [{ token: document, depth: 0 }]
  let count = 0
  for (let next = open.pop(); next; next = open.pop()) {
    const { token, depth } = next
    if (depth > DEEPEST) return { offset: token.offset, says: 'this is nested too deeply' }
    count += 1 + ('end' in token && token.end ? token.end.length : 0)
    for (const { start, key, sep, value } of partsOf(token)) {
      count += 1 + start.length + (sep ? sep.length : 0)
      if (key) open.push({ token: key, depth: depth + 1 })
      if (value) open.push({ token: value, depth: depth + 1 })
    }
    if (count > MOST) return { offset: document.offset, says: 'the file has too many words and signs' }
  }
  return undefined
}

function partsOf(token: CST.Token): readonly CST.CollectionItem[] {
  if (token.type === 'document') return [token]
  return 'items' in token ? token.items : []
}
