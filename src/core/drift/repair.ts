/** Says what puts a drifting function right: a command to paste, or a sentence where no command helps. */
import type { ErrorCode } from '../../errors.js'
import { decideChange } from '../plan/plan-change.js'
import { planPublish } from '../plan/plan-publish.js'
import type { Role } from '../policy/role.js'
import { shellWord } from '../shell-word.js'
import { type Observation, servedMode } from '../verdict.js'

/**
 * @param late names of the aliases that should serve tracing and do not
 * @param role absent where it was not read: then nobody knows that a grant would not help
 */
export function repairOf(seen: Observation, late: readonly string[], role: Role | undefined): string {
  const obstacle = role && obstacleInRole(seen, role)
  if (obstacle !== undefined) return obstacle
  const stuck = new Map(late.map((alias) => [alias, obstacleToMove(seen, alias)]))
  const movable = late.filter((alias) => stuck.get(alias) === undefined)
  if (movable.length > 0) return publishCommand(seen, movable)
  const latestIsTraced = seen.fn.mode === 'Active' && seen.permission.answer !== 'no'
  return latestIsTraced && late.length > 0 ? [...stuck.values()].join('; ') : enableCommand(seen.fn.arn)
}

export function enableCommand(arn: string): string {
  return `xtrace enable ${shellWord(arn)}`
}

export function disableCommand(arn: string): string {
  return `xtrace disable ${shellWord(arn)}`
}

/** Each alias serves a new version of $LATEST, and no other alias is touched. */
export function moveCommands(arn: string, aliases: readonly string[]): string {
  return aliases.map((alias) => `${enableCommand(arn)} --alias ${shellWord(alias)}`).join(' && ')
}

/** A grant is no use against a deny, a boundary, or where the role is gone. */
function obstacleInRole(seen: Observation, role: Role): string | undefined {
  const roles = new Map([[seen.fn.role, role]])
  const [refusal] = decideChange(seen, { to: 'Active', grants: 'managed', roles }).refused
  const first = refusal && WAYS_TO_A_ROLE[refusal.code]
  return first && `${refusal.because}; ${first}, then run ${enableCommand(seen.fn.arn)}`
}

const WAYS_TO_A_ROLE: Partial<Record<ErrorCode, string>> = {
  ROLE_NOT_FOUND: 'give the function a role that exists',
  ROLE_NOT_ASSUMABLE: 'let lambda.amazonaws.com assume it',
  ROLE_UNMODIFIABLE: 'give the function a role of its own',
  ROLE_DENIED: 'change that policy first',
}

/** One command for all late aliases, unless it would touch others, or others would hold it up. */
function publishCommand(seen: Observation, movable: string[]): string {
  const all = 'value' in seen.aliases ? seen.aliases.value : []
  const untraced = all.filter((alias) => alias.version !== '$LATEST' && servedMode(alias) !== 'Active')
  if (untraced.every((alias) => movable.includes(alias.name))) return `${enableCommand(seen.fn.arn)} --publish`
  return moveCommands(seen.fn.arn, movable)
}

function obstacleToMove(seen: Observation, alias: string): string | undefined {
  const [refusal] = planPublish(seen, { alias, forceWeighted: false }, []).refused
  // What the audit did not compare, the command will.
  if (!refusal || refusal.code === 'ALIAS_UNKNOWN') return undefined
  const forced = planPublish(seen, { alias, forceWeighted: true }, []).refused.length === 0
  const way = forced
    ? `finish that deployment, or run ${moveCommands(seen.fn.arn, [alias])} --force-weighted`
    : 'deploy the function the usual way, for moving the alias would release more than tracing'
  return `${refusal.because}: ${way}`
}
