/** Plans as files, readable by their owner only. */
import type { Plan } from '../../core/plan/plan.js'
import { planText, readPlanText } from '../../core/plan/plan-file.js'
import { shellWord } from '../../core/shell-word.js'
import { readWhole, writeWhole } from '../output/whole-file.js'

export async function savePlanTo(file: string, plan: Plan): Promise<void> {
  await writeWhole(file, planText(plan), 0o600)
}

export function savedNote(file: string): string {
  return `the plan is in ${file}: xtrace apply ${shellWord(file)} carries it out`
}

/** @throws XtraceError UNREADABLE_FILE or UNREADABLE_PLAN */
export async function loadPlan(file: string): Promise<Plan> {
  return readPlanText(await readWhole(file), file)
}
