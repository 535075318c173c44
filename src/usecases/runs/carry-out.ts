/** Carries out a plan as a run: journaled, so that it can be resumed and undone. */
import type { Limit } from '../../core/limit.js'
import { limitText } from '../../core/limit.js'
import type { Plan } from '../../core/plan/plan.js'
import type { RunCommand, RunState } from '../../core/run.js'
import { type ExitName, XtraceError } from '../../errors.js'
import { execute } from '../../rollout/execute.js'
import type { Journal } from '../../rollout/journal/journal.js'
import type { RunStore } from '../../rollout/journal/run-store.js'
import type { StepEvent, StepOutcome } from '../../rollout/step-outcome.js'
import type { Tools } from '../tools.js'
import { recordedWay } from './recorded-way.js'
import { Tally } from './tally.js'

export interface RolloutTools extends Tools {
  runs: RunStore
  /** Told of every step as it begins and ends. */
  onStep?(event: StepEvent): void
}

export interface RolloutOptions {
  waves: readonly Limit[]
  maxErrors?: Limit
  /** What a resumed run has to know again; the flags that shaped it. */
  recorded: Record<string, string | number | boolean | string[]>
  /** Go on where the run cannot be written down: right for a few named functions, never for thousands. */
  withoutJournal?: boolean
}

export interface CarriedOut {
  /** Absent where there was nothing to do. */
  run?: string
  outcomes: Map<string, StepOutcome>
  /** Why the run was not written down. */
  unwritten?: string
}

/** @param of the run that this one undoes */
export async function carryOut(
  command: RunCommand,
  plan: Plan,
  options: RolloutOptions,
  tools: RolloutTools,
  of?: string,
): Promise<CarriedOut> {
  if (plan.steps.length === 0) return { outcomes: new Map() }
  const recorded = {
    ...options.recorded,
    ...recordedWay(tools.aws),
    waves: options.waves.map(limitText),
    ...(options.maxErrors && { maxErrors: limitText(options.maxErrors) }),
  }
  const startedAt = new Date(tools.clock.now()).toISOString()
  const header = { command, startedAt, options: recorded, ...(of !== undefined && { of }) }
  try {
    const { run, journal } = await tools.runs.create(header, plan)
    return { run, outcomes: await withJournal(journal, plan, options, tools) }
  } catch (error) {
    if (!options.withoutJournal || !(error instanceof XtraceError && error.code === 'NO_STATE_FOLDER')) throw error
    return { outcomes: await withJournal(NO_JOURNAL, plan, options, tools), unwritten: error.message }
  }
}

const NO_JOURNAL: Journal = { append: async () => undefined, close: async () => undefined }

/** Goes on with a run that is open already; steps that are done are not begun again. */
export function goOn(
  open: { plan: Plan; state: RunState; journal: Journal },
  options: RolloutOptions,
  tools: RolloutTools,
): Promise<Map<string, StepOutcome>> {
  return withJournal(open.journal, open.plan, options, tools, open.state)
}

async function withJournal(
  journal: Journal,
  plan: Plan,
  options: RolloutOptions,
  tools: RolloutTools,
  state?: RunState,
): Promise<Map<string, StepOutcome>> {
  const tally = new Tally(plan, tools.clock, state)
  try {
    const outcomes = await execute(
      plan,
      {
        aws: tools.aws,
        clock: tools.clock,
        record: (entry) => journal.append(entry),
        observe: (event) => {
          tally.note(event)
          tools.progress.say('carrying out the plan', tally.ended, tally.total, tally.besides())
          tools.onStep?.(event)
        },
      },
      {
        waves: options.waves,
        ...(options.maxErrors && { maxErrors: options.maxErrors }),
        ...(state && { states: state.steps }),
      },
    )
    await journal.append({ type: 'ended', at: new Date(tools.clock.now()).toISOString(), outcome: outcomeOf(outcomes) })
    return outcomes
  } finally {
    await journal.close()
  }
}

function outcomeOf(outcomes: Map<string, StepOutcome>): ExitName {
  const all = [...outcomes.values()]
  if (all.some((one) => one.status !== 'done' && one.error.code === 'INTERRUPTED')) return 'interrupted'
  return all.every((one) => one.status === 'done') ? 'ok' : 'incomplete'
}
