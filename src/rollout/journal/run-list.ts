/** Which runs there are, and how each of them stands. */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Clock } from '../../aws/gateways.js'
import { markUndone, type RunSummary, summaryOf } from '../../core/run.js'
import { XtraceError } from '../../errors.js'
import { errnoOf } from '../errno.js'
import { readHeader, readRun } from './run-folder.js'
import { isRunId, timeOf } from './run-id.js'
import { isHeld } from './run-lock.js'

/** Beside the run's folder, so that it can be taken before the folder is there. */
export function lockOf(runs: string, run: string): string {
  return join(runs, `${run}.lock`)
}

export async function runIdsIn(runs: string): Promise<string[]> {
  const names = await readdir(runs).catch((error: unknown) => {
    if (errnoOf(error) === 'ENOENT') return []
    throw error
  })
  return names.filter(isRunId)
}

/** Newest first. */
export async function listRuns(runs: string, clock: Clock): Promise<RunSummary[]> {
  return markUndone(await summariesOf(runs, await runIdsIn(runs), clock))
}

/** Ids tell the second; only of the newest second are the journals read. */
export async function idsNewestFirst(runs: string, clock: Clock): Promise<string[]> {
  const ids = (await runIdsIn(runs)).sort().reverse()
  const newest = ids.filter((id) => timeOf(id) === timeOf(ids[0] ?? ''))
  if (newest.length < 2) return ids
  const ordered = await summariesOf(runs, newest, clock)
  return [...ordered.map(({ id }) => id), ...ids.slice(newest.length)]
}

async function summariesOf(runs: string, ids: string[], clock: Clock): Promise<RunSummary[]> {
  const summaries: RunSummary[] = []
  for (const id of ids) summaries.push(await summarize(runs, id, clock))
  const key = ({ id, startedAt }: RunSummary) => `${timeOf(id)} ${startedAt} ${id}`
  return summaries.sort((a, b) => (key(a) < key(b) ? 1 : -1))
}

async function summarize(runs: string, id: string, clock: Clock): Promise<RunSummary> {
  const before = await isHeld(lockOf(runs, id), clock)
  try {
    const { state } = await readRun(runs, id, before)
    return summaryOf(state, await isHeld(lockOf(runs, id), clock))
  } catch (error) {
    if (!(error instanceof XtraceError)) throw error
    const header = await readHeader(runs, id)
    const { command = 'unknown', startedAt = timeOf(id), of } = header ?? {}
    const none = { done: 0, failed: 0, left: 0, refused: 0 }
    return { id, command, startedAt, state: 'unreadable', ...none, ...(of !== undefined && { of }) }
  }
}
