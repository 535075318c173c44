/** Refuses to go on with credentials of another account than the one that was meant. */
import type { AwsAccess } from '../../aws/gateways.js'
import { XtraceError } from '../../errors.js'

/**
 * @param region whose STS is asked
 * @throws XtraceError UNEXPECTED_ACCOUNT
 */
export async function refuseOtherAccount(expected: string, region: string, aws: AwsAccess): Promise<void> {
  const identity = await aws.identity(region)
  const { account, arn } = await identity.whoAmI()
  if (account === expected) return
  throw new XtraceError(
    'UNEXPECTED_ACCOUNT',
    `Expected account ${expected}, but these are credentials of ${account} (${arn}).`,
  )
}
