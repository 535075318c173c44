/** What a journal says of a run: which of the plan's steps are done, which failed, which are left. */
import { type ErrorCode, type ExitName, stopsEverything, XtraceError } from '../errors.js'
import type { Plan, Step } from './plan/plan.js'

export type RunCommand = 'enable' | 'disable' | 'apply' | 'undo'

/** The first line of a journal. */
export interface RunHeader {
  type: 'header'
  schema: 'xtrace/journal@1'
  run: string
  command: RunCommand
  /** The plan's id. */
  plan: string
  /** ISO 8601, UTC. */
  startedAt: string
  /** The run that this one undoes. */
  of?: string
  /** What resuming needs to know again: rate, waves and the like; never a credential. */
  options: Record<string, string | number | boolean | string[]>
}

/** Every later line; `at` is ISO 8601, UTC. */
export type JournalEntry =
  | { type: 'started'; step: string; at: string }
  /** `note` says for example which version a publish step made. */
  | { type: 'done'; step: string; at: string; changed: boolean; note?: string }
  | { type: 'failed'; step: string; at: string; code: ErrorCode; message: string }
  | { type: 'ended'; at: string; outcome: ExitName }

export interface StepState {
  /** `started`: the call may or may not have been made; AWS must be asked before it is made again. */
  state: 'todo' | 'started' | 'done' | 'failed'
  changed?: boolean
  note?: string
  code?: ErrorCode
  message?: string
}

export interface RunState {
  header: RunHeader
  /** Every step of the plan. */
  steps: ReadonlyMap<string, StepState>
  /** Functions that were refused when the run was planned: no part of it. */
  refused: number
  /** Of the last entry: a run that went on after it has not ended. */
  ended?: ExitName
}

/** One run among others; `done`, `failed` and `left` add up to the number of steps, grants among them. */
export interface RunSummary {
  id: string
  /** `unknown` where not even the first line of the journal can be read. */
  command: RunCommand | 'unknown'
  startedAt: string
  /**
   * `running`: a live process has it. `finished`: nothing failed and nothing is left. `undone`: a later run has taken it
   * back. `unreadable`: all counts are 0.
   */
  state: 'running' | 'finished' | 'incomplete' | 'undone' | 'unreadable'
  done: number
  failed: number
  left: number
  /** Functions that were refused when the run was planned: no part of it. */
  refused: number
  of?: string
}

/**
 * What an entry says of a step replaces what was said of it before.
 * @throws XtraceError UNREADABLE_RUN for an entry about a step that the plan does not have
 */
export function foldRun(plan: Plan, header: RunHeader, entries: readonly JournalEntry[]): RunState {
  const steps = new Map<string, StepState>(plan.steps.map((step) => [step.id, { state: 'todo' }]))
  for (const entry of entries) {
    if (entry.type === 'ended') continue
    if (!steps.has(entry.step))
      throw new XtraceError(
        'UNREADABLE_RUN',
        `The journal of run ${header.run} names a step that its plan does not have.`,
      )
    steps.set(entry.step, stateAfter(entry))
  }
  const last = entries.at(-1)
  const refused = new Set(plan.refused.map((one) => one.function)).size
  return { header, steps, refused, ...(last?.type === 'ended' && { ended: last.outcome }) }
}

function stateAfter(entry: Exclude<JournalEntry, { type: 'ended' }>): StepState {
  switch (entry.type) {
    case 'started':
      return { state: 'started' }
    case 'done':
      return { state: 'done', changed: entry.changed, ...(entry.note !== undefined && { note: entry.note }) }
    case 'failed':
      // The run was stopped before the call was made: nothing went wrong with the step.
      if (stopsEverything(new XtraceError(entry.code, entry.message))) return { state: 'todo' }
      return { state: 'failed', code: entry.code, message: entry.message }
  }
}

/** The steps that a resumed run has to look at again, in the plan's order. */
export function leftOf(plan: Plan, state: RunState): Step[] {
  return plan.steps.filter((step) => state.steps.get(step.id)?.state !== 'done')
}

export function summaryOf(state: RunState, running: boolean): RunSummary {
  const { run, command, startedAt, of } = state.header
  const states = [...state.steps.values()].map((step) => step.state)
  const done = states.filter((one) => one === 'done').length
  const failed = states.filter((one) => one === 'failed').length
  return {
    id: run,
    command,
    startedAt,
    state: running ? 'running' : done === states.length ? 'finished' : 'incomplete',
    done,
    failed,
    left: states.length - done - failed,
    refused: state.refused,
    ...(of !== undefined && { of }),
  }
}

/** Nothing that was asked for is left out. */
export function isWhole({ state, refused }: RunSummary): boolean {
  return state === 'finished' && refused === 0
}

/**
 * A run is undone when its undo is whole.
 * @param runs newest first: what undoes a run is newer, and may have been undone itself
 */
export function markUndone(runs: readonly RunSummary[]): RunSummary[] {
  const undone = new Set<string>()
  return runs.map((run) => {
    const standing = undone.has(run.id) ? { ...run, state: 'undone' as const } : run
    if (standing.of !== undefined && isWhole(standing)) undone.add(standing.of)
    return standing
  })
}
