/** Keeps a plan to the accounts that it was made for, and finds those of them that can be entered. */
import { accountOfArn, partitionOfArn } from '../../core/arn.js'
import type { Plan, Step } from '../../core/plan/plan.js'
import { homeRegionOf } from '../../core/region.js'
import { XtraceError } from '../../errors.js'
import { inParallel } from '../../rollout/in-parallel.js'
import { refusalOf } from '../read/open-account.js'
import type { Tools } from '../tools.js'

const AT_ONCE = 8

/** @throws XtraceError before anything of the plan is looked at, where one of its accounts cannot be entered */
export async function requireAccounts(plan: Plan, tools: Tools): Promise<void> {
  const closed = await refusals(plan, tools)
  if (closed.size > 0) throw cannotEnter(closed)
}

/**
 * For a run that is begun: what can be done goes on.
 * @returns account → why it cannot be entered
 * @throws XtraceError where none of them can
 */
export async function closedAccounts(plan: Plan, tools: Tools): Promise<ReadonlyMap<string, XtraceError>> {
  const closed = await refusals(plan, tools)
  if (closed.size > 0 && closed.size === accountsOf(plan.steps).length) throw cannotEnter(closed)
  return closed
}

/** Of a function or a role. */
export function accountOfStep(step: Step): string {
  return accountOfArn(arnOf(step))
}

/** Elsewhere the plan's names mean other functions and roles. */
async function refusals(plan: Plan, tools: Tools): Promise<ReadonlyMap<string, XtraceError>> {
  const [step] = plan.steps
  if (!step) return new Map()
  const partition = partitionOfArn(arnOf(step))
  if (tools.aws.memberRole === undefined) {
    await requireOwnAccount(plan, plan.createdFor.regions[0] ?? homeRegionOf(partition), tools)
    return new Map()
  }
  const found = await inParallel(accountsOf(plan.steps), AT_ONCE, async (account) => {
    const refusal = await refusalOf(account, await tools.aws.inAccount(account, partition), homeRegionOf(partition))
    return refusal ? [[account, refusal] as const] : []
  })
  return new Map(found.flat())
}

async function requireOwnAccount({ createdFor }: Plan, region: string, { aws }: Tools): Promise<void> {
  const identity = await aws.identity(region)
  const { account, arn } = await identity.whoAmI()
  if (createdFor.accounts.every((one) => one === account)) return
  throw new XtraceError(
    'UNEXPECTED_ACCOUNT',
    `This was planned for account ${createdFor.accounts.join(', ')}, but these are credentials of ${account} (${arn}).`,
    {
      suggestions: [
        'Choose the right profile with --profile.',
        'Or enter the other accounts by a role that each of them has: --assume-role NAME.',
      ],
    },
  )
}

function cannotEnter(closed: ReadonlyMap<string, XtraceError>): XtraceError {
  const [first] = closed.values()
  if (!first) throw new Error('no account is closed')
  if (closed.size === 1) return first
  const message = `Accounts ${[...closed.keys()].join(', ')} cannot be entered. The first: ${first.message}`
  return new XtraceError(first.code, message, { suggestions: first.suggestions, cause: first })
}

function accountsOf(steps: readonly Step[]): string[] {
  return [...new Set(steps.map(accountOfStep))]
}

function arnOf(step: Step): string {
  return 'role' in step ? step.role : step.function
}
