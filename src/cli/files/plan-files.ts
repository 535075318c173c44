/** Plans as files, readable by their owner only. */
import type { Plan } from '../../core/plan/plan.js'
import { planText, readPlanText } from '../../core/plan/plan-file.js'
import { shellWord } from '../../core/shell-word.js'
import { type AccountFlagValues, wayInto } from '../flags/account-flags.js'
import { readWhole, writeWhole } from '../output/whole-file.js'

export async function savePlanTo(file: string, plan: Plan): Promise<void> {
  await writeWhole(file, planText(plan), 0o600)
}

/**
 * @param flags of the command that made the plan: apply enters the same accounts, with the same credentials; an external id is
 *   not repeated, for a log would keep it
 */
export function savedNote(file: string, flags: AccountFlagValues & { profile?: string | undefined }): string {
  const { profile } = flags
  const way = wayInto(flags)
  const words = [
    ...(profile === undefined ? [] : ['--profile', profile]),
    ...(way ? ['--assume-role', way.role] : []),
    ...(way?.externalId === undefined ? [] : ['--external-id', 'ID']),
  ]
  return `the plan is in ${file}: ${['xtrace apply', ...[file, ...words].map(shellWord)].join(' ')} carries it out`
}

/** @throws XtraceError UNREADABLE_FILE or UNREADABLE_PLAN */
export async function loadPlan(file: string): Promise<Plan> {
  return readPlanText(await readWhole(file), file)
}
