/** The plan that puts right what was found, for `apply`. */
import { type GrantChoice, makePlan, type Plan } from '../plan/plan.js'
import { type Decision, decideChange } from '../plan/plan-change.js'
import { planPublish } from '../plan/plan-publish.js'
import type { Role } from '../policy/role.js'
import type { Observation } from '../verdict.js'
import type { Assessment } from './assess.js'
import { demandedMode } from './demanded-mode.js'

export interface RepairCase extends Assessment {
  seen: Observation
}

/** What no change of a function puts right, such as an alias that is missing, is not in it. */
export function planRepair(
  cases: readonly RepairCase[],
  roles: ReadonlyMap<string, Role>,
  grants: GrantChoice = 'managed',
): Plan {
  const decisions = cases.map((one) => decideRepair(one, { roles, grants }))
  return makePlan(
    decisions.flatMap((one) => one.steps),
    [],
    decisions.flatMap((one) => one.refused),
  )
}

type Repair = Pick<Decision, 'steps' | 'refused'>

/** An alias that must not be moved does not hold up the others, nor the function itself. */
function decideRepair(
  { seen, row, findings, late }: RepairCase,
  choice: { roles: ReadonlyMap<string, Role>; grants: GrantChoice },
): Repair {
  const modes = findings.map((finding) => demandedMode(finding, row))
  if (modes.includes('PassThrough')) return decideChange(seen, { to: 'PassThrough', ...choice })
  if (!modes.includes('Active')) return { steps: [], refused: [] }
  const change = decideChange(seen, { to: 'Active', ...choice })
  if (change.refused.length > 0) return change
  const moves = late.map((alias) => planPublish(seen, { alias, forceWeighted: false }, change.steps))
  return {
    steps: [...change.steps, ...moves.flatMap((move) => move.steps)],
    refused: moves.flatMap((move) => move.refused),
  }
}
