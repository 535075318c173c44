/** A change of a text at one place, and how several of them make the new text. */

export interface Splice {
  /** Offsets; equal where something is put in. */
  start: number
  end: number
  text: string
}

export interface Edit extends Splice {
  /** Of `start`; 1-based. */
  line: number
  column: number
  /** What it is for, one line. */
  why: string
}

/** Every character outside the splices stays. They must not overlap. */
export function spliced(text: string, splices: readonly Splice[]): string {
  let result = ''
  let at = 0
  for (const { start, end, text: replacement } of inOrder(splices)) {
    result += text.slice(at, start) + replacement
    at = end
  }
  return result + text.slice(at)
}

export function inOrder<T extends Splice>(splices: readonly T[]): T[] {
  return [...splices].sort((a, b) => a.start - b.start)
}
