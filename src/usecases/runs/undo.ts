/** Takes a run back: each function's former mode, each alias's former version, and exactly the grants it made. */
import { enableCommand } from '../../core/drift/repair.js'
import { grouped } from '../../core/grouped.js'
import type { Alias } from '../../core/lambda-function.js'
import { splitFunctionArn } from '../../core/lambda-function.js'
import { changedFunctions, functionsOf, makePlan, type Plan } from '../../core/plan/plan.js'
import { isOurs, planUndo, type UndoEvidence, type UndoPlan } from '../../core/plan/plan-undo.js'
import type { Report } from '../../core/report.js'
import { isWhole, type RunState } from '../../core/run.js'
import { XtraceError } from '../../errors.js'
import { accessTo } from '../../rollout/access-to.js'
import { inParallel } from '../../rollout/in-parallel.js'
import type { OpenRun } from '../../rollout/journal/run-store.js'
import type { StepOutcome } from '../../rollout/step-outcome.js'
import { joinPlans } from '../change/join-plans.js'
import { readMany } from '../read/read-many.js'
import { rolesInUse } from '../read/roles-in-use.js'
import { carryOut, type RolloutOptions, type RolloutTools } from './carry-out.js'
import { accountOfStep, closedAccounts } from './plan-accounts.js'
import { asBegun, type GivenWay } from './recorded-way.js'
import { type RunResult, runReport } from './run-report.js'
import { undoOf } from './undo-of.js'

export interface UndoRequest {
  run: string
  way?: GivenWay
  dryRun: boolean
  rollout: RolloutOptions
}

const AT_ONCE = 8
const NOTHING_LEFT = 'nothing of the run is left to take back'

/** The run stays locked meanwhile: nobody may resume what is being undone. */
export async function undoRun(request: UndoRequest, given: RolloutTools): Promise<Report<RunResult>> {
  const open = await given.runs.open(await namedRun(request.run, given))
  try {
    const earlier = await undoneBefore(open.state.header.run, given)
    if (earlier)
      return runReport({ command: 'undo', plan: makePlan([], [], []), outcomes: new Map(), notes: [earlier] })
    const tools = asBegun(given, open.state.header, request.way)
    const { plan, kept: notes } = await planBack(open, tools)
    const kept = plan.steps.length + plan.refused.length > 0 ? notes : [...notes, NOTHING_LEFT]
    if (request.dryRun) return runReport({ command: 'undo', plan, outcomes: new Map(), dryRun: true, notes: kept })
    const done = await carryOut('undo', plan, request.rollout, tools, open.state.header.run)
    return runReport({ command: 'undo', plan, ...done, outcomes: explained(done.outcomes), notes: kept })
  } finally {
    await open.journal.close()
  }
}

/** What was taken back in full is not taken back again: whoever has done the same since meant it. */
async function undoneBefore(run: string, { runs }: RolloutTools): Promise<string | undefined> {
  const undo = await undoOf(run, runs)
  return undo && isWhole(undo) ? `run ${run} was undone already, by run ${undo.id}: nothing was changed` : undefined
}

/** Account by account: what is not known of one holds up no other. */
async function planBack({ plan, state }: OpenRun, tools: RolloutTools): Promise<UndoPlan> {
  const closed = await closedAccounts(plan, tools)
  const byAccount = [...grouped(plan.steps, accountOfStep)]
  const parts = await inParallel(byAccount, AT_ONCE, async ([account, steps]): Promise<UndoPlan> => {
    const its = { ...plan, steps }
    const why = closed.get(account)
    const back = planUndo(its, state, why ? unread(why) : await evidenceFor(its, state, tools))
    const kept = byAccount.length > 1 ? back.kept.map((note) => `account ${account}: ${note}`) : back.kept
    return { plan: why ? refusedFor(why, back.plan) : back.plan, kept }
  })
  return { plan: joinPlans(parts.map((part) => part.plan)), kept: parts.flatMap((part) => part.kept) }
}

function unread({ message }: XtraceError): UndoEvidence {
  return { functions: new Map(), aliases: new Map(), roles: { because: message } }
}

/** Its functions are not gone: nobody could look. */
function refusedFor({ code, message }: XtraceError, plan: Plan): Plan {
  return { ...plan, refused: plan.refused.map((one) => ({ ...one, code, because: message })) }
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
      const lambda = await (await accessTo(arn, tools.aws)).lambda(region)
      return [arn, await lambda.listAliases(name)]
    },
  )
  return { functions, aliases: new Map(aliases), roles: await rolesNeeded(plan, state, tools) }
}

/**
 * A function that somebody else has turned on stays on, whether or not the run wanted to do the same; one that was on
 * before the run goes back to losing its traces, as it did.
 */
async function rolesNeeded(plan: Plan, state: RunState, tools: RolloutTools): Promise<UndoEvidence['roles']> {
  const grants = plan.steps.filter((step) => step.kind === 'grant')
  const leaving = plan.steps
    .filter((step) => isOurs(state.steps.get(step.id)) && (step.kind !== 'setMode' || step.to === 'Active'))
    .flatMap(functionsOf)
  const byAccount = await rolesInUse(
    grants.map((grant) => grant.role),
    new Set(leaving),
    tools,
  )
  const [its] = byAccount.values()
  return its ?? { inUse: new Set() }
}

/** A function that was blind is the one thing that Lambda does not let be as it was. */
function explained(outcomes: ReadonlyMap<string, StepOutcome>): Map<string, StepOutcome> {
  const explain = (outcome: StepOutcome): StepOutcome => {
    if (outcome.status !== 'failed' || outcome.error.code !== 'ROLE_LACKS_XRAY') return outcome
    if (outcome.step.kind !== 'setMode') return outcome
    const arn = outcome.step.function
    const message = `${splitFunctionArn(arn).name} cannot be Active again: Lambda refuses that while its role cannot write traces.`
    const suggestions = [`Give the role its permission as well: ${enableCommand(arn)}`]
    return { ...outcome, error: new XtraceError(outcome.error.code, message, { suggestions, cause: outcome.error }) }
  }
  return new Map([...outcomes].map(([id, outcome]) => [id, explain(outcome)]))
}
