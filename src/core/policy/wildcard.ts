/** Matches a text against an IAM pattern with wildcards, in a time that no pattern can blow up. */
import { type Answer, answerOf } from './answer.js'

/** `?`: exactly one character. */
export const ANY_ONE = -1
/** `*`: any run of characters, the empty one too. */
export const ANY_RUN = -2
/** A text that cannot be known here, such as a policy variable that only the real request fills. */
export const UNKNOWN_TEXT = -3

/** Literal UTF-16 code units and the three marks above; kept apart so that a literal `*` is not a wildcard. */
export type Pattern = readonly number[]

/**
 * Whether the whole text fits. With an unknown text inside, the answer is `no` where nothing could make it fit, else
 * `unknown`.
 */
export function matches(pattern: Pattern, text: string): Answer {
  if (!fits(pattern, text)) return 'no'
  return pattern.includes(UNKNOWN_TEXT) ? 'unknown' : 'yes'
}

/**
 * Every run of wildcards is given the shortest text first, and only the last run is ever revised. So the steps are at
 * most the pattern's length plus the square of the text's: linear in the pattern, which a stranger may have written,
 * while the text is an action name, `*` or a role ARN.
 */
function fits(pattern: Pattern, text: string): boolean {
  let at = 0
  let position = 0
  let afterRun = -1
  let runEnd = 0
  while (position < text.length) {
    const mark = pattern[at]
    if (isRun(mark)) {
      at += 1
      afterRun = at
      runEnd = position
    } else if (mark === ANY_ONE || mark === text.charCodeAt(position)) {
      at += 1
      position += 1
    } else if (afterRun >= 0) {
      runEnd += 1
      position = runEnd
      at = afterRun
    } else {
      return false
    }
  }
  while (isRun(pattern[at])) at += 1
  return at === pattern.length
}

function isRun(mark: number | undefined): boolean {
  return mark === ANY_RUN || mark === UNKNOWN_TEXT
}

const COLON = 58
const ARN_PARTS = 6

/**
 * ArnEquals and ArnLike, which are the same: each of the six parts of an ARN is matched by itself, so a `*` does not
 * reach across a colon before the last part. Where the parts cannot be told apart (too few of them, or an unknown text
 * that may hold colons), only a pattern that cannot fit in any way is decided.
 * Source: IAM user guide, "Condition operators", Amazon Resource Name.
 */
export function matchesArn(pattern: Pattern, arn: string): Answer {
  const whole = matches(pattern, arn)
  if (whole !== 'yes') return whole
  const wanted = patternParts(pattern)
  const given = arnParts(arn)
  if (wanted.length < ARN_PARTS || given.length < ARN_PARTS) return 'unknown'
  return answerOf(wanted.every((part, index) => fits(part, given[index] ?? '')))
}

function patternParts(pattern: Pattern): Pattern[] {
  const parts: Pattern[] = []
  let start = 0
  while (parts.length < ARN_PARTS - 1) {
    const colon = pattern.indexOf(COLON, start)
    if (colon < 0) break
    parts.push(pattern.slice(start, colon))
    start = colon + 1
  }
  return [...parts, pattern.slice(start)]
}

function arnParts(arn: string): string[] {
  const parts = arn.split(':')
  return [...parts.slice(0, ARN_PARTS - 1), parts.slice(ARN_PARTS - 1).join(':')]
}
