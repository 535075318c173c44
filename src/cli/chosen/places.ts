/** From flags to where functions are looked for: regions of the credentials' account, or accounts with regions of their own. */
import type { NamedAccounts } from '../../usecases/read/accounts.js'
import type { Choice } from '../../usecases/read/choose.js'
import type { Context, PlaceFlags } from '../context.js'
import { namedAccounts, refuseIdleEntrance } from '../flags/account-flags.js'

/**
 * Of the regions of several accounts each account is asked itself.
 * @throws XtraceError USAGE or NO_REGION
 */
export async function placesOf(
  choice: Choice,
  flags: PlaceFlags,
  context: Context,
): Promise<{ regions: readonly string[]; accounts?: NamedAccounts }> {
  refuseIdleEntrance(flags, 'refs' in choice ? choice.refs : [])
  const ids = namedAccounts(flags)
  const said = 'refs' in choice && choice.refs.every((ref) => ref.region)
  if (ids === undefined) return { regions: said ? [] : await context.regions() }
  const regions = said ? [] : flags['all-regions'] ? 'all' : await context.regions()
  return { regions: [], accounts: { ids, regions, home: await context.home() } }
}
