/** Finds the regions that an account has enabled, from the best source that answers. */
import type { AwsAccess } from '../../aws/gateways.js'
import { KNOWN_REGIONS } from '../../core/known-regions.js'
import { partitionOf } from '../../core/region.js'
import { readableFailure } from './reading.js'

export interface AllRegions {
  regions: string[]
  /** Where the list comes from, when that matters to the reader. */
  note?: string
}

/** @param home any region of the partition; the services that know are asked there */
export async function allRegions(home: string, aws: AwsAccess): Promise<AllRegions> {
  const gateway = await aws.regions(home)
  const failures: string[] = []
  for (const ask of [() => gateway.fromAccount(), () => gateway.fromEc2()]) {
    try {
      const regions = await ask()
      if (regions.length > 0) return { regions }
    } catch (error) {
      failures.push(readableFailure(error).message)
    }
  }
  const regions = [...(KNOWN_REGIONS[partitionOf(home)] ?? [home])]
  const note = `the account's own list of regions could not be read (${failures[0] ?? 'it is empty'}); all ${regions.length} known regions of the partition are tried`
  return { regions, note }
}
