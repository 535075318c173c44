/** Plans as files, readable by their owner only. */
import type { Plan } from '../core/plan.js'
import { planText, readPlanText } from '../core/plan-file.js'
import { readWhole, writeWhole } from './whole-file.js'

export async function savePlanTo(file: string, plan: Plan): Promise<void> {
  await writeWhole(file, planText(plan), 0o600)
}

/** @throws XtraceError UNREADABLE_FILE or UNREADABLE_PLAN */
export async function loadPlan(file: string): Promise<Plan> {
  return readPlanText(await readWhole(file), file)
}
