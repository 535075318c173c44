/** Fills a world with an organization of many accounts, a fleet in each, the same for the same numbers, for load tests. */
import type { ExpectedVerdict, ExpectedVerdicts } from './fleet/expected-verdict.js'
import { type FleetSize, seedFleet } from './seed-fleet.js'
import { SEEDED_AT } from './world/function-seed.js'
import type { Organization } from './world/organization.js'
import { DEFAULT_ACCOUNT, type World } from './world.js'

/** Of the fleet, what holds for each account. */
export interface OrganizationSize extends Omit<FleetSize, 'account' | 'functions'> {
  management?: string
  /** With the management account. */
  accounts: number
  functionsPerRegion: number
  /** Has AWS Config record everything, and collects it in the first region of the management account under this name. */
  aggregator?: string
}

export interface SeededOrganization {
  readonly organization: Organization
  readonly expectedVerdicts: ExpectedVerdicts
}

export function seedOrganization(world: World, size: OrganizationSize): SeededOrganization {
  const { management = DEFAULT_ACCOUNT, accounts, functionsPerRegion, aggregator, ...fleet } = size
  const organization = world.createOrganization(management)
  const expectedVerdicts = new Map<string, ExpectedVerdict>()
  for (let index = 0; index < accounts; index += 1) {
    const id = index === 0 ? management : String(100_000_000_000 + index)
    if (index > 0) organization.addAccount({ id, name: `member-${index}` })
    const functions = functionsPerRegion * fleet.regions.length
    const verdicts = seedFleet(world, { ...fleet, account: id, functions, randomSeed: fleet.randomSeed + index })
    for (const [arn, verdict] of verdicts) expectedVerdicts.set(arn, verdict)
    if (aggregator === undefined) continue
    for (const { recorder } of world.account(id).regions.values()) recorder.record(SEEDED_AT)
  }
  if (aggregator !== undefined) {
    world
      .account(management)
      .region(fleet.regions[0] ?? 'us-east-1')
      .addAggregator({ name: aggregator })
  }
  return { organization, expectedVerdicts }
}
