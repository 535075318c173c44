/** The two files of a run: written whole or not at all, for their owner only, and believed only as they were written. */
import { constants } from 'node:fs'
import { type FileHandle, mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Plan } from '../../core/plan/plan.js'
import { planText, readPlanText } from '../../core/plan/plan-file.js'
import { foldRun, type RunHeader, type RunState } from '../../core/run.js'
import { asXtraceError, XtraceError } from '../../errors.js'
import { errnoOf } from '../errno.js'
import { type JournalEnd, readJournalText } from './journal.js'
import { lineOf, NO_CHECK } from './journal-line.js'

const PLAN = 'plan.json'
const JOURNAL = 'journal.ndjson'
/** Folders cannot be synced everywhere; there a rename is as durable as it gets. */
const CANNOT_SYNC = ['EPERM', 'EISDIR', 'EINVAL', 'EACCES']

export interface RunContent {
  plan: Plan
  state: RunState
  /** Where the journal ends. */
  end: JournalEnd
}

/**
 * The folder appears under the run's name when everything is on disk. What is written can be read again: a run that
 * could not be resumed is not begun.
 */
export async function writeRun(runs: string, header: RunHeader, plan: Plan): Promise<RunContent> {
  const files = { plan: planText(plan), journal: `${lineOf(header, NO_CHECK).line}\n` }
  const content = readAgain(files, header.run, runs)
  const making = join(runs, `.${header.run}`)
  try {
    await rm(making, { recursive: true, force: true })
    await mkdir(making, { mode: 0o700 })
    await writeFile(join(making, PLAN), files.plan)
    await writeFile(join(making, JOURNAL), files.journal)
    await syncFolder(making)
    await rename(making, join(runs, header.run))
    await syncFolder(runs)
    return content
  } catch (error) {
    await rm(making, { recursive: true, force: true })
    throw error
  }
}

/**
 * @param growing another process is writing: its last line may be half there
 * @throws XtraceError UNREADABLE_RUN
 */
export async function readRun(runs: string, run: string, growing = false): Promise<RunContent> {
  const folder = join(runs, run)
  const journal = await readText(join(folder, JOURNAL))
  const whole = growing ? journal.slice(0, journal.lastIndexOf('\n') + 1) : journal
  return contentOf({ plan: await readText(join(folder, PLAN)), journal: whole }, run, runs)
}

/** @returns the first line of a journal, or nothing when not even that can be believed */
export async function readHeader(runs: string, run: string): Promise<RunHeader | undefined> {
  try {
    const journal = await readText(join(runs, run, JOURNAL))
    const { header } = readJournalText(journal.slice(0, journal.indexOf('\n') + 1), run)
    return header.run === run ? header : undefined
  } catch (error) {
    if (error instanceof XtraceError) return undefined
    throw error
  }
}

export async function openJournal(runs: string, run: string): Promise<FileHandle> {
  return await open(join(runs, run, JOURNAL), constants.O_WRONLY | constants.O_APPEND)
}

function contentOf(files: { plan: string; journal: string }, run: string, runs: string): RunContent {
  const source = join(runs, run)
  const plan = unreadableRun(() => readPlanText(files.plan, join(source, PLAN)))
  const { header, entries, end } = readJournalText(files.journal, join(source, JOURNAL))
  if (header.run !== run) throw unreadable(`${join(source, JOURNAL)} is the journal of another run`)
  if (header.plan !== plan.id) throw unreadable(`${join(source, PLAN)} is not the plan that the journal belongs to`)
  return { plan, state: foldRun(plan, header, entries), end }
}

function readAgain(files: { plan: string; journal: string }, run: string, runs: string): RunContent {
  try {
    return contentOf(files, run, runs)
  } catch (cause) {
    const why = asXtraceError(cause).message
    throw new XtraceError('FAULT', `The run was not begun, since it could not be resumed: ${why}`, { cause })
  }
}

/** A run's plan cannot be saved anew: what to try is what helps a run. */
function unreadableRun<T>(read: () => T): T {
  try {
    return read()
  } catch (thrown) {
    const error = asXtraceError(thrown)
    throw error.code === 'UNREADABLE_PLAN' ? new XtraceError('UNREADABLE_RUN', error.message) : error
  }
}

/** UTF-8 to the byte: a decoder that mends would hide an edit. */
async function readText(path: string): Promise<string> {
  const bytes = await readFile(path).catch((error: unknown) => {
    throw unreadable(`${path} cannot be read (${errnoOf(error) ?? String(error)})`)
  })
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw unreadable(`${path} is not text`)
  }
}

function unreadable(why: string): XtraceError {
  return new XtraceError('UNREADABLE_RUN', `${why}.`)
}

async function writeFile(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx', 0o600)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
}

async function syncFolder(path: string): Promise<void> {
  try {
    const folder = await open(path)
    await folder.sync().finally(() => folder.close())
  } catch (error) {
    if (!CANNOT_SYNC.includes(errnoOf(error) ?? '')) throw error
  }
}
