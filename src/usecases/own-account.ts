/** Keeps a plan to the account that it was made for: elsewhere its names mean other functions and roles. */
import type { Plan } from '../core/plan.js'
import { homeRegionOf, partitionOfArn } from '../core/region.js'
import { XtraceError } from '../errors.js'
import type { Tools } from './tools.js'

/** @throws XtraceError UNEXPECTED_ACCOUNT before anything of the plan is looked at */
export async function refuseForeignPlan({ createdFor, steps }: Plan, { aws }: Tools): Promise<void> {
  const [step] = steps
  if (!step) return
  const partition = partitionOfArn('role' in step ? step.role : step.function)
  const identity = await aws.identity(createdFor.regions[0] ?? homeRegionOf(partition))
  const { account, arn } = await identity.whoAmI()
  if (createdFor.accounts.every((one) => one === account)) return
  throw new XtraceError(
    'UNEXPECTED_ACCOUNT',
    `This was planned for account ${createdFor.accounts.join(', ')}, but these are credentials of ${account} (${arn}).`,
    { suggestions: ['Choose the right profile with --profile.'] },
  )
}
