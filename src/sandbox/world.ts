/** Everything the sandbox knows: accounts, their organization, and the sessions that were given out. */
import { Identifiers } from './random.js'
import { Account } from './world/account.js'
import { Organization } from './world/organization.js'
import { type Json, snapshotOf } from './world/snapshot.js'

export const DEFAULT_ACCOUNT = '123456789012'

/** Temporary credentials of an assumed role. */
export interface Session {
  readonly account: string
  readonly roleArn: string
  readonly roleId: string
  /** `arn:PARTITION:sts::ACCOUNT:assumed-role/ROLE/SESSION`. */
  readonly arn: string
  /** Milliseconds since the epoch. */
  readonly expiresAt: number
}

export class World {
  readonly accounts = new Map<string, Account>()
  /** By access key. */
  readonly sessions = new Map<string, Session>()
  readonly ids: Identifiers
  #organization: Organization | undefined

  /** @param seed of identifiers: the same seed and steps give the same RevisionIds */
  constructor(seed = 1) {
    this.ids = new Identifiers(seed)
  }

  /** The account, made when first named. @param partition counts then only */
  account(id: string = DEFAULT_ACCOUNT, partition = 'aws'): Account {
    let account = this.accounts.get(id)
    if (account === undefined) {
      account = new Account(id, partition, this.ids)
      this.accounts.set(id, account)
    }
    return account
  }

  get organization(): Organization | undefined {
    return this.#organization
  }

  /** The only one that a world can have. @param name of the management account */
  createOrganization(managementId: string = DEFAULT_ACCOUNT, name = 'Management'): Organization {
    if (this.#organization !== undefined) throw new Error('the sandbox has an organization already')
    const management = this.account(managementId)
    const account = (id: string) => this.account(id, management.partition)
    this.#organization = new Organization(management, name, account, this.ids)
    return this.#organization
  }

  /** Plain JSON to compare worlds by: no RevisionIds, times or settling states, no organization. */
  snapshot(): Json {
    return snapshotOf(this.accounts)
  }
}
