/** Tells a region that is not enabled from credentials that are no good: both refuse the security token. */
import type { AwsAccess } from '../../aws/gateways.js'
import { homeRegionOf, partitionOf } from '../../core/region.js'
import { XtraceError } from '../../errors.js'

/** @returns REGION_NOT_ENABLED when the same credentials work in a region that is always on, else the error as it was */
export async function regionOff(thrown: unknown, region: string, aws: AwsAccess): Promise<unknown> {
  if (!(thrown instanceof XtraceError && thrown.code === 'INVALID_CREDENTIALS')) return thrown
  const home = homeRegionOf(partitionOf(region))
  if (home === region) return thrown
  try {
    const identity = await aws.identity(home)
    const { account } = await identity.whoAmI()
    return new XtraceError('REGION_NOT_ENABLED', `Region ${region} is not enabled for account ${account}.`, {
      cause: thrown,
    })
  } catch (error) {
    if (error instanceof XtraceError) return thrown
    throw error
  }
}
