/** The organization: its accounts, who may list them, and in which regions its policies deny them everything. */
import type { Identifiers } from '../random.js'
import type { Account } from './account.js'
import { SEEDED_AT } from './function-seed.js'
import { accountTrust } from './trust.js'

export type AccountState = 'ACTIVE' | 'CLOSED' | 'PENDING_ACTIVATION' | 'PENDING_CLOSURE' | 'SUSPENDED'

export interface MemberSeed {
  id: string
  name: string
  state?: AccountState
  joinedMethod?: 'CREATED' | 'INVITED'
  /** Name of the role that trusts the management account; false: there is none, as in accounts that were invited. */
  role?: string | false
  /** What that role's trust demands. */
  externalId?: string
}

export interface Member {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly joinedMethod: 'CREATED' | 'INVITED'
  /** Milliseconds since the epoch. */
  readonly joinedAt: number
  state: AccountState
}

const ENTRANCE = 'OrganizationAccountAccessRole'
/** In the other states an account's requests are refused. */
const WORKING: ReadonlySet<AccountState> = new Set(['ACTIVE', 'PENDING_CLOSURE'])

export class Organization {
  readonly id: string
  readonly management: Account
  /** By account id, the management account first. */
  readonly members = new Map<string, Member>()
  readonly delegatedAdministrators = new Set<string>()
  readonly #deniedRegions = new Map<string, ReadonlySet<string>>()
  readonly #account: (id: string) => Account

  /** @param account finds the account, or makes it */
  constructor(management: Account, name: string, account: (id: string) => Account, ids: Identifiers) {
    this.id = `o-${ids.letters(10).toLowerCase()}`
    this.management = management
    this.#account = account
    this.#enlist({ id: management.id, name, joinedMethod: 'INVITED' })
  }

  get arn(): string {
    return this.#arnOf(`organization/${this.id}`)
  }

  accountArn(id: string): string {
    return this.#arnOf(`account/${this.id}/${id}`)
  }

  addAccount(seed: MemberSeed): Account {
    this.#enlist(seed)
    const account = this.#account(seed.id)
    const name = seed.role ?? ENTRANCE
    if (name !== false) {
      const trust = accountTrust(this.management, seed.externalId)
      account.addRole({ name, managed: ['AdministratorAccess'], trust })
    }
    return account
  }

  /** @throws Error where it is no member: for tests */
  setState(id: string, state: AccountState): void {
    this.#member(id).state = state
  }

  /** Lets the account list all others. */
  delegate(id: string): void {
    this.delegatedAdministrators.add(this.#member(id).id)
  }

  /** As a service control policy does: regional services there refuse the account. */
  denyRegions(id: string, ...regions: readonly string[]): void {
    if (id === this.management.id) throw new Error('no service control policy binds the management account')
    this.#deniedRegions.set(this.#member(id).id, new Set(regions))
  }

  denies(id: string, region: string): boolean {
    return this.#deniedRegions.get(id)?.has(region) === true
  }

  /** Whether the account is a member that cannot be used any more, or not yet. */
  shuts(id: string): boolean {
    const member = this.members.get(id)
    return member !== undefined && !WORKING.has(member.state)
  }

  #enlist({ id, name, state = 'ACTIVE', joinedMethod = 'CREATED' }: MemberSeed): void {
    const email = `aws+${id}@example.com`
    this.members.set(id, { id, name, email, joinedMethod, joinedAt: SEEDED_AT, state })
  }

  #member(id: string): Member {
    const member = this.members.get(id)
    if (member === undefined) throw new Error(`${id} is not in the organization`)
    return member
  }

  #arnOf(resource: string): string {
    return `arn:${this.management.partition}:organizations::${this.management.id}:${resource}`
  }
}
