/** Decides what turning tracing on or off takes, function by function, from what was read. */
import { isSettling, roleNameOf, type TracingMode } from '../lambda-function.js'
import { afterGrant, INLINE_POLICY_NAME, isReserved, managedPolicyArn } from '../policy/grant.js'
import { traceWritePermission } from '../policy/permission.js'
import type { Role } from '../policy/role.js'
import { type Observation, whyUnsupported } from '../verdict.js'
import { type GrantChoice, type GrantStep, makePlan, type Plan, type SetModeStep, type Step } from './plan.js'
import { missingAlias, type PublishChoice, planPublish } from './plan-publish.js'
import { isOurInline, planRevokes, type RevokeEvidence } from './plan-revoke.js'

export interface PlanRequest {
  to: TracingMode
  grants: GrantChoice
  observations: Observation[]
  /** ARN → what was read; a role that is missing here was not read. */
  roles: ReadonlyMap<string, Role>
  /** Functions that X-Ray cannot trace are passed over; otherwise, as when they were named, refused. */
  passOverUnsupported?: boolean
  /** Let aliases serve the change as well. */
  publish?: PublishChoice
  /** Take permissions back that are no longer needed; with what is known of who needs them. */
  revoke?: RevokeEvidence
}

/** What one function takes; steps in the order of their dependencies. */
export interface Decision {
  steps: Step[]
  unchanged: Plan['unchanged']
  refused: Plan['refused']
}

export function planChange(request: PlanRequest): Plan {
  const decisions = request.observations.map((seen) => decideChange(seen, request))
  const revokes = request.revoke ? planRevokes(request.revoke, request.observations, request.roles) : []
  return makePlan(
    [...decisions.flatMap((one) => one.steps), ...revokes],
    decisions.flatMap((one) => one.unchanged),
    decisions.flatMap((one) => one.refused),
  )
}

export function decideChange(seen: Observation, request: Omit<PlanRequest, 'observations' | 'revoke'>): Decision {
  const { fn } = seen
  if (request.to === 'PassThrough') {
    if (fn.mode === 'PassThrough') return unchanged(seen, 'already PassThrough')
    return { ...nothing(), steps: [setModeStep(seen, request.to, [])] }
  }
  const impossible = whyUnsupported(seen)
  if (impossible && request.passOverUnsupported) return unchanged(seen, impossible)
  if (impossible) return refuse(seen, impossible.startsWith('runtime') ? 'RUNTIME_BLOCKED' : 'UNSUPPORTED', impossible)
  const missing = request.publish && missingAlias(seen, request.publish)
  if (missing !== undefined) return refuse(seen, 'ALIAS_UNKNOWN', `function ${fn.name} has no alias ${missing}`)
  const role = request.roles.get(fn.role)
  if (role?.trustsLambda === false) return refuse(seen, 'ROLE_NOT_ASSUMABLE', seen.permission.because)
  const granting = decideGrant(seen, role, request.grants)
  if ('refused' in granting) return granting
  const grants = granting.grant ? [granting.grant] : []
  const modes =
    fn.mode === 'Active'
      ? []
      : [
          setModeStep(
            seen,
            request.to,
            grants.map((grant) => grant.id),
          ),
        ]
  const publishing = request.publish ? planPublish(seen, request.publish, [...grants, ...modes]) : nothing()
  const steps = [...grants, ...modes, ...publishing.steps]
  if (steps.length === 0 && publishing.refused.length === 0)
    return unchanged(seen, `already Active; ${seen.permission.because}`)
  return { steps, unchanged: [], refused: publishing.refused }
}

/** A grant is planned only where the role surely cannot write and the grant surely helps. */
function decideGrant(seen: Observation, role: Role | undefined, how: GrantChoice): Decision | { grant?: GrantStep } {
  if (seen.permission.answer !== 'no') return {}
  const roleName = roleNameOf(seen.fn.role)
  if (!role || role.missing) return refuse(seen, 'ROLE_NOT_FOUND', `execution role ${roleName} no longer exists`)
  if (isReserved(role))
    return refuse(seen, 'ROLE_UNMODIFIABLE', `role ${roleName} cannot write traces, and only AWS may change it`)
  const { region, partition } = seen.fn
  const helped = traceWritePermission(afterGrant(role, how === 'none' ? 'managed' : how, partition), {
    region,
    partition,
  })
  if (helped.answer === 'no')
    return refuse(seen, 'ROLE_DENIED', `a grant would not help role ${roleName}: ${helped.because}`)
  if (how === 'none')
    return refuse(seen, 'ROLE_CANNOT_WRITE', `role ${roleName} cannot write traces: ${seen.permission.because}`)
  if (how === 'inline' && hasForeignInline(role))
    return refuse(
      seen,
      'ROLE_CANNOT_WRITE',
      `role ${roleName} has an inline policy ${INLINE_POLICY_NAME} of somebody else, which the grant would overwrite`,
    )
  const policy = how === 'managed' ? managedPolicyArn(partition) : INLINE_POLICY_NAME
  const blind = seen.fn.mode === 'Active' ? { blind: [seen.fn.arn] } : {}
  return {
    grant: { kind: 'grant', id: `grant:${role.arn}`, role: role.arn, how, policy, ...blind, after: [] },
  }
}

/** What stands there could not be given back by undo. */
function hasForeignInline({ policies }: Role): boolean {
  return policies.some((one) => one.source === 'inline' && one.name === INLINE_POLICY_NAME && !isOurInline(one))
}

/** The revision of an update that runs is gone when it ends, though nobody has changed anything since. */
export function setModeStep({ fn }: Pick<Observation, 'fn'>, to: TracingMode, after: string[]): SetModeStep {
  return {
    kind: 'setMode',
    id: `setMode:${fn.arn}`,
    function: fn.arn,
    from: fn.mode,
    to,
    ...(fn.revisionId !== undefined && !isSettling(fn) && { revisionId: fn.revisionId }),
    after,
  }
}

function nothing(): Decision {
  return { steps: [], unchanged: [], refused: [] }
}

function unchanged({ fn }: Observation, because: string): Decision {
  return { ...nothing(), unchanged: [{ function: fn.arn, because }] }
}

function refuse({ fn }: Observation, code: Plan['refused'][number]['code'], because: string): Decision {
  return { ...nothing(), refused: [{ function: fn.arn, code, because }] }
}
