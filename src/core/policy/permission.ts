/** Decides whether an execution role can write to X-Ray, and names what decides. */
import { compare } from '../compare.js'
import { type Answer, allOf } from './answer.js'
import { opinionOn, type ReadPolicy, readPolicy } from './opinion.js'
import { requestFacts } from './request-facts.js'
import type { Role, RolePolicy } from './role.js'
import { type Case, type Ruling, rule } from './ruling.js'
import { allowed } from './wording.js'

export type { Answer } from './answer.js'

/** Both are needed: segments without telemetry records still leave the daemon failing. */
export const TRACE_WRITE_ACTIONS = ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'] as const

export interface Permission {
  answer: Answer
  /** One line for people: the policy and statement that decide, or what could not be read. */
  because: string
}

/**
 * Decided by effective action, never by a policy's name. The order of the policies changes neither the answer nor the
 * words. A `yes` speaks for the role alone: service control policies are not seen. Without a region, what depends on it
 * is unknown; no condition key known here depends on the partition.
 */
export function traceWritePermission(role: Role, context: { region?: string; partition?: string }): Permission {
  if (role.missing) return { answer: 'no', because: `role ${role.name} no longer exists` }
  if (role.trustsLambda === false)
    return { answer: 'no', because: `role ${role.name} does not trust lambda.amazonaws.com: Lambda cannot assume it` }
  const facts = requestFacts(role, context.region)
  const policies = [...role.policies].sort(byName).map((policy) => readPolicy(policy, labelOf(policy)))
  const boundary = role.boundary && readPolicy(role.boundary, `permissions boundary ${role.boundary.name}`)
  const roleGap = role.unreadable === undefined ? undefined : `role ${role.name} could not be read: ${role.unreadable}`
  const cases = TRACE_WRITE_ACTIONS.map((action) => ({
    action,
    policies: policies.map((policy) => opinionOn(action, policy, facts)),
    boundary: boundary && opinionOn(action, boundary, facts),
    roleGap,
  }))
  const rulings = cases.map(rule)
  const answer = allOf(rulings.map((ruling) => ruling.answer))
  return { answer, because: answer === 'yes' ? grounds(cases, boundary) : decisive(rulings, answer) }
}

function decisive(rulings: readonly Ruling[], answer: Answer): string {
  const agreeing = rulings.filter((ruling) => ruling.answer === answer).sort((a, b) => a.rank - b.rank)
  return agreeing[0]?.because ?? ''
}

/** One policy that allows everything is the shorter story than two that share it. */
function grounds(cases: readonly Case[], boundary: ReadPolicy | undefined): string {
  const candidates = cases[0]?.policies ?? []
  const whole = candidates.findIndex((_, index) => cases.every((one) => one.policies[index]?.allow === 'yes'))
  const grants = cases.flatMap(({ action, policies }) => {
    const opinion = policies[whole] ?? policies.find(({ allow }) => allow === 'yes')
    return opinion === undefined ? [] : [[action, opinion] as const]
  })
  return `${allowed(grants)}${boundary === undefined ? '' : `, within ${boundary.label}`}`
}

function labelOf(policy: RolePolicy): string {
  return policy.source === 'inline' ? `inline policy ${policy.name}` : policy.name
}

function byName(a: RolePolicy, b: RolePolicy): number {
  return compare(a.name, b.name) || compare(a.source, b.source) || compare(a.arn ?? '', b.arn ?? '')
}
