/** Enters an account and finds its regions: asked once, and not by everything that is to be read there. */
import type { AwsAccess } from '../../aws/gateways.js'
import { partitionOf } from '../../core/region.js'
import { XtraceError } from '../../errors.js'
import type { Tools } from '../tools.js'
import type { NamedAccounts } from './accounts.js'
import { allRegions } from './all-regions.js'
import { readableFailure } from './reading.js'

export interface OpenedAccount {
  id: string
  aws: AwsAccess
  /** `*` stands for those that nobody could ask for. */
  regions: readonly string[]
  /** Why it cannot be entered. */
  refusal?: XtraceError
  /** Where the list of regions is a guess. */
  note?: string
}

export async function openAccount(
  id: string,
  { regions, home }: Pick<NamedAccounts, 'regions' | 'home'>,
  tools: Tools,
): Promise<OpenedAccount> {
  const aws = await tools.aws.inAccount(id, partitionOf(home))
  const refusal = await refusalOf(id, aws, home)
  if (refusal) return { id, aws, regions: regions === 'all' ? ['*'] : regions, refusal }
  if (regions !== 'all') return { id, aws, regions }
  const { regions: enabled, note } = await allRegions(home, aws)
  return { id, aws, regions: enabled, ...(note !== undefined && { note: `account ${id}: ${note}` }) }
}

/** @returns why the access is not one to this account */
export async function refusalOf(id: string, aws: AwsAccess, home: string): Promise<XtraceError | undefined> {
  try {
    const identity = await aws.identity(home)
    const { account } = await identity.whoAmI()
    if (account === id) return undefined
    return new XtraceError('OTHER_ACCOUNT', `Account ${id} cannot be entered: the credentials are of ${account}.`)
  } catch (error) {
    return readableFailure(error)
  }
}
