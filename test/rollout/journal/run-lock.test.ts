/** One process at a time on one run: the living are respected, the dead are taken over from. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { isHeld, lockRun } from '../../../src/rollout/journal/run-lock.js'
import { runStore } from '../../../src/rollout/journal/run-store.js'
import { AT, done, PLAN, STEP, started } from '../../core/run/build-run.js'
import { type HeldRun, holdRun } from './held-run.js'

const clock = { now: Date.now, sleep: () => Promise.reject(new Error('nobody sleeps here')) }
const tools = { clock, random: Math.random }
const MINUTE = 60_000
const HERE = hostname().replace(/[^a-zA-Z0-9.-]/g, '_')

let folder: string
let path: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lock-'))
  path = join(folder, 'my.lock')
})
afterEach(() => rm(folder, { recursive: true }))

const take = () => lockRun(path, 'my-run', tools)

/** A lock as somebody left it, without a sign of life for so long. */
async function left(mark: string, ms: number): Promise<void> {
  await mkdir(path)
  if (mark !== '') await writeFile(join(path, mark), '')
  const at = new Date(Date.now() - ms)
  await utimes(path, at, at)
}

test('is taken once; after its release once more', async () => {
  const lock = await take()
  expect(await isHeld(path, clock)).toBe(true)
  await expect(take()).rejects.toMatchObject({
    code: 'RUN_LOCKED',
    exit: 'refused',
    message: `Run my-run is in the hands of process ${process.pid}.`,
  })
  lock.checkpoint()
  await lock.release()
  expect(await isHeld(path, clock)).toBe(false)
  await (await take()).release()
  expect(await readdir(folder)).toEqual([])
})

test('of many at once one gets it', async () => {
  for (const before of ['nothing', 'a dead process']) {
    if (before !== 'nothing') await left(`4194305.0.${HERE}`, 0)
    const all = await Promise.allSettled(Array.from({ length: 20 }, take))
    const taken = all.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
    expect(taken).toHaveLength(1)
    for (const one of all) if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'RUN_LOCKED' })
    await taken[0]?.release()
  }
})

describe('left behind', () => {
  test.each<[what: string, mark: string, ms: number, free: boolean]>([
    ['by a process that is dead', `4194305.0.${HERE}`, 0, true],
    ['by a living one', `${process.ppid}.0.${HERE}`, 0, false],
    ['by a living one that was suspended', `${process.ppid}.0.${HERE}`, 10 * MINUTE, false],
    ['before the machine was started', `${process.ppid}.0.${HERE}`, 100_000_000 * MINUTE, true],
    ['by an earlier process with our number', `${process.pid}.0.${HERE}`, 0, true],
    ['on another machine, just now', '7.0.elsewhere', 0, false],
    ['on another machine, a minute ago', '7.0.elsewhere', MINUTE, true],
    ['by nobody knows whom, just now', '', 0, false],
    ['by nobody knows whom, a minute ago', '', MINUTE, true],
  ])('%s', async (_, mark, ms, free) => {
    await left(mark, ms)
    expect(await isHeld(path, clock)).toBe(!free)
    if (free) await (await take()).release()
    else await expect(take()).rejects.toMatchObject({ code: 'RUN_LOCKED' })
    expect(await readdir(folder)).toEqual(free ? [] : ['my.lock'])
  })

  test('the message says where the other process is', async () => {
    await left('7.0.build-7', 0)
    await expect(take()).rejects.toThrow('Run my-run is in the hands of process 7 on build-7.')
  })
})

describe('a lock that is lost', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  /** Lets the time of the next sign of life come, and the file system answer. */
  async function untilLost(checkpoint: () => void): Promise<unknown> {
    const patience = performance.now() + 20_000
    while (performance.now() < patience) {
      vi.advanceTimersByTime(5_000)
      await new Promise(setImmediate)
      try {
        checkpoint()
      } catch (error) {
        return error
      }
    }
    throw new Error('nobody noticed')
  }

  test('stops whoever held it, who leaves what is there alone', async () => {
    const lock = await take()
    await rm(path, { recursive: true })
    await left('7.0.elsewhere', 0)
    expect(await untilLost(lock.checkpoint)).toMatchObject({ code: 'RUN_LOCKED', exit: 'refused' })
    await lock.release()
    expect(await readdir(path)).toEqual(['7.0.elsewhere'])
  })

  test('makes every later append fail, and closing still works', async () => {
    const { run, journal } = await runStore(folder, tools).create(
      { command: 'enable', startedAt: AT, options: {} },
      PLAN,
    )
    await journal.append(started(STEP.a))
    await rm(join(folder, 'runs', `${run}.lock`), { recursive: true })
    let last: unknown
    const patience = performance.now() + 20_000
    while (last === undefined && performance.now() < patience) {
      vi.advanceTimersByTime(5_000)
      last = await journal.append(started(STEP.b)).catch((error: unknown) => error)
    }
    expect(last).toMatchObject({ code: 'RUN_LOCKED' })
    await expect(journal.append(done(STEP.b))).rejects.toBe(last)
    await journal.close()
  })

  test('is kept as long as there is a sign of life', async () => {
    const lock = await take()
    const before = (await stat(path)).mtimeMs
    for (let turn = 0; turn < 50; turn++) {
      vi.advanceTimersByTime(5_000)
      await stat(path)
    }
    expect((await stat(path)).mtimeMs).not.toBe(before)
    lock.checkpoint()
    await lock.release()
  })
})

test.runIf(existsSync('/proc/self/stat'))('a process that is dead but was not buried is dead', async () => {
  const parent = spawn('sh', ['-c', 'sleep 60 & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = await once(parent.stdout, 'data')
  const pid = Number(String(line))
  const status = (of = pid) => readFile(`/proc/${of}/stat`, 'utf8')
  while (!(await status(parent.pid)).includes('(sleep)')) await new Promise(setImmediate)
  process.kill(pid, 'SIGKILL')
  while (!(await status()).includes(') Z')) await new Promise(setImmediate)
  await left(`${pid}.0.${HERE}`, 0)
  process.kill(pid, 0)
  expect(await isHeld(path, clock)).toBe(false)
  parent.kill()
})

test('a lock that somebody took over before its owner noticed is not removed by the owner', async () => {
  const lock = await take()
  await rm(path, { recursive: true })
  await left('7.0.elsewhere', 0)
  await lock.release()
  expect(await readdir(path)).toEqual(['7.0.elsewhere'])
})

describe('a process of its own', () => {
  let held: HeldRun
  const store = () => runStore(folder, tools)
  beforeEach(async () => {
    held = await holdRun(folder)
  })
  afterEach(() => held.kill())

  test('keeps everybody off its run; when it is killed its run is taken over at once', async () => {
    await expect(store().open(held.run)).rejects.toMatchObject({
      code: 'RUN_LOCKED',
      message: `Run ${held.run} is in the hands of process ${held.child.pid}.`,
    })
    expect(await store().list()).toMatchObject([{ id: held.run, state: 'running', left: 6 }])

    await held.kill()
    expect(await store().list()).toMatchObject([{ id: held.run, state: 'incomplete' }])
    const { journal, state } = await store().open('last')
    expect(state.steps.get(STEP.a)).toEqual({ state: 'started' })
    await journal.append(done(STEP.a))
    await journal.close()
    expect(await store().list()).toMatchObject([{ id: held.run, state: 'incomplete', done: 1, left: 5 }])
  })

  test('that only stands still is still there', async () => {
    held.child.kill('SIGSTOP')
    const lock = join(folder, 'runs', `${held.run}.lock`)
    const old = new Date(Date.now() - 10 * MINUTE)
    await utimes(lock, old, old)
    await expect(store().open(held.run)).rejects.toMatchObject({ code: 'RUN_LOCKED' })
    expect((await stat(lock)).mtime).toEqual(old)
  })
})
