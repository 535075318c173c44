/** Judges one function by the rules, and compares it with the template that it came from. */
import { type Assessment, assess, withOwner } from '../../core/drift/assess.js'
import { differsFromTemplate } from '../../core/drift/templates-on-hand.js'
import { functionRow, ownerFromTags } from '../../core/function-row.js'
import type { Role } from '../../core/policy/role.js'
import type { Demand } from '../../core/rules/rules.js'
import { judge, type Observation } from '../../core/verdict.js'
import type { AuditRequest } from './request.js'

export interface Assessed extends Assessment {
  seen: Observation
}

/** @param role absent where it was not read */
export function assessFunction(
  seen: Observation,
  demand: Demand | { undecided: string },
  role: Role | undefined,
  { today, latestOnly }: AuditRequest,
): Assessed {
  return { seen, ...assess(functionRow(seen, judge(seen)), seen, demand, { today, latestOnly, ...(role && { role }) }) }
}

/** The same with the stack that made the function, and with what that stack's template says otherwise. */
export function withOrigin(
  one: Assessed,
  tags: Readonly<Record<string, string>>,
  { templates }: AuditRequest,
): Assessed {
  const owner = ownerFromTags(tags)
  const owned = owner ? withOwner(one, owner) : one
  const differs = templates && differsFromTemplate(owned.row, templates.declared)
  return differs ? { ...owned, findings: [...owned.findings, differs] } : owned
}
