/** Finds the run that takes another one back. */
import type { RunSummary } from '../../core/run.js'
import type { RunStore } from '../../rollout/journal/run-store.js'

/** @returns the newest one that was not undone itself, whether or not it has come to its end */
export async function undoOf(run: string, runs: RunStore): Promise<RunSummary | undefined> {
  return (await runs.list()).find((one) => one.of === run && one.command === 'undo' && one.state !== 'undone')
}
