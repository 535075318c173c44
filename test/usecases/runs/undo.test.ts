/** A run taken back: the world is as it was before, and what others have done since stays. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { LambdaFunction } from '../../../src/core/lambda-function.js'
import { planChange } from '../../../src/core/plan/plan-change.js'
import { inlinePolicyDocument } from '../../../src/core/policy/grant.js'
import { traceWritePermission } from '../../../src/core/policy/permission.js'
import type { Role, RolePolicy } from '../../../src/core/policy/role.js'
import { XtraceError } from '../../../src/errors.js'
import { carryOut } from '../../../src/usecases/runs/carry-out.js'
import { resumeRun } from '../../../src/usecases/runs/resume.js'
import { undoRun } from '../../../src/usecases/runs/undo.js'
import { fn, functionArn, observation } from '../../core/build-observation.js'
import { managed } from '../../core/policy/build-role.js'
import { FakeWorld, type Stored } from '../../rollout/support/fake-world.js'
import {
  grantStep,
  modeStep,
  moveStep,
  POLICY,
  planOf,
  publishStep,
  roleArn,
  roleOf,
} from '../../rollout/support/steps.js'
import { VirtualClock } from '../../rollout/support/virtual-clock.js'
import { ROLLOUT, rolloutTools } from '../support/rollout-tools.js'

const MANAGED: RolePolicy = {
  ...managed('AWSXRayDaemonWriteAccess', { Effect: 'Allow', Action: 'xray:*', Resource: '*' }),
  arn: POLICY,
}
const INLINE: RolePolicy = { source: 'inline', name: 'xtrace-xray-write', document: inlinePolicyDocument() }
const ORDERS = { role: roleArn('orders') }
const A = functionArn('a')

function account(functions: (LambdaFunction | Stored)[], roles: Role[]) {
  const clock = new VirtualClock()
  const world = new FakeWorld(clock, functions, roles)
  const tools = rolloutTools(world, clock)
  const undo = (run = 'run-1', dryRun = false) => undoRun({ run, dryRun, rollout: ROLLOUT }, tools)
  return { world, tools, undo }
}

/** Two functions of a role that was granted for them. */
async function enabled() {
  const all = account([fn('a', ORDERS), fn('b', ORDERS)], [roleOf('orders')])
  const before = all.world.picture()
  const grant = grantStep('orders')
  const plan = planOf(grant, modeStep('a', { after: [grant.id] }), modeStep('b', { after: [grant.id] }))
  await carryOut('enable', plan, ROLLOUT, all.tools)
  const done = all.world.accepted.length
  return { ...all, before, since: () => all.world.accepted.slice(done) }
}

test('modes first, then the role: the world is as before', async () => {
  const { world, undo, before, since, tools } = await enabled()
  expect(await undo()).toMatchObject({
    outcome: 'ok',
    data: {
      run: 'run-2',
      functions: [{ result: 'changed' }, { result: 'changed' }],
      grants: [{ change: 'revoke', result: 'done' }],
    },
  })
  expect(world.picture()).toEqual(before)
  expect(since().at(-1)).toBe('detachPolicy orders')
  expect(tools.runs.all[1]).toMatchObject({ header: { command: 'undo', of: 'run-1' }, open: false })
})

test('a dry run says the same and writes nothing', async () => {
  const { tools, undo, since } = await enabled()
  expect(await undo('run-1', true)).toMatchObject({
    outcome: 'ok',
    data: { run: null, functions: [{ result: 'planned' }, { result: 'planned' }], grants: [{ result: 'planned' }] },
  })
  expect(since()).toEqual([])
  expect(tools.runs.all).toMatchObject([{ open: false }])
})

test('an undo can be undone', async () => {
  const { world, undo } = await enabled()
  const after = world.picture()
  await undo()
  await undo('run-2')
  expect(world.picture()).toEqual(after)
})

test('undone twice: the second time there is nothing left to do', async () => {
  const { undo, before, world } = await enabled()
  await undo()
  expect((await undo()).notes).toEqual([expect.stringMatching(/^run run-1 was undone already, by run run-2/)])
  expect(world.picture()).toEqual(before)
})

test('done by hand already: nothing of it is left to take back', async () => {
  const { world, tools, undo } = account([fn('a', ORDERS)], [roleOf('orders', [MANAGED])])
  await carryOut('enable', planOf(modeStep('a')), ROLLOUT, tools)
  world.meddle(A, { mode: 'PassThrough' })
  const { outcome, notes } = await undo()
  expect([outcome, notes.at(0)]).toEqual(['ok', 'nothing of the run is left to take back'])
})

test('the run stays locked meanwhile, and is free again when the undo fails', async () => {
  const { world, tools, undo } = await enabled()
  world.fail('getFunction us-east-1 a', new XtraceError('EXPIRED_CREDENTIALS', 'It is over.'))
  await expect(undo()).rejects.toMatchObject({ code: 'EXPIRED_CREDENTIALS' })
  expect(tools.runs.all).toMatchObject([{ open: false }])
})

describe('what others have done since', () => {
  test('a function that was turned off by hand is left alone', async () => {
    const { world, undo, since } = await enabled()
    world.meddle(A, { mode: 'PassThrough' })
    const { data } = await undo()
    expect(data.functions.map(({ name, result }) => [name, result]).sort()).toEqual([
      ['a', 'unchanged'],
      ['b', 'changed'],
    ])
    expect(since()).toEqual(['setMode us-east-1 b PassThrough', 'detachPolicy orders'])
  })

  test('a function that was changed otherwise is turned off all the same', async () => {
    const { world, undo, before } = await enabled()
    world.meddle(A, { memory: 1024 })
    await undo()
    expect(world.picture()).toEqual(before)
    expect(world.look(A).memory).toBe(1024)
  })

  test('a function that was deleted is said to be gone', async () => {
    const { world, undo } = await enabled()
    world.remove(A)
    expect(await undo()).toMatchObject({ outcome: 'incomplete' })
    expect(world.look(functionArn('b')).mode).toBe('PassThrough')
  })

  test.each<[what: string, more: Partial<LambdaFunction>]>([
    ['another function', {}],
    ['one in another region', { region: 'eu-west-1' }],
  ])('%s traces with the role by now: the role keeps its permission', async (_, more) => {
    const { world, undo, since } = await enabled()
    world.add(fn('new', { ...ORDERS, ...more, mode: 'Active' }))
    const { notes } = await undo()
    expect(notes).toContain('role orders keeps its permission: another function traces with it now')
    expect(since()).toHaveLength(2)
  })

  test('a region cannot be read: the role keeps its permission, and the reason is given', async () => {
    const { world, undo } = await enabled()
    world.fail('listAllVersions eu-west-1', new XtraceError('ACCESS_DENIED', 'No.'))
    expect((await undo()).notes.join()).toContain('keeps its permission: functions in eu-west-1 could not be read')
  })

  test('one function cannot be turned off: its role keeps the permission', async () => {
    const { world, undo, since } = await enabled()
    world.fail('setMode us-east-1 a', new XtraceError('ACCESS_DENIED', 'No.'))
    expect((await undo()).outcome).toBe('incomplete')
    expect(since()).toEqual(['setMode us-east-1 b PassThrough'])
  })
})

describe('a function that the run wanted to turn on, and somebody else did', () => {
  test.each<[what: string, prepare: (world: FakeWorld) => void]>([
    [
      'at the same time',
      (world) => {
        world.onAccepted = () => {
          world.onAccepted = () => undefined
          world.meddle(A, { mode: 'Active' })
        }
      },
    ],
    [
      'after the run had failed with it',
      (world) => world.fail('setMode us-east-1 a', new XtraceError('ACCESS_DENIED', 'No.')),
    ],
  ])('%s: it stays on, and so its role keeps the permission', async (_, prepare) => {
    const { world, tools, undo } = account([fn('a', ORDERS), fn('b', ORDERS)], [roleOf('orders')])
    prepare(world)
    const grant = grantStep('orders')
    const plan = planOf(grant, modeStep('a', { after: [grant.id] }), modeStep('b', { after: [grant.id] }))
    await carryOut('enable', plan, ROLLOUT, tools)
    world.meddle(A, { mode: 'Active', updateStatus: 'Successful' })
    const { notes } = await undo()
    expect(world.look(A).mode).toBe('Active')
    expect(world.look(functionArn('b')).mode).toBe('PassThrough')
    expect(notes).toContain('role orders keeps its permission: another function traces with it now')
  })
})

describe('a run that was killed', () => {
  test.each([0, 1, 2, 3, 4, 5])('after %i entries of its journal: what it did is taken back', async (kept) => {
    const { world, tools, undo, before } = await enabled()
    const run = tools.runs.all[0]
    if (!run) throw new Error('no run')
    const unbegun = new Set(run.entries.slice(kept).flatMap((entry) => (entry.type === 'started' ? [entry.step] : [])))
    run.entries.length = kept
    // What the journal does not know of was never asked for.
    for (const name of ['a', 'b'])
      if (unbegun.has(modeStep(name).id)) world.meddle(functionArn(name), { mode: 'PassThrough' })
    if (unbegun.has(grantStep('orders').id)) world.meddleRole(roleOf('orders'))
    await undo()
    expect(world.picture()).toEqual(before)
  })

  test('resumed, it is done; resumed again, there is nothing left', async () => {
    const { tools, world } = await enabled()
    const after = world.picture()
    const run = tools.runs.all[0]
    if (!run) throw new Error('no run')
    run.entries.length = 3
    const rollout = () => ROLLOUT
    expect(await resumeRun({ run: 'run-1', rollout }, tools)).toMatchObject({ outcome: 'ok', data: { run: 'run-1' } })
    expect(world.picture()).toEqual(after)
    world.calls.length = 0
    expect(await resumeRun({ run: 'run-1', rollout }, tools)).toMatchObject({
      outcome: 'ok',
      notes: expect.arrayContaining(['run run-1 had nothing left to do']),
    })
    expect(world.calls).toEqual([])
  })
})

test('an alias goes back with its weights; the version stays, and so does the role that it traces with', async () => {
  const facts = { ...ORDERS, codeSha256: 'a-code', settings: 'same' }
  const stored: Stored = {
    latest: fn('a', facts),
    versions: [fn('a', { ...facts, version: '1' }), fn('a', { ...facts, version: '2' })],
    aliases: [{ name: 'live', version: '1', weights: { 2: 0.25 }, revisionId: 'live-r1' }],
  }
  const { world, tools, undo } = account([stored], [roleOf('orders')])
  const grant = grantStep('orders')
  const mode = modeStep('a', { after: [grant.id] })
  const plan = planOf(
    grant,
    mode,
    publishStep('a', { after: [mode.id] }),
    moveStep('a', { from: { version: '1', weights: { 2: 0.25 } } }),
  )
  await carryOut('enable', plan, ROLLOUT, tools)
  expect(world.picture().functions[A]).toMatchObject({ aliases: [{ version: '3', weights: {} }] })
  const { outcome, notes } = await undo()
  expect(outcome).toBe('ok')
  expect(world.picture().functions[A]).toMatchObject({
    mode: 'PassThrough',
    aliases: [{ version: '1', weights: { 2: 0.25 } }],
  })
  expect(notes).toContain(`version 3 of ${A} stays: a version cannot be unpublished`)
  expect(notes).toContain('role orders keeps its permission: another function traces with it now')
})

describe('property: undo ends with the world before', () => {
  const POLICIES: Record<string, RolePolicy[]> = {
    bare: [],
    managed: [MANAGED],
    inline: [INLINE],
    both: [MANAGED, INLINE],
    team: [managed('team', { Effect: 'Allow', Action: ['xray:*', 's3:GetObject'], Resource: '*' })],
  }
  const ROLES = ['r1', 'r2', 'r3']
  const anyRoles = fc.tuple(
    ...ROLES.map((name) => fc.constantFrom(...Object.keys(POLICIES)).map((kind) => roleOf(name, POLICIES[kind]))),
  )
  const anyFunction = fc.record({
    name: fc.constantFrom('a', 'b', 'c', 'd'),
    region: fc.constantFrom('us-east-1', 'eu-west-1'),
    role: fc.constantFrom(...ROLES.map(roleArn)),
    mode: fc.constantFrom('Active' as const, 'PassThrough' as const),
  })
  const anyWorld = fc.record({
    roles: anyRoles,
    functions: fc
      .uniqueArray(anyFunction, { selector: ({ name, region }) => `${region} ${name}`, maxLength: 7 })
      .map((all) => all.map(({ name, ...more }) => fn(name, more))),
    grants: fc.constantFrom('managed' as const, 'inline' as const),
    chosen: fc.array(fc.boolean(), { minLength: 7, maxLength: 7 }),
  })

  test.each(['Active', 'PassThrough'] as const)('of a change to %s', async (to) => {
    await fc.assert(
      fc.asyncProperty(anyWorld, async ({ roles, functions, grants, chosen }) => {
        const byArn = new Map(roles.map((one) => [one.arn, one]))
        const can = (one: LambdaFunction) => traceWritePermission(byArn.get(one.role) ?? roleOf('none'), one)
        // A function that is Active already and only gets its role granted needs it from then on.
        const sound = functions.filter((one) => one.mode === 'PassThrough' || can(one).answer === 'yes')
        const wanted = sound.filter((_, index) => chosen[index])
        const { world, tools, undo } = account(sound, roles)
        const before = world.picture()
        const inUse = sound.filter((one) => one.mode === 'Active' && !wanted.includes(one)).map((one) => one.role)
        const plan = planChange({
          to,
          grants,
          observations: wanted.map((one) => observation(one, { permission: can(one) })),
          roles: byArn,
          ...(to === 'PassThrough' && { revoke: { inUse: new Set(inUse) } }),
        })
        const { run, outcomes } = await carryOut('enable', plan, ROLLOUT, tools)
        expect([...outcomes.values()].every((one) => one.status === 'done')).toBe(true)
        expect(wanted.every((one) => world.look(one.arn).mode === to)).toBe(true)
        if (run !== undefined) expect((await undo(run)).outcome).toBe('ok')
        expect(world.picture()).toEqual(before)
        expect(world.refused).toEqual([])
      }),
      { numRuns: 150 },
    )
  })
})

test('a function that was blind cannot be so again: one line says why, and what helps', async () => {
  const { tools, world, undo } = account([fn('a', { ...ORDERS, mode: 'Active' })], [roleOf('orders')])
  await carryOut('disable', planOf(modeStep('a', { from: 'Active', to: 'PassThrough' })), ROLLOUT, tools)
  const { outcome, error, table, notes } = await undo()
  expect([outcome, table]).toEqual(['refused', []])
  expect(notes).toEqual(['run run-2: go on with xtrace resume run-2'])
  expect(error).toMatchObject({
    code: 'ROLE_LACKS_XRAY',
    message: 'a cannot be Active again: Lambda refuses that while its role cannot write traces.',
    suggestions: [`Give the role its permission as well: xtrace enable ${A}`],
  })
  expect(world.look(A).mode).toBe('PassThrough')
})
