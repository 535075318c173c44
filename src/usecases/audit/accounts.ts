/** Finds the accounts that an audit reads, each with the way into it. */
import type { AwsAccess } from '../../aws/gateways.js'
import { homeRegionOf, partitionOf } from '../../core/region.js'
import { listAccounts } from '../read/accounts.js'
import type { Tools } from '../tools.js'
import type { Where } from './request.js'

export interface AccountToRead {
  /** Absent for the account of the credentials, where nobody had to ask for its id. */
  id?: string
  /** New clients each time: nothing of an account is to be kept when it has been read. */
  open(): AwsAccess
  /** Through a role there: whether that works is not known yet. */
  entered: boolean
}

export interface AccountsToRead {
  accounts: AccountToRead[]
  notes: string[]
}

export async function accountsToRead(where: Where, tools: Tools): Promise<AccountsToRead> {
  const { accounts: ids, regions, home } = where
  if (ids === 'own') return { accounts: [{ open: () => tools.aws, entered: false }], notes: [] }
  const [enter, listed] = await Promise.all([wayInto(where, tools), listAccounts({ ids, regions, home }, tools)])
  return { accounts: listed.ids.map(enter), notes: listed.notes }
}

/** The account of the credentials is read directly: the management account has no role to enter it by. */
export async function wayInto({ entrance, home }: Where, tools: Tools): Promise<(id: string) => AccountToRead> {
  const identity = await tools.aws.identity(home)
  const own = (await identity.whoAmI()).account
  const stsHome = homeRegionOf(partitionOf(home))
  return (id) =>
    id === own
      ? { id, open: () => tools.aws, entered: false }
      : { id, open: () => tools.aws.enter({ account: id, ...entrance }, stsHome), entered: true }
}
