/** Finds the roles that tracing functions need, in every region of the account: only the others may lose a permission. */
import type { LambdaFunction } from '../core/lambda-function.js'
import type { RevokeEvidence } from '../core/plan-revoke.js'
import { XtraceError } from '../errors.js'
import { inParallel } from '../rollout/in-parallel.js'
import { allRegions } from './all-regions.js'
import { readableFailure } from './reading.js'
import { regionOff } from './region-off.js'
import type { Tools } from './tools.js'

const REGIONS_AT_ONCE = 32

/**
 * A role is in use when any version of any other function is Active with it: a published version may be invoked
 * although no alias serves it.
 * @returns why nothing may be taken back, where some region could not be read
 */
export async function rolesInUse(
  leaving: readonly { fn: Pick<LambdaFunction, 'arn' | 'region'> }[],
  regions: readonly string[],
  tools: Tools,
): Promise<RevokeEvidence | { because: string }> {
  const arns = new Set(leaving.map(({ fn }) => fn.arn))
  const home = leaving[0]?.fn.region ?? regions[0] ?? 'us-east-1'
  const everywhere = await allRegions(home, tools.aws)
  const found = await inParallel(everywhere.regions, REGIONS_AT_ONCE, (region) => usedIn(region, arns, tools))
  const gap = found.find((one) => 'because' in one)
  if (gap && 'because' in gap) return gap
  return { inUse: new Set(found.flatMap((one) => ('inUse' in one ? [...one.inUse] : []))) }
}

async function usedIn(
  region: string,
  leaving: ReadonlySet<string>,
  tools: Tools,
): Promise<RevokeEvidence | { because: string }> {
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
