/** A run that is finished later ends as the command itself would have, also for what was no part of the run. */
import { expect, test } from 'vitest'
import { makePlan } from '../../../src/core/plan/plan.js'
import { XtraceError } from '../../../src/errors.js'
import { type ChangeRequest, changeTracing } from '../../../src/usecases/change/change.js'
import { resumeRun } from '../../../src/usecases/runs/resume.js'
import { undoRun } from '../../../src/usecases/runs/undo.js'
import { fn, functionArn } from '../../core/build-observation.js'
import { inline } from '../../core/policy/build-role.js'
import { FakeWorld } from '../../rollout/support/fake-world.js'
import { modeStep, roleArn, roleOf } from '../../rollout/support/steps.js'
import { VirtualClock } from '../../rollout/support/virtual-clock.js'
import { ROLLOUT, rolloutTools } from '../support/rollout-tools.js'

const writes = inline('trace', { Effect: 'Allow', Action: 'xray:*', Resource: '*' })
const old = { role: roleArn('writer'), runtime: 'python2.7' }
const REQUEST: ChangeRequest = {
  to: 'Active',
  choice: { refs: [] },
  regions: ['us-east-1'],
  grants: 'managed',
  revoke: false,
  dryRun: false,
  detailedExit: false,
  rollout: ROLLOUT,
}

function account() {
  const clock = new VirtualClock()
  const functions = [fn('a', { role: roleArn('writer') }), fn('b', { role: roleArn('writer') }), fn('old', old)]
  const world = new FakeWorld(clock, functions, [roleOf('writer', [writes])])
  const tools = rolloutTools(world, clock)
  const enable = (more: Partial<ChangeRequest>) =>
    changeTracing({ ...REQUEST, ...more }, { ...tools, agree: async () => true })
  const named = (...names: string[]) => ({ refs: names.map((name) => ({ name, text: name })) })
  const resume = () => resumeRun({ run: 'run-1', rollout: () => ROLLOUT }, tools)
  return { world, tools, enable, named, resume }
}

test('what was refused is told of again: the run is finished, the wish is not', async () => {
  const { world, enable, named, resume } = account()
  world.fail('setMode us-east-1 b', new XtraceError('UPDATE_FAILED', 'No.'))
  expect((await enable({ choice: named('a', 'b', 'old') })).outcome).toBe('incomplete')
  const resumed = await resume()
  expect(resumed.outcome).toBe('incomplete')
  expect(resumed.data.functions.map(({ name, result, error }) => [name, result, error?.code])).toEqual([
    ['a', 'changed', undefined],
    ['b', 'changed', undefined],
    ['old', 'refused', 'RUNTIME_BLOCKED'],
  ])
  expect(resumed.notes).toEqual([
    'refused when the run was planned, and no part of it: old',
    'run run-1: take it back with xtrace undo run-1',
  ])
  expect(await resume()).toMatchObject({
    outcome: 'incomplete',
    notes: ['run run-1 had nothing left to do', expect.stringContaining('no part of it: old'), expect.anything()],
  })
})

test('a run that was taken back is not gone on with, finished or not', async () => {
  const { world, tools, enable, named, resume } = account()
  world.fail('setMode us-east-1 b', new XtraceError('UPDATE_FAILED', 'No.'))
  await enable({ choice: named('a', 'b') })
  await undoRun({ run: 'run-1', dryRun: false, rollout: ROLLOUT }, tools)
  const before = world.picture()
  await expect(resume()).rejects.toMatchObject({
    code: 'RUN_UNDONE',
    message: 'Run run-1 was taken back by run run-2.',
    suggestions: ['Run the first command again, if it is to be done after all.'],
  })
  expect(world.picture()).toEqual(before)
  expect(tools.runs.all.map(({ open }) => open)).toEqual([false, false])
  await undoRun({ run: 'run-2', dryRun: false, rollout: ROLLOUT }, tools)
  expect((await resume()).outcome).toBe('ok')
  expect(world.picture()).not.toEqual(before)
})

test('a run that was taken back in part is not gone on with: the undo is', async () => {
  const { world, tools, enable, named, resume } = account()
  await enable({ choice: named('a', 'b') })
  world.fail('setMode us-east-1 b', new XtraceError('UPDATE_FAILED', 'No.'))
  await undoRun({ run: 'run-1', dryRun: false, rollout: ROLLOUT }, tools)
  await expect(resume()).rejects.toMatchObject({
    code: 'RUN_UNDONE',
    suggestions: ['xtrace resume run-2 goes on taking it back.'],
  })
})

test('so is a name that could not be read', async () => {
  const { enable, named, resume } = account()
  expect((await enable({ choice: named('a', 'nobody') })).outcome).toBe('incomplete')
  const { outcome, notes } = await resume()
  expect(outcome).toBe('incomplete')
  expect(notes).toContain('not read when the run was planned, and no part of it: nobody (us-east-1)')
})

test('so is a region that could not be read', async () => {
  const { world, enable, resume } = account()
  world.fail('listAllVersions eu-west-1', new XtraceError('ACCESS_DENIED', 'No.'))
  const selection = { match: ['a'], exclude: [], runtimes: [], tags: [] }
  expect((await enable({ choice: { selection }, regions: ['us-east-1', 'eu-west-1'] })).outcome).toBe('incomplete')
  const { outcome, notes } = await resume()
  expect(outcome).toBe('incomplete')
  expect(notes.join()).toContain('no part of it: eu-west-1 of 111122223333')
})

test('where all was read and nothing refused, to finish the run is all', async () => {
  const { world, enable, named, resume } = account()
  world.fail('setMode us-east-1 b', new XtraceError('UPDATE_FAILED', 'No.'))
  await enable({ choice: named('a', 'b') })
  expect(await resume()).toMatchObject({ outcome: 'ok', notes: ['run run-1: take it back with xtrace undo run-1'] })
})

test('what was stale when a plan was applied makes it incomplete: 7 is for the plan', async () => {
  const { tools, resume } = account()
  const header = { command: 'apply', startedAt: '2026-11-22T17:57:00Z', options: {} } as const
  const stale = [{ function: functionArn('b'), code: 'STALE', because: 'its mode is Active now' } as const]
  const { journal } = await tools.runs.create(header, makePlan([modeStep('a')], [], stale))
  await journal.close()
  const { outcome, data } = await resume()
  expect([outcome, data.functions.map(({ result }) => result)]).toEqual(['incomplete', ['changed', 'refused']])
})

test('of many that were refused the first ten are named', async () => {
  const { tools, resume } = account()
  const refused = Array.from({ length: 12 }, (_, index) => functionArn(`f${index + 10}`)).map((arn) => {
    return { function: arn, code: 'UNSUPPORTED', because: 'it cannot' } as const
  })
  const header = { command: 'enable', startedAt: '2026-11-22T17:57:00Z', options: {} } as const
  const { journal } = await tools.runs.create(header, makePlan([modeStep('a')], [], refused))
  await journal.close()
  const { notes } = await resume()
  expect(notes[0]).toMatch(/no part of it: f10, f11, .*, f19 and 2 more$/)
})
