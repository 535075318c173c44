/** The folder of runs: what is written, with which rights, what is found again and what is refused. */
import { existsSync } from 'node:fs'
import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Plan } from '../../../src/core/plan/plan.js'
import type { JournalEntry } from '../../../src/core/run.js'
import { EXIT_STATUSES, XtraceError } from '../../../src/errors.js'
import { type RunStore, runStore } from '../../../src/rollout/journal/run-store.js'
import { AT, done, ended, failed, PLAN, planOf, STEP, setMode, started } from '../../core/run/build-run.js'

const OPTIONS = { rate: 12, waves: ['1', '10%'], yes: true }

let state: string
let now: number
let random: number
let store: RunStore
const clock = { now: () => now, sleep: () => Promise.reject(new Error('nobody sleeps here')) }
const newStore = () => runStore(state, { clock, random: () => random })

beforeEach(async () => {
  state = join(await mkdtemp(join(tmpdir(), 'state-')), 'xtrace')
  now = Date.parse(AT)
  random = 0
  store = newStore()
})
afterEach(() => rm(join(state, '..'), { recursive: true }))

const begin = (plan = PLAN, more: { of?: string } = {}) =>
  store.create({ command: 'enable', startedAt: new Date(now).toISOString(), options: OPTIONS, ...more }, plan)

/** A run with these entries, closed. */
async function runOf(entries: JournalEntry[], plan: Plan = PLAN): Promise<string> {
  const { run, journal } = await begin(plan)
  await Promise.all(entries.map((entry) => journal.append(entry)))
  await journal.close()
  return run
}

const fileOf = (run: string, file = 'journal.ndjson') => join(state, 'runs', run, file)

async function refusal(name: string): Promise<XtraceError> {
  try {
    await (await store.open(name)).journal.close()
  } catch (error) {
    if (error instanceof XtraceError) return error
    throw error
  }
  throw new Error('it was opened')
}

describe('create', () => {
  test('names the run by its time and its plan', async () => {
    const { run, journal } = await begin()
    expect(run).toBe(`20261122T175700Z-${PLAN.id.slice(0, 6)}00`)
    await journal.close()
  })

  test('takes another name where one is taken, by a run or by a lock', async () => {
    const first = await begin()
    const second = await begin()
    await second.journal.close()
    const third = await begin()
    expect([first, second, third].map(({ run }) => run.slice(-2))).toEqual(['00', '01', '02'])
    await Promise.all([first, third].map(({ journal }) => journal.close()))
    random = 0.999999
    expect([await runOf([]), await runOf([])].map((run) => run.slice(-2))).toEqual(['zz', '03'])
  })

  test('of many at once each gets a run of its own', async () => {
    const all = await Promise.all(Array.from({ length: 10 }, () => begin()))
    expect(new Set(all.map(({ run }) => run)).size).toBe(10)
    await Promise.all(all.map(({ journal }) => journal.close()))
  })

  test('leaves nothing behind but the two files, for their owner only, even without a umask', async () => {
    const umask = process.umask(0)
    try {
      const { run, journal } = await begin()
      const rights = async (path: string) => ((await stat(path)).mode & 0o777).toString(8)
      expect(await readdir(join(state, 'runs', run))).toEqual(['journal.ndjson', 'plan.json'])
      for (const folder of ['.', 'runs', `runs/${run}`, `runs/${run}.lock`])
        expect(await rights(join(state, folder))).toBe('700')
      for (const file of await readdir(join(state, 'runs'), { recursive: true, withFileTypes: true }))
        if (file.isFile()) expect(await rights(join(file.parentPath, file.name))).toBe('600')
      await journal.close()
      expect(await readdir(join(state, 'runs'))).toEqual([run])
    } finally {
      process.umask(umask)
    }
  })

  test('writes no field that it was not meant to, and no plan that could not be read again', async () => {
    const secret = { environment: { KEY: 'hunter2' }, code: 'https://x.s3.amazonaws.com/?X-Amz-Signature=hunter2' }
    const { run, journal } = await store.create(
      { command: 'enable', startedAt: AT, options: {}, ...secret } as Parameters<RunStore['create']>[0],
      PLAN,
    )
    for (const entry of [started(STEP.a), done(STEP.a), failed(STEP.b), ended])
      await journal.append({ ...secret, ...entry })
    await journal.close()
    expect(await readFile(fileOf(run), 'utf8')).not.toContain('hunter2')
    const talkative = planOf([{ ...setMode('a', []), ...secret } as Plan['steps'][number]])
    await expect(begin(talkative)).rejects.toMatchObject({
      code: 'FAULT',
      message: expect.stringContaining('plan.steps[0].environment is not a field'),
    })
    expect(await readdir(join(state, 'runs'))).toEqual([run])
  })

  test('says why it cannot keep runs there', async () => {
    await mkdir(join(state, '..'), { recursive: true })
    await writeFile(state, 'not a folder')
    await expect(begin()).rejects.toMatchObject({ code: 'NO_STATE_FOLDER', exit: 'usage' })
    await rm(state)
  })

  test.runIf(existsSync('/proc/self'))('gives up where no folder can be made', async () => {
    const nowhere = runStore('/proc/nowhere/xtrace', { clock, random: () => random })
    await expect(nowhere.create({ command: 'enable', startedAt: AT, options: OPTIONS }, PLAN)).rejects.toMatchObject({
      code: 'NO_STATE_FOLDER',
      exit: 'usage',
    })
  })
})

describe('open', () => {
  test('goes on where the run stopped, any number of times', async () => {
    const run = await runOf([started(STEP.grant), done(STEP.grant), started(STEP.a), ended])
    const again = await store.open(run)
    expect(again.plan).toEqual(PLAN)
    expect(again.state.header).toMatchObject({ run, command: 'enable', plan: PLAN.id, startedAt: AT, options: OPTIONS })
    expect(again.state.ended).toBe('incomplete')
    expect(again.state.steps.get(STEP.a)).toEqual({ state: 'started' })
    await again.journal.append(done(STEP.a))
    await again.journal.close()
    const third = await newStore().open(run)
    expect(third.state.steps.get(STEP.a)).toEqual({ state: 'done', changed: true })
    expect(third.state).not.toHaveProperty('ended')
    await third.journal.close()
  })

  test('is for one at a time', async () => {
    const { run, journal } = await begin()
    expect(await refusal(run)).toMatchObject({ code: 'RUN_LOCKED', message: expect.stringContaining(run) })
    await expect(newStore().open(run)).rejects.toMatchObject({ code: 'RUN_LOCKED', exit: 'refused' })
    await journal.close()
    const opened = await newStore().open(run)
    expect((await refusal(run)).code).toBe('RUN_LOCKED')
    await opened.journal.close()
    await (await store.open(run)).journal.close()
  })

  test('takes the newest for `last`, and a beginning that only one has', async () => {
    const old = await runOf([], planOf([setMode('old', [])]))
    now += 1
    const [x, y] = [await runOf([], planOf([setMode('x', [])])), await runOf([], planOf([setMode('y', [])]))]
    now += 1
    const newest = await runOf([], planOf([setMode('newest', [])]))
    const opened = async (name: string) => {
      const { state, journal } = await store.open(name)
      await journal.close()
      return state.header.run
    }
    expect(await opened('last')).toBe(newest)
    for (const run of [old, x, y, newest]) expect(await opened(run.slice(0, 20))).toBe(run)
    expect(await refusal('2026')).toMatchObject({
      code: 'RUN_NOT_FOUND',
      message: expect.stringMatching(/"2026" is the beginning of .*: say more/),
    })
  })

  test('says that there is no run', async () => {
    for (const name of ['last', '2026', ''])
      expect(await refusal(name)).toMatchObject({
        code: 'RUN_NOT_FOUND',
        exit: 'usage',
        message: 'There is no run on this machine yet.',
      })
  })

  test.each([
    '',
    '..',
    '.',
    '../../etc',
    '/etc/passwd',
    '2027',
    '20261122T175700Z-abcdef00/..',
    '%2e%2e',
    '\u0000',
    'x'.repeat(5000),
  ])('finds nothing outside the folder: %j', async (name) => {
    const run = await runOf([])
    const { code, message } = await refusal(name)
    expect(code).toBe('RUN_NOT_FOUND')
    expect(message).toContain(`There is ${run}.`)
    expect(message.length).toBeLessThan(200)
  })
})

describe('a run that is not as it was written is refused, and nothing is changed', () => {
  let run: string
  beforeEach(async () => {
    run = await runOf([started(STEP.a), done(STEP.a)])
  })

  const damage: Array<[what: string, why: RegExp, () => Promise<void>]> = [
    [
      'a journal without its end',
      /line 3: the line was cut off/,
      async () => truncate(fileOf(run), (await stat(fileOf(run))).size - 1),
    ],
    ['an edited journal', /line 2: the check does not fit/, () => edit('journal.ndjson', '"started"', '"started "')],
    ['an empty journal', /line 1: the file is empty/, () => truncate(fileOf(run), 0)],
    ['a binary journal', /journal.ndjson is not text/, () => writeFile(fileOf(run), Buffer.from([0xc3, 0x28, 0xff]))],
    ['a newer journal', /a newer xtrace \(xtrace\/journal@2\)/, () => edit('journal.ndjson', 'journal@1', 'journal@2')],
    ['no journal', /journal.ndjson cannot be read \(ENOENT\)/, () => rm(fileOf(run))],
    [
      'a folder for a journal',
      /journal.ndjson cannot be read \(EISDIR\)/,
      () => rm(fileOf(run)).then(() => mkdir(fileOf(run))),
    ],
    ['no plan', /plan.json cannot be read \(ENOENT\)/, () => rm(fileOf(run, 'plan.json'))],
    ['an edited plan', /plan.id does not fit/, () => edit('plan.json', '"Active"', '"PassThrough"')],
    ['a newer plan', /a newer xtrace \(xtrace\/plan@2/, () => edit('plan.json', 'plan@1', 'plan@2')],
    ['a plan without its end', /not JSON, or it was cut off/, () => truncate(fileOf(run, 'plan.json'), 300)],
    [
      'the plan of another run',
      /is not the plan that the journal belongs to/,
      async () => cp(fileOf(await runOf([], planOf([])), 'plan.json'), fileOf(run, 'plan.json')),
    ],
    [
      'the journal of another run',
      /is the journal of another run/,
      async () => cp(fileOf(await runOf([])), fileOf(run)),
    ],
  ]
  const edit = async (file: string, from: string, to: string) => {
    const text = await readFile(fileOf(run, file), 'utf8')
    expect(text).toContain(from)
    await writeFile(fileOf(run, file), text.replace(from, to))
  }

  test.each(damage)('%s', async (_, why, spoil) => {
    await spoil()
    const before = await readdir(join(state, 'runs'))
    const error = await refusal(run)
    expect(error).toMatchObject({ code: 'UNREADABLE_RUN', message: expect.stringMatching(why) })
    expect(EXIT_STATUSES[error.exit].status).toBe(2)
    expect(await readdir(join(state, 'runs'))).toEqual(before)
    const listed = (await store.list()).find(({ id }) => id === run)
    expect(listed).toMatchObject({ state: 'unreadable', done: 0, failed: 0, left: 0 })
  })

  test('its first line still says what it was', async () => {
    const readable = { id: run, command: 'enable', startedAt: AT, state: 'unreadable' }
    await rm(fileOf(run, 'plan.json'))
    expect(await store.list()).toMatchObject([readable])
    await edit('journal.ndjson', '"started"', '"begun"')
    expect(await store.list()).toMatchObject([readable])
    await edit('journal.ndjson', '"enable"', '"disable"')
    expect(await store.list()).toMatchObject([{ ...readable, command: 'unknown' }])
  })

  test('something that is not a file', async () => {
    await rm(fileOf(run))
    await mkdir(fileOf(run))
    expect((await refusal(run)).message).toContain('(EISDIR)')
  })

  test('a byte of a character that is no longer one', async () => {
    const bytes = await readFile(fileOf(run, 'plan.json'))
    const at = bytes.indexOf(0xc3)
    bytes[at] = 0xff
    await writeFile(fileOf(run, 'plan.json'), bytes)
    expect((await refusal(run)).message).toContain('plan.json is not text')
  })
})

describe('list', () => {
  test('is empty where there is nothing', async () => {
    expect(await store.list()).toEqual([])
  })

  test('shows the newest first, and how each stands', async () => {
    const all = PLAN.steps.map((step) => done(step.id))
    const finished = await runOf([...all, ended])
    now += 500
    const incomplete = await runOf([done(STEP.grant), failed(STEP.a), started(STEP.b), ended])
    now += 1000
    const running = await begin(PLAN, { of: finished })
    await running.journal.append(done(STEP.grant))
    now += 1000
    const broken = await runOf([])
    await truncate(fileOf(broken), 10)
    expect(await store.list()).toEqual([
      {
        id: broken,
        command: 'unknown',
        startedAt: '2026-11-22T17:57:02.000Z',
        state: 'unreadable',
        done: 0,
        failed: 0,
        left: 0,
        refused: 0,
      },
      {
        id: running.run,
        command: 'enable',
        startedAt: '2026-11-22T17:57:01.500Z',
        state: 'running',
        done: 1,
        failed: 0,
        left: 5,
        refused: 1,
        of: finished,
      },
      {
        id: incomplete,
        command: 'enable',
        startedAt: '2026-11-22T17:57:00.500Z',
        state: 'incomplete',
        done: 1,
        failed: 1,
        left: 4,
        refused: 1,
      },
      { id: finished, command: 'enable', startedAt: AT, state: 'finished', done: 6, failed: 0, left: 0, refused: 1 },
    ])
    await running.journal.close()
  })

  test('counts a line that is just being written as not there yet', async () => {
    const { run, journal } = await begin()
    await journal.append(done(STEP.a))
    await truncate(fileOf(run), (await stat(fileOf(run))).size - 10)
    expect(await store.list()).toMatchObject([{ id: run, state: 'running', done: 0, left: 6 }])
    await journal.close()
  })

  test('looks at nothing but runs', async () => {
    const run = await runOf([])
    for (const name of ['.DS_Store', `.${run}`, 'notes.txt', `${run}~`]) await writeFile(join(state, 'runs', name), '')
    await mkdir(join(state, 'runs', 'backup'))
    expect(await store.list()).toMatchObject([{ id: run }])
  })

  test('shows a folder under another name as unreadable', async () => {
    const run = await runOf([])
    const other = run.replace('2026', '2025')
    await rename(join(state, 'runs', run), join(state, 'runs', other))
    expect(await store.list()).toMatchObject([{ id: other, state: 'unreadable', command: 'unknown' }])
    expect((await refusal('last')).message).toContain('is the journal of another run')
  })
})
