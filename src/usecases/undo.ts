/** Takes a run back: each function's former mode, each alias's former version, and exactly the grants it made. */
import type { Alias } from '../core/lambda-function.js'
import { splitFunctionArn } from '../core/lambda-function.js'
import { changedFunctions, functionsOf, type Plan } from '../core/plan.js'
import { isOurs, planUndo, type UndoEvidence } from '../core/plan-undo.js'
import { homeRegionOf, partitionOfArn } from '../core/region.js'
import type { Report } from '../core/report.js'
import type { RunState } from '../core/run.js'
import { inParallel } from '../rollout/in-parallel.js'
import { carryOut, type RolloutOptions, type RolloutTools } from './carry-out.js'
import { refuseForeignPlan } from './own-account.js'
import { readMany } from './read-many.js'
import { rolesInUse } from './roles-in-use.js'
import { type RunResult, runReport } from './run-report.js'

export interface UndoRequest {
  run: string
  dryRun: boolean
  rollout: RolloutOptions
}

const AT_ONCE = 8

/** The run stays locked meanwhile: nobody may resume what is being undone. */
export async function undoRun(request: UndoRequest, tools: RolloutTools): Promise<Report<RunResult>> {
  const open = await tools.runs.open(await namedRun(request.run, tools))
  try {
    await refuseForeignPlan(open.plan, tools)
    const { plan, kept } = planUndo(open.plan, open.state, await evidenceFor(open.plan, open.state, tools))
    if (request.dryRun) return runReport({ command: 'undo', plan, outcomes: new Map(), dryRun: true, notes: kept })
    const done = await carryOut('undo', plan, request.rollout, tools, open.state.header.run)
    return runReport({ command: 'undo', plan, ...done, notes: kept })
  } finally {
    await open.journal.close()
  }
}

/** `last` is the last thing that was done: taking it back twice must not do it again. */
async function namedRun(run: string, tools: RolloutTools): Promise<string> {
  if (run !== 'last') return run
  const last = (await tools.runs.list()).find((one) => one.command !== 'undo')
  return last?.id ?? run
}

async function evidenceFor(plan: Plan, state: RunState, tools: RolloutTools): Promise<UndoEvidence> {
  const functions = await readMany(changedFunctions(plan.steps), tools)
  const moved = [...new Set(plan.steps.flatMap((step) => (step.kind === 'moveAlias' ? [step.function] : [])))]
  const aliases = await inParallel(
    moved.filter((arn) => functions.has(arn)),
    AT_ONCE,
    async (arn): Promise<[string, Alias[]]> => {
      const { region, name } = splitFunctionArn(arn)
      return [arn, await (await tools.aws.lambda(region)).listAliases(name)]
    },
  )
  return { functions, aliases: new Map(aliases), roles: await rolesNeeded(plan, state, tools) }
}

/**
 * A function that somebody else has turned on stays on, whether or not the run wanted to do the same; one that was on
 * before the run goes back to losing its traces, as it did.
 */
async function rolesNeeded(plan: Plan, state: RunState, tools: RolloutTools): Promise<UndoEvidence['roles']> {
  const grant = plan.steps.find((step) => step.kind === 'grant')
  if (!grant) return { inUse: new Set<string>() }
  const leaving = plan.steps
    .filter((step) => isOurs(state.steps.get(step.id)) && (step.kind !== 'setMode' || step.to === 'Active'))
    .flatMap((step) => functionsOf(step).map((arn) => ({ fn: splitFunctionArn(arn) })))
  const home = homeRegionOf(partitionOfArn(grant.role))
  return rolesInUse(leaving, [...plan.createdFor.regions, home], tools)
}
