/** One account in one region, as far as AWS Config has recorded it: what a query goes through. */
import type { Context } from '../wire/service.js'
import type { Aggregator } from '../world/aggregator.js'
import type { RecordedFunction } from '../world/recorder.js'
import type { Region } from '../world/region.js'
import type { World } from '../world.js'
import { noSuchAggregator } from './errors.js'

export interface Place {
  readonly account: string
  readonly region: string
  /** By name. */
  readonly recorded: readonly RecordedFunction[]
}

/** The one that the caller is in. */
export function ownPlace({ account, caller }: Context): Place {
  const { recorded } = account.region(caller.region).recorder
  return { account: account.id, region: caller.region, recorded }
}

/** By account and region, made as they are gone through; a place that failed gives nothing. @param from account to begin with */
export function* aggregatedPlaces(aggregator: Aggregator, world: World, from: string): Generator<Place> {
  const accounts = sourceAccounts(aggregator, world).filter((id) => id >= from)
  for (const account of accounts.sort()) {
    const regions = world.accounts.get(account)?.regions ?? new Map<string, Region>()
    for (const region of [...regions.keys()].sort()) {
      const recorded = regions.get(region)?.recorder.recorded ?? []
      const collected = aggregator.regions?.includes(region) !== false
      if (!collected || recorded.length === 0) continue
      if (aggregator.statusOf(account, region).status !== 'FAILED') yield { account, region, recorded }
    }
  }
}

/** Of an organization, only accounts that can be used; none where its list could not be had. */
export function sourceAccounts(aggregator: Aggregator, { organization }: World): readonly string[] {
  if (aggregator.accounts !== undefined) return aggregator.accounts
  if (organization === undefined) return []
  const failed = aggregator.statusOf(organization.id, aggregator.region).status === 'FAILED'
  return failed ? [] : [...organization.members.keys()].filter((id) => !organization.shuts(id))
}

/** @throws AwsError NoSuchConfigurationAggregatorException */
export function findAggregator(name: string, { account, caller }: Context): Aggregator {
  const found = account.region(caller.region).aggregators.get(name)
  if (found === undefined) throw noSuchAggregator()
  return found
}
