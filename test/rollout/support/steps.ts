/** Steps and plans as the planner makes them, for tests that carry them out. */
import type { GrantStep, MoveAliasStep, PublishStep, RevokeStep, SetModeStep } from '../../../src/core/plan/plan.js'
import { makePlan, type Plan, type Step } from '../../../src/core/plan/plan.js'
import type { Role } from '../../../src/core/policy/role.js'
import { ACCOUNT, functionArn } from '../../core/build-observation.js'
import { role } from '../../core/policy/build-role.js'

export const POLICY = 'arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess'

export function roleArn(name: string): string {
  return `arn:aws:iam::${ACCOUNT}:role/${name}`
}

export function roleOf(name: string, policies: Role['policies'] = []): Role {
  return role(policies, { arn: roleArn(name), name })
}

export function grantStep(name: string, more: Partial<GrantStep> = {}): GrantStep {
  const its = roleArn(name)
  return { kind: 'grant', id: `grant:${its}`, role: its, how: 'managed', policy: POLICY, after: [], ...more }
}

/** @param region of the function */
export function modeStep(name: string, more: Partial<SetModeStep> = {}, region = 'us-east-1'): SetModeStep {
  const arn = functionArn(name, region)
  const base = { kind: 'setMode', id: `setMode:${arn}`, function: arn, from: 'PassThrough', to: 'Active' } as const
  return { ...base, revisionId: `${name}-r1`, after: [], ...more }
}

export function publishStep(name: string, more: Partial<PublishStep> = {}): PublishStep {
  const arn = functionArn(name)
  return { kind: 'publish', id: `publish:${arn}`, function: arn, codeSha256: `${name}-code`, after: [], ...more }
}

export function moveStep(name: string, more: Partial<MoveAliasStep> = {}): MoveAliasStep {
  const arn = functionArn(name)
  const publish = `publish:${arn}`
  return {
    kind: 'moveAlias',
    id: `moveAlias:${arn}:live`,
    function: arn,
    alias: 'live',
    from: { version: '1', weights: {} },
    to: { version: { publishedBy: publish } },
    revisionId: 'live-r1',
    after: [publish],
    ...more,
  }
}

export function revoking(name: string, more: Partial<RevokeStep> = {}): RevokeStep {
  const its = roleArn(name)
  return { kind: 'revoke', id: `revoke:${its}:managed`, role: its, how: 'managed', policy: POLICY, after: [], ...more }
}

export function planOf(...steps: Step[]): Plan {
  return makePlan(steps, [], [])
}

/** `['done', 'done', 'left']` → `{ done: 2, left: 1 }` */
export function counted(words: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1
  return counts
}
