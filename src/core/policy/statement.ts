/** Decides whether one statement applies to a request for an action on the resource `*`. */
import { type Answer, allOf, anyOf, negate } from './answer.js'
import { conditionsHold } from './condition.js'
import type { Selector, Statement } from './document.js'
import { toPattern } from './pattern.js'
import type { RequestFacts } from './request-facts.js'
import { matches } from './wildcard.js'

/** X-Ray's writing actions have no resource types, so what is asked for is `*` and only a pattern for it counts. */
const RESOURCE = '*'

/** Actions are compared in any case, resources exactly. Source: IAM user guide, "IAM JSON policy elements". */
export function applies(statement: Statement, action: string, facts: RequestFacts): Answer {
  return allOf([
    selectsAction(statement, action),
    statement.resources === undefined ? 'unknown' : selectsResource(statement.resources, statement, facts),
    conditionsHold(statement, facts),
  ])
}

export function selectsAction(statement: Statement, action: string): Answer {
  const rules = { wildcards: true, ignoreCase: true }
  const text = action.toLowerCase()
  return select(statement.actions, (pattern) => matches(toPattern(pattern, rules), text))
}

function selectsResource(resources: Selector, statement: Statement, facts: RequestFacts): Answer {
  const rules = { wildcards: true, ...(statement.variables ? { variables: facts } : {}) }
  return select(resources, (pattern) => matches(toPattern(pattern, rules), RESOURCE))
}

function select(selector: Selector, match: (pattern: string) => Answer): Answer {
  const matched = anyOf(selector.patterns.map(match))
  return selector.except ? negate(matched) : matched
}
