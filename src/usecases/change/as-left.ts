/** What was observed of a function, brought up to what a run did: read back, granted, published. */
import type { LambdaFunction, TracingMode } from '../../core/lambda-function.js'
import { afterGrant } from '../../core/policy/grant.js'
import { traceWritePermission } from '../../core/policy/permission.js'
import type { Role } from '../../core/policy/role.js'
import type { Observation } from '../../core/verdict.js'
import type { StepOutcome } from '../../rollout/step-outcome.js'

/** The observation as it stands after the run: what was read back, and what was granted. */
export function asLeft(
  seen: Observation,
  outcomes: ReadonlyMap<string, StepOutcome>,
  roles: ReadonlyMap<string, Role>,
): Observation {
  const { fn } = seen
  const set = outcomes.get(`setMode:${fn.arn}`)
  const now = set?.status === 'done' && set.fn ? set.fn : fn
  const grant = outcomes.get(`grant:${fn.role}`)
  const role = roles.get(fn.role)
  const granted =
    grant?.status === 'done' && grant.step.kind === 'grant' && role
      ? afterGrant(role, grant.step.how, fn.partition)
      : undefined
  return {
    ...seen,
    fn: now,
    permission: granted ? traceWritePermission(granted, fn) : seen.permission,
    aliases: movedAliases(seen, outcomes),
  }
}

/** An alias that was moved serves one version, which was published Active. */
function movedAliases(
  { fn, aliases }: Observation,
  outcomes: ReadonlyMap<string, StepOutcome>,
): Observation['aliases'] {
  if ('unreadable' in aliases) return aliases
  return {
    value: aliases.value.map((alias) => {
      const moved = outcomes.get(`moveAlias:${fn.arn}:${alias.name}`)
      const version = publishedBy(outcomes.get(`publish:${fn.arn}`))
      if (moved?.status === 'done' && version) return { ...alias, version, weights: {}, modes: { [version]: 'Active' } }
      const renewed = outcomes.get(`publishLatest:${fn.arn}`)
      if (renewed?.status === 'done' && alias.version === '$LATEST.PUBLISHED')
        return { ...alias, modes: { [alias.version]: 'Active' } }
      return alias.version === '$LATEST'
        ? { ...alias, modes: { ...alias.modes, $LATEST: modeAfter(fn, outcomes) } }
        : alias
    }),
  }
}

function modeAfter(fn: LambdaFunction, outcomes: ReadonlyMap<string, StepOutcome>): TracingMode {
  const set = outcomes.get(`setMode:${fn.arn}`)
  return set?.status === 'done' && set.step.kind === 'setMode' ? set.step.to : fn.mode
}

function publishedBy(outcome: StepOutcome | undefined): string | undefined {
  return outcome?.status === 'done' ? outcome.note : undefined
}
