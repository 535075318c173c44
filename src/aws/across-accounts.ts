/** Access to several accounts: that of the credentials directly, every other one through its role of the same name. */
import { homeRegionOf } from '../core/region.js'
import type { AwsAccess, WayIn } from './gateways.js'

export function acrossAccounts(own: AwsAccess, way: WayIn): AwsAccess {
  const entered = new Map<string, AwsAccess>()
  let asked: Promise<string> | undefined
  const ownAccount = (home: string): Promise<string> => {
    asked ??= whoseKeys(own, home).catch((error: unknown) => {
      // What failed once may succeed the next time.
      asked = undefined
      throw error
    })
    return asked
  }
  const access: AwsAccess = {
    ...own,
    memberRole: way.role,
    inAccount: async (account, partition) => {
      const home = homeRegionOf(partition)
      if (account === (await ownAccount(home))) return access
      const inside = entered.get(account) ?? own.enter({ ...way, account }, home)
      entered.set(account, inside)
      return inside
    },
  }
  return access
}

async function whoseKeys(aws: AwsAccess, home: string): Promise<string> {
  const identity = await aws.identity(home)
  return (await identity.whoAmI()).account
}
