/** How a change ends as a whole: done, partly done, or not at all. */
import type { ReportedError } from '../../core/report.js'
import { EXIT_STATUSES, type ExitName, exitNameOf } from '../../errors.js'
import type { ChangeResult } from './function-outcome.js'

export interface Ending {
  outcome: ExitName
  /** Present when nothing that was asked could be done, or the run was interrupted. */
  error?: ReportedError
}

/**
 * Ctrl-C ends a run whatever else happened, and a stale plan says so. Part done is incomplete; nothing done ends as its
 * failures say: where they differ, incomplete if something can be gone on with, else refused.
 *
 * @param begun the plan was begun before: what was stale then is one thing of others that are not done
 */
export function endingOf(rows: ReadonlyArray<{ error?: ReportedError; result?: ChangeResult }>, begun = false): Ending {
  const errors = rows.flatMap((row) => row.error ?? [])
  const [first] = errors
  if (!first) return { outcome: 'ok' }
  const stopped = errors.find((error) => error.code === 'INTERRUPTED')
  if (stopped) return { outcome: 'interrupted', error: stopped }
  const stale = begun ? undefined : errors.find((error) => error.code === 'STALE')
  if (stale) return { outcome: 'stale', ...(errors.length === rows.length && { error: stale }) }
  if (rows.some((row) => !row.error || (row.result && PART_DONE.has(row.result)))) return { outcome: 'incomplete' }
  const exits = new Set(errors.map((error) => exitNameOf(error.code)))
  const outcome = exits.size === 1 ? exitNameOf(first.code) : (STRONGEST.find((exit) => exits.has(exit)) ?? 'refused')
  const message =
    errors.length === 1
      ? first.message
      : `None of the ${errors.length} functions could be changed. The first: ${first.message}`
  return { outcome, error: { ...first, message, exit: EXIT_STATUSES[outcome].status } }
}

/** Something of the function was done, or would be, although not all. */
const PART_DONE: ReadonlySet<ChangeResult> = new Set<ChangeResult>(['created', 'changed', 'granted', 'planned'])

/** Of failures that end in different ways, the one that says what to do next. */
const STRONGEST: readonly ExitName[] = ['credentials', 'incomplete']
