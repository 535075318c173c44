/** Turns the text of a policy element into a pattern: wildcards marked, policy variables filled in where known. */
import { ANY_ONE, ANY_RUN, type Pattern, UNKNOWN_TEXT } from './wildcard.js'

interface PatternRules {
  /** Whether `*` and `?` are wildcards here. */
  wildcards: boolean
  /**
   * Values of policy variables by lower-case key. Absent where `${…}` is ordinary text: in actions, and in documents of
   * any version before 2012-10-17.
   */
  variables?: ReadonlyMap<string, string>
  /** Letters match in either case; the text to compare must be in lower case. */
  ignoreCase?: boolean
}

const STAR = 42
const QUESTION_MARK = 63
const DOLLAR = 36

/** Never fails: a variable that is not well formed makes the rest of the text unknown. */
export function toPattern(text: string, rules: PatternRules): Pattern {
  const { wildcards, variables, ignoreCase = false } = rules
  const source = ignoreCase ? text.toLowerCase() : text
  const pattern: number[] = []
  let position = 0
  while (position < source.length) {
    const unit = source.charCodeAt(position)
    if (variables !== undefined && unit === DOLLAR && source.charAt(position + 1) === '{') {
      const { value, end } = readVariable(source, position, variables)
      pushValue(pattern, ignoreCase ? value?.toLowerCase() : value)
      position = end
    } else {
      pattern.push(wildcards ? mark(unit) : unit)
      position += 1
    }
  }
  return pattern
}

function mark(unit: number): number {
  if (unit === STAR) return ANY_RUN
  return unit === QUESTION_MARK ? ANY_ONE : unit
}

/** A value from a variable is literal throughout: a `*` in it is a star, not a wildcard. */
function pushValue(pattern: number[], value: string | undefined): void {
  if (value === undefined) pattern.push(UNKNOWN_TEXT)
  else for (let index = 0; index < value.length; index += 1) pattern.push(value.charCodeAt(index))
}

interface Variable {
  value: string | undefined
  end: number
}

/**
 * `${key}`, `${key, 'default'}`, and the escapes `${*}`, `${?}`, `${$}`. A default stands in only where the request
 * lacks the key, which cannot be known here, so an unknown key stays unknown with a default too.
 * Source: IAM user guide, "Policy elements: Variables and tags".
 */
function readVariable(text: string, start: number, variables: ReadonlyMap<string, string>): Variable {
  const open = start + 2
  const brace = text.indexOf('}', open)
  if (brace < 0) return { value: undefined, end: text.length }
  const inner = text.slice(open, brace)
  const comma = inner.indexOf(',')
  if (comma < 0) return { value: variableValue(inner, variables), end: brace + 1 }
  const end = endOfDefault(text, open + comma + 1)
  if (end === undefined) return { value: undefined, end: text.length }
  return { value: variables.get(inner.slice(0, comma).toLowerCase()), end }
}

function variableValue(name: string, variables: ReadonlyMap<string, string>): string | undefined {
  if (name === '*' || name === '?' || name === '$') return name
  return variables.get(name.toLowerCase())
}

/**
 * The end of a variable whose quoted default begins after `position`, or undefined where it is not well formed. The
 * default may itself hold a brace.
 */
function endOfDefault(text: string, position: number): number | undefined {
  const opening = skipSpaces(text, position)
  if (text.charAt(opening) !== "'") return undefined
  const closing = text.indexOf("'", opening + 1)
  if (closing < 0) return undefined
  const brace = skipSpaces(text, closing + 1)
  return text.charAt(brace) === '}' ? brace + 1 : undefined
}

function skipSpaces(text: string, position: number): number {
  let index = position
  while (text.charAt(index) === ' ') index += 1
  return index
}
