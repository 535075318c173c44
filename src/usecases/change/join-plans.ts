/** Joins plans that were made account by account: their steps never depend on each other. */
import { makePlan, type Plan } from '../../core/plan/plan.js'

export function joinPlans(plans: readonly Plan[]): Plan {
  return makePlan(
    plans.flatMap((plan) => plan.steps),
    plans.flatMap((plan) => plan.unchanged),
    plans.flatMap((plan) => plan.refused),
  )
}
