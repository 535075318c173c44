/** Keeps two processes off one run, and takes over from a process that died. */
import * as fs from 'node:fs'
import { readdir, readFile, rmdir, stat, unlink } from 'node:fs/promises'
import { hostname, uptime } from 'node:os'
import { join } from 'node:path'
import type { Clock } from '../../aws/gateways.js'
import { XtraceError } from '../../errors.js'
import { errnoOf } from '../errno.js'

export interface RunLock {
  /** @throws XtraceError RUN_LOCKED once another process may have the run */
  checkpoint(): void
  release(): Promise<void>
}

export interface LockTools {
  clock: Clock
  /** From 0 to 1, 1 excluded. */
  random(): number
}

/** Milliseconds without a sign of life; only for a process that cannot be asked, on another machine. */
const STALE = 30_000
const SIGN_OF_LIFE = 5_000

/** Marks that this process holds: after a crash in a container the next process may well have the same number. */
const held = new Set<string>()
let taken = 0

/** Who holds a lock; it is the name of the one file in the lock's folder, so it is there whole or not at all. */
interface Holder {
  mark: string
  pid: number
  host: string
}

/**
 * @param path of the lock, a folder that exists while the lock is held
 * @throws XtraceError RUN_LOCKED, which names the run and the process that has it
 */
export async function lockRun(path: string, run: string, { clock, random }: LockTools): Promise<RunLock> {
  const seen = await lookAt(path, clock)
  if (seen?.live) throw locked(path, run, seen.holder)
  if (seen?.holder) await clear(path, seen.holder)
  const mark = newMark(random)
  let lost: XtraceError | undefined
  const { lock } = await import('proper-lockfile')
  held.add(mark)
  const release = await lock(path, {
    lockfilePath: path,
    realpath: false,
    stale: STALE,
    update: SIGN_OF_LIFE,
    fs: withMark(mark),
    onCompromised: (cause) => {
      lost = lostLock(run, cause)
    },
  }).catch(async (error: unknown) => {
    held.delete(mark)
    if (!['ELOCKED', 'ENOTEMPTY'].includes(errnoOf(error) ?? '')) throw error
    throw locked(path, run, (await lookAt(path, clock))?.holder)
  })
  return {
    checkpoint: () => {
      if (lost) throw lost
    },
    release: async () => {
      held.delete(mark)
      if (!lost) await release().catch(unlessTakenOver)
    },
  }
}

/** Whether a live process has the lock; one that was suspended is alive. */
export async function isHeld(path: string, clock: Clock): Promise<boolean> {
  return (await lookAt(path, clock))?.live ?? false
}

async function lookAt(path: string, clock: Clock): Promise<{ live: boolean; holder?: Holder } | undefined> {
  const folder = await stat(path).catch(unlessMissing)
  if (!folder) return undefined
  const holder = ((await readdir(path).catch(unlessMissing)) ?? []).flatMap(holderOf)[0]
  const sinceSign = clock.now() - folder.mtimeMs
  if (holder?.host !== thisHost()) return { live: sinceSign <= STALE, ...(holder && { holder }) }
  const alive = holder.pid === process.pid ? held.has(holder.mark) : await isAlive(holder.pid)
  // Before the machine was started there was another process of that number.
  return { live: alive && sinceSign <= uptime() * 1000, holder }
}

function newMark(random: () => number): string {
  const nonce = Math.floor(random() * 36 ** 8).toString(36)
  return `${process.pid}.${(++taken).toString(36)}${nonce.padStart(8, '0')}.${thisHost()}`
}

/** As it can stand in a file's name. */
function thisHost(): string {
  return hostname().replace(/[^a-zA-Z0-9.-]/g, '_')
}

function holderOf(mark: string): Holder[] {
  const [, pid, host] = /^(\d+)\.[0-9a-z]+\.(.*)$/.exec(mark) ?? []
  return pid === undefined || host === undefined ? [] : [{ mark, pid: Number(pid), host }]
}

/** Of several that find the same dead holder one removes its mark, and only that one removes the folder. */
async function clear(path: string, dead: Holder): Promise<void> {
  const first = await unlink(join(path, dead.mark)).then(() => true, unlessMissing)
  if (first) await rmdir(path).catch(unlessMissing)
}

async function isAlive(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0)
  } catch (error) {
    return errnoOf(error) === 'EPERM'
  }
  const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  return !/\) [ZX]/.test(status)
}

/** The calls that the lock is made with: its folder holds the mark from the first moment on, and is removed with it. */
function withMark(mark: string) {
  type Done = (error: NodeJS.ErrnoException | null) => void
  return {
    stat: fs.stat,
    utimes: fs.utimes,
    mkdir: (path: string, done: Done) =>
      fs.mkdir(path, { mode: 0o700 }, (error) =>
        error ? done(error) : fs.writeFile(join(path, mark), '', { mode: 0o600 }, done),
      ),
    rmdir: (path: string, done: Done) =>
      fs.rm(join(path, mark), { force: true }, (error) => (error ? done(error) : fs.rmdir(path, done))),
    rmdirSync: (path: string) => {
      fs.rmSync(join(path, mark), { force: true })
      fs.rmdirSync(path)
    },
  }
}

function locked(path: string, run: string, holder: Holder | undefined): XtraceError {
  const where = holder && holder.host !== thisHost() ? ` on ${holder.host}` : ''
  const who = holder ? `process ${holder.pid}${where}` : 'another process'
  return new XtraceError('RUN_LOCKED', `Run ${run} is in the hands of ${who}.`, {
    suggestions: [
      'Wait until that process has ended, or stop it; then run the same command again.',
      `If that process is not xtrace, remove the folder ${path} first.`,
    ],
  })
}

function lostLock(run: string, cause: unknown): XtraceError {
  const message = `The lock of run ${run} was lost: another process may have taken it over, so nothing more is done here.`
  return new XtraceError('RUN_LOCKED', message, { cause })
}

function unlessTakenOver(error: unknown): void {
  if (!['ENOTEMPTY', 'ERELEASED'].includes(errnoOf(error) ?? '')) throw error
}

function unlessMissing(error: unknown): undefined {
  if (errnoOf(error) !== 'ENOENT') throw error
}
