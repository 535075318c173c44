/** What became of the permissions of roles that a plan gives or takes back. */
import { accountOfArn } from '../../core/arn.js'
import { roleNameOf } from '../../core/lambda-function.js'
import type { GrantStep, Plan, RevokeStep } from '../../core/plan/plan.js'
import type { StepOutcome } from '../../rollout/step-outcome.js'

export interface RoleChange {
  role: string
  how: GrantStep['how']
  policy: string
  change: 'grant' | 'revoke'
  result: 'done' | 'planned' | 'failed' | 'left'
}

export function roleChanges(plan: Plan, outcomes: ReadonlyMap<string, StepOutcome>): RoleChange[] {
  const steps = plan.steps.filter(
    (step): step is GrantStep | RevokeStep => step.kind === 'grant' || step.kind === 'revoke',
  )
  return steps.map(({ id, kind, role, how, policy }) => ({
    role,
    how,
    policy,
    change: kind,
    result: outcomes.get(id)?.status ?? 'planned',
  }))
}

const DONE_TO_ROLES = {
  grant: { done: 'was given', planned: 'would be given', failed: 'could not be given', left: 'was not given' },
  revoke: { done: 'lost', planned: 'would lose', failed: 'could not lose', left: 'did not lose' },
} as const

/** The account is named only where there are several: each may have a role of the same name. */
export function roleNotes(changes: readonly RoleChange[]): string[] {
  const several = new Set(changes.map(({ role }) => accountOfArn(role))).size > 1
  return changes.map(({ role, how, policy, change, result }) => {
    const whose = several ? ` of account ${accountOfArn(role)}` : ''
    const what = `the ${how === 'inline' ? 'inline ' : ''}policy ${roleNameOf(policy)}`
    return `role ${roleNameOf(role)}${whose} ${DONE_TO_ROLES[change][result]} ${what}`
  })
}
