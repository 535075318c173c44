/** A configuration aggregator: from which accounts and regions it collects what Config has recorded. */

export interface AggregatorSeed {
  name: string
  /** Absent: those of the organization, whichever they are. */
  accounts?: readonly string[]
  /** Absent: all that an account may use. */
  regions?: readonly string[]
}

/** How the last collecting from one place went. */
export interface SourceStatus {
  readonly status: 'SUCCEEDED' | 'FAILED' | 'OUTDATED'
  readonly errorCode?: string
  readonly errorMessage?: string
}

const SUCCEEDED: SourceStatus = { status: 'SUCCEEDED' }

export class Aggregator {
  readonly name: string
  readonly arn: string
  /** Where it lives. */
  readonly region: string
  readonly accounts: readonly string[] | undefined
  readonly regions: readonly string[] | undefined
  readonly #statuses = new Map<string, SourceStatus>()

  constructor(seed: AggregatorSeed, arn: string, region: string) {
    this.name = seed.name
    this.arn = arn
    this.region = region
    this.accounts = seed.accounts
    this.regions = seed.regions
  }

  /** @param source id of an account, or of the organization in the aggregator's own region */
  statusOf(source: string, region: string): SourceStatus {
    return this.#statuses.get(`${source}/${region}`) ?? SUCCEEDED
  }

  setStatus(source: string, region: string, status: SourceStatus): void {
    this.#statuses.set(`${source}/${region}`, status)
  }
}
