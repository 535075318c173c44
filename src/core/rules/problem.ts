/** What is wrong in a rules file and where, as the one line that a person reads. */
import { XtraceError } from '../../errors.js'

/** 1-based; columns count UTF-16 units, as editors do. */
export interface Place {
  line: number
  column: number
}

export interface Problem {
  at: Place
  /** Without a full stop; what the file holds stands in it only quoted. */
  says: string
}

/** Takes a problem down; it answers undefined so that a reader can end with it. */
export type Report = (at: Place, says: string) => undefined

/**
 * @param problems at least one
 * @returns `FILE:LINE:COLUMN: …` of the first in the file, and how many more there are
 */
export function unreadable(file: string, problems: readonly Problem[]): XtraceError {
  const { at, says } = problems.reduce((first, other) => (isBefore(other.at, first.at) ? other : first))
  const more = new Set(problems.map(({ at, says }) => `${at.line}:${at.column}: ${says}`)).size - 1
  const others = more === 0 ? '' : more === 1 ? '; there is 1 more problem' : `; there are ${more} more problems`
  return new XtraceError('UNREADABLE_RULES', `${visible(file)}:${at.line}:${at.column}: ${says}${others}.`)
}

function isBefore(a: Place, b: Place): boolean {
  return a.line < b.line || (a.line === b.line && a.column < b.column)
}

const LONGEST_QUOTE = 60

/** Text of the file in quotes, cut if it is long; what cannot be seen, or would break the line, is escaped. */
export function quote(text: string): string {
  const cut = text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE - 3)}...` : text
  return `"${visible(cut)}"`
}

/** Controls, half characters, line separators, reading directions, widths of zero; not what joins letters and emoji. */
const INVISIBLE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]|(?![\u200c\u200d])\p{Cf}/gu

export function hasInvisible(text: string): boolean {
  return text.search(INVISIBLE) >= 0
}

/** Invisible characters as `\u{…}`. */
export function visible(text: string): string {
  return text.replace(INVISIBLE, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`)
}
