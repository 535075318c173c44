/** Decides the conditions of a statement from what is known of the request. */
import { type Answer, allOf, answerOf, anyOf, negate } from './answer.js'
import type { Condition, Statement } from './document.js'
import { toPattern } from './pattern.js'
import type { RequestFacts } from './request-facts.js'
import { matches, matchesArn, type Pattern } from './wildcard.js'

interface Comparison {
  wildcards: boolean
  negated: boolean
  ignoreCase?: boolean
  match: (pattern: Pattern, text: string) => Answer
}

const exact = { wildcards: false, match: matches }
const like = { wildcards: true, match: matches }
const arn = { wildcards: true, match: matchesArn }

/** By exact name; every other operator stays undecided. Source: IAM user guide, "Condition operators". */
const COMPARISONS: ReadonlyMap<string, Comparison> = new Map<string, Comparison>([
  ['StringEquals', { ...exact, negated: false }],
  ['StringNotEquals', { ...exact, negated: true }],
  ['StringEqualsIgnoreCase', { ...exact, negated: false, ignoreCase: true }],
  ['StringNotEqualsIgnoreCase', { ...exact, negated: true, ignoreCase: true }],
  ['StringLike', { ...like, negated: false }],
  ['StringNotLike', { ...like, negated: true }],
  ['ArnEquals', { ...arn, negated: false }],
  ['ArnLike', { ...arn, negated: false }],
  ['ArnNotEquals', { ...arn, negated: true }],
  ['ArnNotLike', { ...arn, negated: true }],
])

const IF_EXISTS = 'IfExists'

/** All conditions must hold. */
export function conditionsHold(statement: Statement, facts: RequestFacts): Answer {
  return allOf(statement.conditions.map((condition) => holds(condition, statement, facts)))
}

/** The condition keys that keep the statement undecided, each once, in the order written. */
export function undecidedKeys(statement: Statement, facts: RequestFacts): string[] {
  const undecided = statement.conditions.filter((condition) => holds(condition, statement, facts) === 'unknown')
  return [...new Set(undecided.map((condition) => condition.key))]
}

/** `…IfExists` changes nothing for a key that is known to be there. What an empty list of values means is not documented. */
function holds(condition: Condition, statement: Statement, facts: RequestFacts): Answer {
  const fact = facts.get(condition.key.toLowerCase())
  if (fact === undefined || condition.values.length === 0) return 'unknown'
  const { operator } = condition
  if (operator === 'Null') return anyOf(condition.values.map((value) => isNull(value)))
  const name = operator.endsWith(IF_EXISTS) ? operator.slice(0, -IF_EXISTS.length) : operator
  if (name === 'Bool') return anyOf(condition.values.map((value) => sameBoolean(value, fact)))
  const comparison = COMPARISONS.get(name)
  if (comparison === undefined) return 'unknown'
  const rules = { ...comparison, ...(statement.variables ? { variables: facts } : {}) }
  const text = comparison.ignoreCase ? fact.toLowerCase() : fact
  const matched = anyOf(condition.values.map((value) => comparison.match(toPattern(value, rules), text)))
  return comparison.negated ? negate(matched) : matched
}

/** `"Null": {key: "false"}` asks that the key be there, and a known key is. */
function isNull(value: string): Answer {
  const wanted = toBoolean(value)
  return wanted === undefined ? 'unknown' : answerOf(!wanted)
}

function sameBoolean(value: string, fact: string): Answer {
  const wanted = toBoolean(value)
  const given = toBoolean(fact)
  return wanted === undefined || given === undefined ? 'unknown' : answerOf(wanted === given)
}

function toBoolean(text: string): boolean | undefined {
  const folded = text.toLowerCase()
  if (folded === 'true') return true
  return folded === 'false' ? false : undefined
}
