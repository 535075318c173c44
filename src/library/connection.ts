/** The composition root of the library: joins the AWS gateways, the clock and the runs for one set of options. */
import manifest from '../../package.json' with { type: 'json' }
import type { WayIn } from '../aws/gateways.js'
import { chosenRegions, homeRegion } from '../cli/chosen/chosen-regions.js'
import { openAws, RATE } from '../cli/open-aws.js'
import { stateFolder } from '../cli/state-folder.js'
import { stoppable } from '../cli/stoppable.js'
import { isRegion } from '../core/region.js'
import { XtraceError } from '../errors.js'
import { runStore } from '../rollout/journal/run-store.js'
import { refuseOtherAccount } from '../usecases/read/expected-account.js'
import type { RolloutTools } from '../usecases/runs/carry-out.js'
import type { XtraceOptions } from './options.js'
import { refuseOddOptions } from './options-check.js'

export interface Connection extends RolloutTools {
  /** The regions that the options name, else the default one. Throws NO_REGION where there is none. */
  regions(): Promise<string[]>
  /** Where services that are not regional are asked. */
  home(): Promise<string>
  /** How accounts other than that of the credentials are entered. */
  way: WayIn
}

/** Requests/s: more than AWS allows. */
const MOST = 100
/** The role that AWS Organizations makes in the accounts that it creates. */
const MEMBER_ROLE = 'OrganizationAccountAccessRole'

/** @throws XtraceError USAGE, UNEXPECTED_ACCOUNT, or what keeps the account from being asked */
export async function connect(options: XtraceOptions): Promise<Connection> {
  refuseOddOptions('openXtrace', options)
  refuseNonsense(options)
  const stopped = stoppable(options.signal, options.clock)
  const { clock } = stopped
  const own = openAws({ ...options, version: manifest.version }, stopped)
  const { externalId } = options
  const way: WayIn = { role: options.assumeRole ?? MEMBER_ROLE, ...(externalId !== undefined && { externalId }) }
  const entersOthers = [options.accounts, options.assumeRole, externalId].some((one) => one !== undefined)
  const { regions, expectAccount } = options
  const home = () => homeRegion(regions === 'all' ? undefined : regions, own)
  if (expectAccount !== undefined) await refuseOtherAccount(expectAccount, await home(), own)
  return {
    aws: entersOthers ? own.through(way) : own,
    clock,
    progress: { say: (doing, done, total) => options.onProgress?.(doing, done, total) },
    runs: runStore(options.stateFolder ?? stateFolder(process.env), { clock, random: Math.random }),
    regions: () => chosenRegions(regions, own),
    home,
    way,
  }
}

/** What the types rule out, a program in JavaScript may say all the same. */
function refuseNonsense({ regions = [], accounts = [], rate = RATE }: XtraceOptions): void {
  const wrong = (what: string) => new XtraceError('USAGE', what)
  if (regions !== 'all' && !(Array.isArray(regions) && regions.every(isRegion)))
    throw wrong(`regions takes a list of names such as us-east-1, or "all", and not ${JSON.stringify(regions)}.`)
  if (accounts !== 'organization' && !(Array.isArray(accounts) && accounts.every((id) => /^\d{12}$/.test(id))))
    throw wrong(`accounts takes a list of ids of 12 digits, or "organization", and not ${JSON.stringify(accounts)}.`)
  if (!Number.isInteger(rate) || rate < 1 || rate > MOST)
    throw wrong(`rate takes whole requests a second from 1 to ${MOST}, and not ${JSON.stringify(rate)}.`)
}
