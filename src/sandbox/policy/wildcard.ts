/** Matches `*` and `?` patterns, in any case, without regular expressions. */

/** Goes back to the last star only, so a hostile pattern costs no more than pattern × text. */
export function matchesWildcard(pattern: string, text: string): boolean {
  const wanted = pattern.toLowerCase()
  const given = text.toLowerCase()
  let at = 0
  let star = -1
  let resume = 0
  let index = 0
  while (index < given.length) {
    if (at < wanted.length && wanted[at] === '*') {
      star = at
      resume = index
      at += 1
    } else if (at < wanted.length && (wanted[at] === '?' || wanted[at] === given[index])) {
      at += 1
      index += 1
    } else if (star >= 0) {
      at = star + 1
      resume += 1
      index = resume
    } else {
      return false
    }
  }
  while (wanted[at] === '*') at += 1
  return at === wanted.length
}
