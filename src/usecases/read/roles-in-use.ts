/** Finds the roles that tracing functions need, in every region of their account: only the others may lose a permission. */
import { accountOfArn, partitionOfArn } from '../../core/arn.js'
import { grouped } from '../../core/grouped.js'
import { splitFunctionArn } from '../../core/lambda-function.js'
import type { RevokeEvidence } from '../../core/plan/plan-revoke.js'
import { homeRegionOf } from '../../core/region.js'
import { XtraceError } from '../../errors.js'
import { accessTo } from '../../rollout/access-to.js'
import { inParallel } from '../../rollout/in-parallel.js'
import type { Tools } from '../tools.js'
import { allRegions } from './all-regions.js'
import { readableFailure } from './reading.js'
import { regionOff } from './region-off.js'

const ACCOUNTS_AT_ONCE = 8
const REGIONS_AT_ONCE = 32

/** Of one account; or why nothing may be taken back there, where some region could not be read. */
export type RolesInUse = RevokeEvidence | { because: string }

/**
 * A role is in use when any version of any other function is Active with it: a published version may be invoked
 * although no alias serves it.
 * @param arns of functions or roles, in the accounts that are asked about
 * @param leaving ARNs of functions that will not trace any more
 * @returns by account
 */
export async function rolesInUse(
  arns: readonly string[],
  leaving: ReadonlySet<string>,
  tools: Tools,
): Promise<ReadonlyMap<string, RolesInUse>> {
  const accounts = [...grouped(arns, accountOfArn)]
  const found = await inParallel(accounts, ACCOUNTS_AT_ONCE, async ([account, [arn = '']]) => {
    const inside = { ...tools, aws: await accessTo(arn, tools.aws) }
    const first = [...leaving].find((one) => accountOfArn(one) === account)
    const home = first === undefined ? homeRegionOf(partitionOfArn(arn)) : splitFunctionArn(first).region
    return [account, await usedInAccount(home, leaving, inside)] as const
  })
  return new Map(found)
}

async function usedInAccount(home: string, leaving: ReadonlySet<string>, tools: Tools): Promise<RolesInUse> {
  const everywhere = await allRegions(home, tools.aws)
  const found = await inParallel(everywhere.regions, REGIONS_AT_ONCE, (region) => usedIn(region, leaving, tools))
  const gap = found.find((one) => 'because' in one)
  if (gap && 'because' in gap) return gap
  return { inUse: new Set(found.flatMap((one) => ('inUse' in one ? [...one.inUse] : []))) }
}

async function usedIn(region: string, leaving: ReadonlySet<string>, tools: Tools): Promise<RolesInUse> {
  const inUse = new Set<string>()
  try {
    const lambda = await tools.aws.lambda(region)
    for await (const page of lambda.listAllVersions()) {
      for (const fn of page) {
        const stays = fn.version !== '$LATEST' || !leaving.has(fn.arn)
        if (fn.mode === 'Active' && stays) inUse.add(fn.role)
      }
    }
    return { inUse }
  } catch (thrown) {
    const error = await regionOff(thrown, region, tools.aws)
    // Where a region is not enabled no function can run.
    if (error instanceof XtraceError && error.code === 'REGION_NOT_ENABLED') return { inUse }
    return {
      because: `functions in ${region} could not be read, and they may need it: ${readableFailure(error).message}`,
    }
  }
}
