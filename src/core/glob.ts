/** Globs, compiled; one that cannot mean what it seems to is refused, not left to match nothing. */
import picomatch from 'picomatch'

/** What globs are of: the words for it, and the letters that it is made of. */
export interface GlobSubject {
  noun: string
  letters: RegExp
}

export const FUNCTION_NAME: GlobSubject = { noun: 'function name', letters: /^[\w.-]*$/ }
export const RUNTIME: GlobSubject = { noun: 'runtime', letters: /^[a-z0-9._-]*$/ }

const OPTIONS = { dot: true, bash: true }
/** Each star or group makes the package try every rest of a name: seven take seconds for one name. */
const MOST_BRANCHES = 5

/** Of whole words; no glob at all matches nothing. */
export function anyGlob(globs: readonly string[]): (text: string) => boolean {
  return picomatch([...globs], OPTIONS)
}

export function isGlob(text: string): boolean {
  return /[^\w.-]/.test(text)
}

/** Everything but; `!(` opens a group. */
export function isExclusion(glob: string): boolean {
  return /^!(?!\()/.test(glob)
}

/** @returns what follows after quoting the glob; undefined when nothing is wrong with it */
export function faultOfGlob(glob: string, { noun, letters }: GlobSubject): string | undefined {
  if (glob === '') return 'is empty: "*" is any'
  if (/\[!/.test(glob)) return 'has a "[!": write [^ab] for none of these letters'
  if (/\.\./.test(glob)) return 'has a "..": write {1,2,3} with all that is meant'
  if (/[+*]\(/.test(glob)) return 'repeats a group: write * for any letters'
  if (glob.split(/[*(]/).length - 1 > MOST_BRANCHES)
    return `has more than ${MOST_BRANCHES} stars or groups: make it several globs`
  if (isGlob(glob) && !compiles(glob)) return 'is not a glob: a bracket has no other half, or a range runs backwards'
  return letters.test(literalsOf(glob)) ? undefined : `can match no ${noun}`
}

/** The package itself takes a broken bracket for a letter, and a broken pattern for one that matches nothing. */
function compiles(glob: string): boolean {
  try {
    picomatch.makeRe(glob, { ...OPTIONS, strictBrackets: true, debug: true })
    return true
  } catch {
    return false
  }
}

/** What stands for itself; signs that mean nothing without their bracket stand for themselves. */
function literalsOf(glob: string): string {
  let rest = glob.replace(/^!(?=.)/, '').replace(/[*?]/g, '')
  if (/\[.+\]/.test(rest)) rest = rest.replace(/[[\]^]/g, '')
  if (/\{.*,.*\}/.test(rest)) rest = rest.replace(/[{},]/g, '')
  if (/\(.+\)/.test(rest)) rest = rest.replace(/[()@!+|]/g, '')
  return rest
}
