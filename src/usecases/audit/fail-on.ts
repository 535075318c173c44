/** How the process ends: as the report says, or less loudly where the user said so. */
import type { ExitName } from '../../errors.js'
import type { Failing } from './request.js'

/** What was read but is incomplete may hold drift all the same: whoever fails on drift alone gets to know of it. */
export function exitOf(outcome: ExitName, drift: boolean, failOn: readonly Failing[]): ExitName {
  if (outcome === 'incomplete' && failOn.includes('incomplete')) return 'incomplete'
  return drift && failOn.includes('drift') ? 'drift' : 'ok'
}
