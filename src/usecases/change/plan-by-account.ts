/** Plans a change account by account: what is not known of one account's roles holds up no other. */
import { grouped } from '../../core/grouped.js'
import type { Plan } from '../../core/plan/plan.js'
import { type PlanRequest, planChange } from '../../core/plan/plan-change.js'
import type { RolesInUse } from '../read/roles-in-use.js'
import { joinPlans } from './join-plans.js'

export interface PlanByAccount extends Omit<PlanRequest, 'revoke'> {
  /** By account, where permissions are to be taken back. */
  inUse?: ReadonlyMap<string, RolesInUse>
}

export function planByAccount({ observations, inUse, ...request }: PlanByAccount): Plan {
  const plans = [...grouped(observations, ({ fn }) => fn.account)].map(([account, its]) => {
    const known = inUse?.get(account)
    const revoke = known && 'inUse' in known && { revoke: known }
    return planChange({ ...request, observations: its, ...revoke })
  })
  return joinPlans(plans)
}

/** Where some region of an account could not be read, nothing is taken back in that account. */
export function keptNotes(inUse: ReadonlyMap<string, RolesInUse>): string[] {
  return [...inUse].flatMap(([account, known]) => {
    const where = inUse.size > 1 ? ` in account ${account}` : ''
    return 'because' in known ? [`no permission was taken back${where}: ${known.because}`] : []
  })
}
