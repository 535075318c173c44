/** Rollouts whose process is killed at any moment: `xtrace resume` ends as if nothing had been, `xtrace undo` as before. */
import { rmSync } from 'node:fs'
import { beforeAll, expect } from 'vitest'
import { type Aws, type AwsOptions, describe, it, newStateFolder, openAws, until } from '../support/it.js'
import type { ReportJson } from '../support/report-json.js'
import { accepted, atCall, FAST, fleet, HURRY, refuseOpenOrLeakyFiles, runsIn, SEVERAL } from '../support/rollout.js'
import { run, start } from '../support/xtrace.js'

const KILLED = 'SIGKILL'
const snapshotOf = ({ sandbox }: Aws) => sandbox.world.snapshot()

/** What a process may be killed in the middle of: the waiting for Lambda and IAM too. */
const SLOW: AwsOptions['settings'] = { ...FAST, settleMs: 20, iamDelayMs: 50 }

/** Twelve functions in two regions: seven need a grant of two roles, one is Active. */
const WORLD: AwsOptions = {
  functions: fleet(12, (index) => ({
    region: index % 3 === 0 ? 'eu-west-1' : 'us-east-1',
    role: ['bare-role', 'writing-role', 'other-bare-role', 'bare-role', 'inline-role'][index % 5],
    mode: index === 4 ? 'Active' : index % 2 === 0 ? 'PassThrough' : undefined,
  })),
  regions: ['us-east-1', 'eu-west-1'],
  settings: SLOW,
}

/** Six functions that are stale: to be published, and their alias moved. */
const STALE: AwsOptions = {
  functions: fleet(6, (index) => ({
    mode: index < 2 ? 'Active' : 'PassThrough',
    versions: [{ mode: 'PassThrough' }],
    aliases: [{ name: 'live', version: '1' }],
  })),
  regions: ['us-east-1'],
  settings: SLOW,
}

/** Six functions to be turned off, on roles that lose their permission. */
const TRACED: AwsOptions = {
  functions: fleet(6, (index) => ({ mode: 'Active', role: index < 3 ? 'writing-role' : 'second-writing-role' })),
  roles: [{ name: 'second-writing-role', managed: ['AWSXRayDaemonWriteAccess'] }],
  regions: ['us-east-1'],
  settings: SLOW,
}

interface Rollout {
  options: AwsOptions
  words: string[]
}

const EVERYWHERE = ['--match', 'fn-*', '--all-regions', '--yes', ...HURRY]
const ENABLE: Rollout = { options: WORLD, words: ['enable', ...EVERYWHERE] }
const PUBLISH: Rollout = { options: STALE, words: ['enable', '--publish', ...EVERYWHERE] }
const REVOKE: Rollout = { options: TRACED, words: ['disable', '--revoke', ...EVERYWHERE] }

interface Undisturbed {
  before: unknown
  after: unknown
  /** Number of the first writing call, and of all calls. */
  first: number
  all: number
}

/** Moments spread evenly over the calls from the first write to the last, at an undisturbed pace. */
const momentOf = (index: number, count: number, { first, all }: Undisturbed) =>
  first + Math.round((index * (all - first)) / Math.max(1, count - 1))

async function undisturbed({ options, words }: Rollout): Promise<Undisturbed> {
  const aws = await openAws(options)
  const state = newStateFolder()
  const before = snapshotOf(aws)
  const { status, stderr } = await run(words, { aws, state })
  await aws.sandbox.close()
  rmSync(state, { recursive: true })
  expect(status, stderr).toBe(0)
  const first = aws.calls.findIndex(({ write }) => write) + 1
  return { before, after: snapshotOf(aws), first, all: aws.calls.length }
}

/** Starts a command and kills it at its nth call: at once, unheard of the answer; or a moment after it. */
async function killedAt(nth: number, late: boolean, words: string[], aws: Aws, state: string): Promise<void> {
  const { child, ended } = start(words, { aws, state })
  const kill = () => child.kill(KILLED)
  atCall(aws, aws.calls.length + nth, late ? () => setTimeout(kill, 8) : kill)
  await ended
  Reflect.deleteProperty(aws.sandbox.calls, 'push')
}

async function done(words: string[], aws: Aws, state: string): Promise<ReportJson> {
  const { status, stdout, stderr, json } = await run([...words, ...HURRY, '--json'], { aws, state })
  expect(status, stdout + stderr).toBe(0)
  return json<ReportJson>()
}

function killing(what: string, rollout: Rollout, count: number, undoes: (index: number) => boolean): void {
  describe.concurrent(what, SEVERAL, () => {
    let calm: Undisturbed | undefined
    beforeAll(async () => {
      calm = await undisturbed(rollout)
    })

    for (let index = 0; index < count; index++) {
      it(`is finished by resume when it was killed at moment ${index + 1} of ${count}`, async ({ open, state }) => {
        if (!calm) throw new Error('there was no undisturbed run')
        const aws = await open(rollout.options)
        await killedAt(momentOf(index, count, calm), index % 2 === 1, rollout.words, aws, state)
        refuseOpenOrLeakyFiles(state)
        await done(['resume', 'last'], aws, state)
        expect(snapshotOf(aws)).toEqual(calm.after)
        refuseOpenOrLeakyFiles(state)
        if (!undoes(index)) return
        await done(['undo', 'last'], aws, state)
        expect(snapshotOf(aws)).toEqual(calm.before)
      })
    }
  })
}

killing('enable with grants', ENABLE, 20, (index) => index % 2 === 0)
// A version that was published stays: undo cannot take that back.
killing('enable --publish', PUBLISH, 4, () => false)
killing('disable --revoke', REVOKE, 4, (index) => index % 2 === 0)

describe.concurrent('undo', SEVERAL, () => {
  for (const moment of [1, 7, 14])
    it(`is finished by resume when it was killed at its write ${moment}, with the world as before`, async ({
      open,
      state,
    }) => {
      const aws = await open(WORLD)
      const before = snapshotOf(aws)
      const { status } = await run(ENABLE.words, { aws, state })
      expect(status).toBe(0)
      const { child, ended } = start(['undo', 'last', ...HURRY], { aws, state })
      const writes = aws.writes().length
      const { calls } = aws.sandbox
      calls.push = (...more) => {
        const length = Array.prototype.push.apply(calls, more)
        if (aws.writes().length === writes + moment) child.kill(KILLED)
        return length
      }
      await ended
      Reflect.deleteProperty(calls, 'push')
      expect((await runsIn(state))[0]).toMatchObject({ command: 'undo' })
      await done(['resume', 'last'], aws, state)
      expect(snapshotOf(aws)).toEqual(before)
    })

  it('of a rollout that was killed takes back what was done of it', async ({ open, state }) => {
    const aws = await open(WORLD)
    const before = snapshotOf(aws)
    const { child, ended } = start(ENABLE.words, { aws, state })
    await until(() => accepted(aws.calls, 'UpdateFunctionConfiguration').length >= 3)
    child.kill(KILLED)
    await ended
    await done(['undo', 'last'], aws, state)
    expect(snapshotOf(aws)).toEqual(before)
  })
})
