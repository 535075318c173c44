/** A saved plan carried out later: only where everything is still as it was when the plan was made. */
import { describe, expect, test } from 'vitest'
import { makePlan, type Plan } from '../../../src/core/plan/plan.js'
import { XtraceError } from '../../../src/errors.js'
import { type ApplyRequest, applyPlan } from '../../../src/usecases/runs/apply.js'
import { fn, functionArn } from '../../core/build-observation.js'
import { managed } from '../../core/policy/build-role.js'
import { FakeWorld } from '../../rollout/support/fake-world.js'
import {
  grantStep,
  modeStep,
  moveStep,
  POLICY,
  planOf,
  publishStep,
  revoking,
  roleArn,
  roleOf,
} from '../../rollout/support/steps.js'
import { VirtualClock } from '../../rollout/support/virtual-clock.js'
import { ROLLOUT, rolloutTools } from '../support/rollout-tools.js'

const writes = {
  ...managed('AWSXRayDaemonWriteAccess', { Effect: 'Allow', Action: 'xray:*', Resource: '*' }),
  arn: POLICY,
}
const grant = grantStep('orders')
const a = modeStep('a', { after: [grant.id] })
const b = modeStep('b')
const PLAN = planOf(grant, a, b)

function account() {
  const clock = new VirtualClock()
  const world = new FakeWorld(
    clock,
    [fn('a', { role: roleArn('orders') }), fn('b', { role: roleArn('writer') })],
    [roleOf('orders'), roleOf('writer', [writes])],
  )
  const tools = rolloutTools(world, clock)
  const apply = async (plan: Plan = PLAN, more: Partial<ApplyRequest> = {}) => {
    const report = await applyPlan({ plan, skipStale: false, dryRun: false, rollout: ROLLOUT, ...more }, tools)
    const rows = report.data.functions.map((row) => `${row.name} ${row.result}${row.error ? ` ${row.error.code}` : ''}`)
    return { ...report, rows: rows.sort() }
  }
  return { world, tools, apply }
}

const A = functionArn('a')
const B = functionArn('b')

test('nothing has changed: carried out as it stands, and kept as a run', async () => {
  const { world, tools, apply } = account()
  const { outcome, rows, data } = await apply()
  expect([outcome, rows, data.run]).toEqual(['ok', ['a changed', 'b changed'], 'run-1'])
  expect(world.accepted).toEqual(expect.arrayContaining(['attachPolicy orders', 'setMode us-east-1 a Active']))
  expect(tools.runs.all).toMatchObject([{ header: { command: 'apply' }, plan: PLAN, open: false }])
})

test('a dry run writes nothing, not even a journal', async () => {
  const { world, tools, apply } = account()
  expect(await apply(PLAN, { dryRun: true })).toMatchObject({ outcome: 'ok', rows: ['a planned', 'b planned'] })
  expect([world.accepted, world.refused, tools.runs.all]).toEqual([[], [], []])
})

describe.each<[what: string, change: (world: FakeWorld) => void, because: string]>([
  ['a new revision', (world) => world.meddle(B, { memory: 512 }), 'somebody has updated or published it'],
  ['another mode', (world) => world.meddle(B, { mode: 'Active' }), 'its mode is Active now'],
  ['gone', (world) => world.remove(B), 'it is gone, or cannot be read'],
])('%s', (_, change, because) => {
  test('nothing at all is done, and the function is named', async () => {
    const { world, tools, apply } = account()
    change(world)
    const { outcome, data, rows, error, table, notes } = await apply()
    expect([outcome, rows]).toEqual(['stale', ['b refused STALE']])
    expect(data.functions[0]?.error?.message.toLowerCase()).toBe(`${because.toLowerCase()}.`)
    expect(error).toEqual({
      code: 'STALE',
      message: `b has changed since the plan was saved: ${because}. Nothing was done.`,
      suggestions: ['Make the plan again, or apply the rest of it with --skip-stale.'],
      exit: 7,
    })
    expect([table, notes], 'said once').toEqual([[], []])
    expect([world.accepted, tools.runs.all]).toEqual([[], []])
  })

  test('--skip-stale does the rest, and still says so', async () => {
    const { world, apply } = account()
    change(world)
    const { outcome, rows, table } = await apply(PLAN, { skipStale: true })
    expect([outcome, rows]).toEqual(['stale', ['a changed', 'b refused STALE']])
    expect(JSON.stringify(table)).toContain('Make the plan again with --save-plan.')
    expect(JSON.stringify(table), 'the rest was applied').not.toContain('--skip-stale')
    expect(world.accepted).toEqual(['attachPolicy orders', 'setMode us-east-1 a Active'])
  })
})

describe('several that have changed', () => {
  const begun = () => {
    const all = account()
    all.world.meddle(A, { memory: 512 })
    all.world.meddle(B, { mode: 'Active' })
    return all
  }

  test.each([false, true])('all of them: one line, no rest to apply (--skip-stale: %s)', async (skipStale) => {
    const { world, apply } = begun()
    const { outcome, error, table, data } = await apply(PLAN, { skipStale })
    expect([outcome, data.run, world.accepted]).toEqual(['stale', null, []])
    expect(error).toMatchObject({
      message:
        '2 of 2 functions have changed since the plan was saved, the first a: somebody has updated or published it. Nothing was done.',
      suggestions: ['Make the plan again with --save-plan.'],
    })
    const said = JSON.stringify(table)
    for (const why of ['Somebody has updated or published it.', 'Its mode is Active now.'])
      expect(said.split(why)).toHaveLength(2)
    expect(said).not.toContain('refused')
    expect(said).not.toContain('--skip-stale')
  })

  test('some of them: how many of how many', async () => {
    const { world, apply } = begun()
    world.add(fn('c', { role: roleArn('writer') }))
    const { error } = await apply(planOf(grant, a, b, modeStep('c')))
    expect(error?.message).toContain('2 of 3 functions')
    expect(error?.suggestions.join()).toContain('--skip-stale')
  })
})

test('a plan of a moment when an update ran is good when the update has ended', async () => {
  const { revisionId: _, ...unsettled } = b
  const { world, apply } = account()
  world.meddle(B, { memory: 512 })
  expect(await apply(planOf(unsettled))).toMatchObject({ outcome: 'ok', rows: ['b changed'] })
  world.meddle(B, { mode: 'PassThrough', updateStatus: 'Successful' })
  expect(await apply(planOf(unsettled))).toMatchObject({ outcome: 'ok', rows: ['b changed'] })
  expect(await apply(planOf(unsettled))).toMatchObject({ outcome: 'stale' })
})

describe('a function that somebody has given another role since, and no revision tells of it', () => {
  const { revisionId: _, ...unsettled } = a
  test.each<[what: string, plan: Plan]>([
    ['an update ran when the plan was made', planOf(grant, unsettled)],
    ['it was blind, and only its role was to be changed', planOf({ ...grant, blind: [A] })],
  ])('%s: the former role is not granted', async (_, plan) => {
    const { world, apply } = account()
    world.meddle(A, { role: roleArn('writer') })
    expect(await apply(plan)).toMatchObject({ outcome: 'stale', error: { code: 'STALE' } })
    expect(world.accepted).toEqual([])
  })
})

test.each([false, true])(
  'stale and refused in part when it was planned: stale it is (--skip-stale: %s)',
  async (skipStale) => {
    const { world, apply } = account()
    world.meddle(B, { memory: 512 })
    const plan = makePlan([b], [], [{ function: B, code: 'ALIAS_WEIGHTED', because: 'alias live has weights' }])
    const { outcome, error } = await apply(plan, { skipStale })
    expect([outcome, error?.code, error?.exit]).toEqual(['stale', 'STALE', 7])
  },
)

test('--skip-stale: where every function is stale, the permissions of others are taken back all the same', async () => {
  const { world, apply } = account()
  world.meddleRole(roleOf('retired', [writes]))
  world.meddle(B, { memory: 512 })
  const { outcome, rows } = await apply(planOf(b, revoking('retired')), { skipStale: true })
  expect([outcome, rows]).toEqual(['stale', ['b refused STALE']])
  expect(world.accepted).toEqual(['detachPolicy retired'])
})

describe('a grant alone, for a function that was blind', () => {
  const blind = { ...grant, blind: [A] }
  const old = [{ function: B, code: 'RUNTIME_BLOCKED', because: 'runtime nodejs12.x' } as const]

  test('done beside a function that was refused: part of it is done', async () => {
    const { error, outcome } = await account().apply(makePlan([blind], [], old))
    expect([outcome, error]).toEqual(['incomplete', undefined])
  })

  test('not done: it ends as its failure says', async () => {
    const { world, apply } = account()
    world.fail('attachPolicy orders', new XtraceError('ACCESS_DENIED', 'No.'))
    expect(await apply(planOf(blind))).toMatchObject({ outcome: 'refused', error: { code: 'ACCESS_DENIED' } })
  })

  test('stopped: it ends as interrupted', async () => {
    const { world, apply } = account()
    world.fail('attachPolicy orders', new XtraceError('INTERRUPTED', 'Interrupted.'))
    expect(await apply(planOf(blind))).toMatchObject({ outcome: 'interrupted', error: { code: 'INTERRUPTED' } })
  })
})

describe('a role that somebody has granted since', () => {
  test('is not granted again: undo would take away what is not ours', async () => {
    const { world, apply } = account()
    world.meddleRole(roleOf('orders', [writes]))
    const { outcome, rows, data } = await apply()
    expect([outcome, rows]).toEqual(['stale', ['a refused STALE']])
    expect(data.functions[0]?.error?.message).toBe('Its role has the permission now.')
    expect(world.accepted).toEqual([])
  })

  test('--skip-stale leaves the grant out with its functions', async () => {
    const { world, apply } = account()
    world.meddleRole(roleOf('orders', [writes]))
    expect(await apply(PLAN, { skipStale: true })).toMatchObject({ rows: ['a refused STALE', 'b changed'] })
    expect(world.accepted).toEqual(['setMode us-east-1 b Active'])
  })

  test('a role that cannot be read is granted as planned', async () => {
    const { world, apply } = account()
    world.meddleRole(roleOf('orders', [{ ...writes, document: undefined, unreadable: 'AccessDenied' }]))
    await apply()
    expect(world.accepted).toContain('attachPolicy orders')
  })
})

test('--skip-stale: a grant that nobody needs any more is left out, one that others need is made', async () => {
  const c = modeStep('c', { after: [grant.id] })
  const both = planOf(grant, a, b, c)
  const { world, apply } = account()
  world.add(fn('c', { role: roleArn('orders') }))
  world.meddle(A, { memory: 512 })
  expect(await apply(PLAN, { skipStale: true })).toMatchObject({ rows: ['a refused STALE', 'b changed'] })
  expect(world.accepted).toEqual(['setMode us-east-1 b Active'])
  world.meddle(B, { mode: 'PassThrough', revisionId: 'b-r1', updateStatus: 'Successful' })
  await apply(both, { skipStale: true })
  expect(world.accepted).toContain('attachPolicy orders')
})

describe('permissions that were to be taken back', () => {
  const off = modeStep('on', { from: 'Active', to: 'PassThrough' })
  const disable = planOf(off, revoking('retired', { after: [off.id] }))
  const begun = () => {
    const all = account()
    all.world.meddleRole(roleOf('retired', [writes]))
    all.world.add(fn('on', { role: roleArn('retired'), mode: 'Active' }))
    return all
  }

  test('are taken when still nobody else needs them', async () => {
    const { world, apply } = begun()
    expect(await apply(disable)).toMatchObject({ outcome: 'ok', rows: ['on changed'] })
    expect(world.accepted).toEqual(['setMode us-east-1 on PassThrough', 'detachPolicy retired'])
  })

  test('stay when another function has begun to trace with the role', async () => {
    const { world, apply } = begun()
    world.add(fn('new', { role: roleArn('retired'), mode: 'Active', region: 'eu-west-1' }))
    const { outcome, rows, notes } = await apply(disable)
    expect([outcome, rows]).toEqual(['ok', ['on changed']])
    expect(notes).toContain('role retired keeps its permission: a function traces with it now')
    expect(world.accepted).toEqual(['setMode us-east-1 on PassThrough'])
  })

  test('stay when a region cannot be read', async () => {
    const { world, apply } = begun()
    world.fail('listAllVersions eu-west-1', new XtraceError('ACCESS_DENIED', 'No.'))
    const { notes } = await apply(disable)
    expect(notes.join()).toContain('role retired keeps its permission: functions in eu-west-1 could not be read')
    expect(world.accepted).toEqual(['setMode us-east-1 on PassThrough'])
  })

  test('stay when a function that should have been turned off is stale', async () => {
    const { world, apply } = begun()
    world.meddle(functionArn('on'), { memory: 512 })
    await apply(disable, { skipStale: true })
    expect(world.accepted).toEqual([])
  })
})

describe('an alias', () => {
  const facts = { codeSha256: 'e-code', settings: 'same', role: roleArn('writer') }
  const latest = fn('e', { ...facts, mode: 'Active' })
  const plan = planOf(publishStep('e'), moveStep('e'))
  const begun = () => {
    const clock = new VirtualClock()
    const stored = {
      latest,
      versions: [fn('e', { ...facts, version: '1' })],
      aliases: [{ name: 'live', version: '1', weights: {}, revisionId: 'live-r1' }],
    }
    const world = new FakeWorld(clock, [stored], [roleOf('writer', [writes])])
    const apply = () =>
      applyPlan({ plan, skipStale: false, dryRun: false, rollout: ROLLOUT }, rolloutTools(world, clock))
    return { world, apply, alias: () => world.picture().functions[latest.arn] }
  }

  test('moves to the version that is made', async () => {
    const { apply, alias } = begun()
    expect((await apply()).outcome).toBe('ok')
    expect(alias()).toMatchObject({ aliases: [{ version: '2' }] })
  })

  test('stays where $LATEST has got other settings meanwhile: more than tracing would be released', async () => {
    const { world, apply, alias } = begun()
    world.meddle(latest.arn, { settings: 'new environment' })
    expect((await apply()).data.functions).toMatchObject([{ result: 'failed', error: { code: 'ALIAS_DIFFERS' } }])
    expect(alias()).toMatchObject({ aliases: [{ version: '1' }] })
  })

  test('stays where $LATEST has got other code meanwhile', async () => {
    const { world, apply, alias } = begun()
    world.meddle(latest.arn, { codeSha256: 'new-code' })
    expect((await apply()).data.functions).toMatchObject([{ result: 'failed', error: { code: 'INVALID_REQUEST' } }])
    expect(alias()).toMatchObject({ versions: ['1 PassThrough'], aliases: [{ version: '1' }] })
  })

  test('stays where somebody has moved it meanwhile', async () => {
    const { world, apply, alias } = begun()
    world.addVersion(latest.arn, fn('e', { ...facts, version: '2' }))
    world.meddleAlias(latest.arn, 'live', { version: '2' })
    expect((await apply()).data.functions).toMatchObject([{ result: 'failed', error: { code: 'PRECONDITION' } }])
    expect(alias()).toMatchObject({ aliases: [{ version: '2' }] })
  })
})

test('many functions of a region are read from its list, few one by one', async () => {
  const names = Array.from({ length: 30 }, (_, index) => `f${index}`)
  for (const [count, call] of [
    [20, 'getFunction'],
    [21, 'listFunctions'],
  ] as const) {
    const { world, apply } = account()
    for (const name of names) world.add(fn(name, { role: roleArn('writer') }))
    await apply(planOf(...names.slice(0, count).map((name) => modeStep(name))), { dryRun: true })
    const reads = world.calls.filter((one) => !one.startsWith('whoAmI '))
    expect(new Set(reads.map((one) => one.split(' ')[0]))).toEqual(new Set([call]))
  }
})

test('what the plan itself had refused is still told; of what it had left alone, that nobody has looked', async () => {
  const { world, apply } = account()
  world.add(fn('x', { role: roleArn('writer'), mode: 'PassThrough' }))
  const plan = makePlan(
    [b],
    [{ function: functionArn('x'), because: 'already Active' }],
    [{ function: functionArn('y'), code: 'UNSUPPORTED', because: 'it cannot' }],
  )
  const { rows, notes, outcome } = await apply(plan)
  expect([outcome, rows]).toEqual(['incomplete', ['b changed', 'y refused UNSUPPORTED']])
  expect(notes, 'resuming would do nothing').toEqual([
    '1 function that needed nothing when the plan was made was not looked at again',
    'run run-1: take it back with xtrace undo run-1',
  ])
})

test('what failed can be gone on with, and it says so once', async () => {
  const { world, apply } = account()
  world.fail('setMode us-east-1 b', new XtraceError('UPDATE_FAILED', 'No.'))
  const { notes, data } = await apply()
  expect(notes).toContain('run run-1: go on with xtrace resume run-1, take it back with xtrace undo run-1')
  const [failed] = data.functions.filter(({ result }) => result === 'failed')
  expect(failed?.error?.suggestions).toEqual(['Go on with: xtrace resume run-1'])
})
