/** Says which aliases of live traffic a plan moves: neither the mode nor the result of a function tells of it. */
import { splitFunctionArn } from '../../core/lambda-function.js'
import type { MoveAliasStep, Plan } from '../../core/plan/plan.js'
import type { StepOutcome } from '../../rollout/step-outcome.js'

export function aliasNotes({ steps }: Plan, outcomes: ReadonlyMap<string, StepOutcome>, dryRun: boolean): string[] {
  const moves = steps.filter((step) => step.kind === 'moveAlias')
  const told = dryRun ? moves : moves.filter((step) => outcomes.get(step.id)?.status === 'done')
  return told.map((step) => {
    const { name, region } = splitFunctionArn(step.function)
    const way = `from version ${step.from.version} to ${versionAfter(step, outcomes)}`
    return `alias ${step.alias} of ${name} (${region}) ${dryRun ? 'would move' : 'moved'} ${way}`
  })
}

function versionAfter({ to }: MoveAliasStep, outcomes: ReadonlyMap<string, StepOutcome>): string {
  if (typeof to.version === 'string') return `version ${to.version}`
  const published = outcomes.get(to.version.publishedBy)
  return published?.status === 'done' && published.note ? `version ${published.note}` : 'a new version'
}
