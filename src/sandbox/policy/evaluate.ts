/** Whether a set of policies lets a role do one action on every resource. */
import { listOf, type PolicyDocument, type PolicyStatement, statementsOf } from './document.js'
import { matchesWildcard } from './wildcard.js'

export interface RolePolicies {
  readonly identity: readonly PolicyDocument[]
  /** Absent: no boundary. */
  readonly boundary?: PolicyDocument
}

/** Deny wins; the boundary, where there is one, must allow it too. */
export function allows(policies: RolePolicies, action: string): boolean {
  const { identity, boundary } = policies
  const everything = boundary === undefined ? identity : [...identity, boundary]
  if (everything.some((document) => decides(document, 'Deny', action))) return false
  if (boundary !== undefined && !decides(boundary, 'Allow', action)) return false
  return identity.some((document) => decides(document, 'Allow', action))
}

function decides(document: PolicyDocument, effect: 'Allow' | 'Deny', action: string): boolean {
  return statementsOf(document).some(
    (statement) =>
      statement.Effect === effect &&
      coversAction(statement, action) &&
      coversEveryResource(statement) &&
      conditionHolds(statement, effect),
  )
}

function coversAction(statement: PolicyStatement, action: string): boolean {
  const matches = (pattern: string) => matchesWildcard(pattern, action)
  if (statement.NotAction !== undefined) return !listOf(statement.NotAction).some(matches)
  return listOf(statement.Action).some(matches)
}

/** X-Ray's writing actions know no resources: only what covers `*` covers them. */
function coversEveryResource(statement: PolicyStatement): boolean {
  const matches = (pattern: string) => matchesWildcard(pattern, '*')
  if (statement.NotResource !== undefined) return !listOf(statement.NotResource).some(matches)
  return listOf(statement.Resource).some(matches)
}

/** What is not understood is taken the strict way: an Allow fails, a Deny holds. */
function conditionHolds(statement: PolicyStatement, effect: 'Allow' | 'Deny'): boolean {
  if (statement.Condition === undefined) return true
  const operators = Object.entries(statement.Condition)
  const understood = operators.every(([operator, keys]) =>
    Object.entries(keys).every(
      ([key, value]) =>
        operator === 'StringEquals' &&
        key.toLowerCase() === 'aws:resourceaccount' &&
        listOf(value).some((candidate) => candidate.toLowerCase() === '$' + '{aws:principalaccount}'),
    ),
  )
  return understood || effect === 'Deny'
}
