/** The runs of this machine: begun, opened and listed, each by one process at a time. */
import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Plan } from '../../core/plan/plan.js'
import type { RunHeader, RunState, RunSummary } from '../../core/run.js'
import { XtraceError } from '../../errors.js'
import { errnoOf } from '../errno.js'
import { type Journal, type JournalEnd, JournalFile } from './journal.js'
import { openJournal, readRun, writeRun } from './run-folder.js'
import { findRun, runIds } from './run-id.js'
import { idsNewestFirst, listRuns, lockOf, runIdsIn } from './run-list.js'
import { type LockTools, lockRun, type RunLock } from './run-lock.js'

/** No other process has this run until its journal is closed. */
export interface OpenRun {
  plan: Plan
  state: RunState
  journal: Journal
}

export interface RunStore {
  /** Everything is on disk, and the run is locked, when this resolves. */
  create(
    header: Omit<RunHeader, 'type' | 'schema' | 'run' | 'plan'>,
    plan: Plan,
  ): Promise<{ run: string; journal: Journal }>
  /**
   * @param run an id, the beginning of one, or `last` for the newest
   * @throws XtraceError RUN_NOT_FOUND, RUN_LOCKED or UNREADABLE_RUN
   */
  open(run: string): Promise<OpenRun>
  /** Newest first; a run that cannot be read is listed as such. */
  list(): Promise<RunSummary[]>
}

/** @param stateFolder is made when it is needed */
export function runStore(stateFolder: string, tools: LockTools): RunStore {
  const runs = join(stateFolder, 'runs')
  return {
    create: (header, plan) => create(runs, header, plan, tools).catch(asUnusable(runs)),
    open: (name) => openRun(runs, name, tools).catch(asUnusable(runs)),
    list: () => listRuns(runs, tools.clock).catch(asUnusable(runs)),
  }
}

async function create(
  runs: string,
  header: Omit<RunHeader, 'type' | 'schema' | 'run' | 'plan'>,
  plan: Plan,
  tools: LockTools,
): Promise<{ run: string; journal: Journal }> {
  await makeFolder(runs)
  const { run, lock } = await freeRun(runs, plan.id, tools)
  return releasedOnFailure(lock, async () => {
    const full: RunHeader = { ...header, type: 'header', schema: 'xtrace/journal@1', run, plan: plan.id }
    const { end } = await writeRun(runs, full, plan)
    return { run, journal: await journalOf(runs, run, end, lock) }
  })
}

/** Node's own way of making parents too never ends below a folder like /proc, where none can be made. */
async function makeFolder(path: string): Promise<void> {
  const make = () => mkdir(path, { mode: 0o700 }).catch(unlessThere)
  try {
    await make()
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT' || dirname(path) === path) throw error
    await makeFolder(dirname(path))
    await make()
  }
}

/** A file of this name is found out when something is made in it. */
function unlessThere(error: unknown): void {
  if (errnoOf(error) !== 'EEXIST') throw error
}

async function openRun(runs: string, name: string, tools: LockTools): Promise<OpenRun> {
  const run = findRun(name, await idsNewestFirst(runs, tools.clock))
  const lock = await lockRun(lockOf(runs, run), run, tools)
  return releasedOnFailure(lock, async () => {
    const { plan, state, end } = await readRun(runs, run)
    return { plan, state, journal: await journalOf(runs, run, end, lock) }
  })
}

async function freeRun(runs: string, plan: string, tools: LockTools): Promise<{ run: string; lock: RunLock }> {
  for (const run of runIds(tools.clock.now(), plan, tools.random)) {
    const lock = await lockRun(lockOf(runs, run), run, tools).catch(unlessLocked)
    if (!lock) continue
    if (!(await runIdsIn(runs)).includes(run)) return { run, lock }
    await lock.release()
  }
  throw new XtraceError('FAULT', 'Every name for a run of this plan in this second is taken.')
}

function unlessLocked(error: unknown): undefined {
  if (!(error instanceof XtraceError) || error.code !== 'RUN_LOCKED') throw error
}

async function journalOf(runs: string, run: string, end: JournalEnd, lock: RunLock): Promise<Journal> {
  const file = await openJournal(runs, run)
  return new JournalFile({ file, end, checkpoint: lock.checkpoint, closed: lock.release })
}

async function releasedOnFailure<T>(lock: RunLock, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    await lock.release()
    throw error
  }
}

/** A folder that cannot be used is the user's to mend, not a fault. */
function asUnusable(runs: string): (error: unknown) => never {
  return (error) => {
    const errno = errnoOf(error)
    if (error instanceof XtraceError || errno === undefined) throw error
    throw new XtraceError('NO_STATE_FOLDER', `The runs cannot be kept in ${runs} (${errno}).`, { cause: error })
  }
}
