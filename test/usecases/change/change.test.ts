/** A change from choice to report, where what the pieces do together matters. */
import { describe, expect, test } from 'vitest'
import type { LambdaFunction } from '../../../src/core/lambda-function.js'
import type { Plan } from '../../../src/core/plan/plan.js'
import type { Role } from '../../../src/core/policy/role.js'
import { tagFilters } from '../../../src/core/selection.js'
import { XtraceError } from '../../../src/errors.js'
import { type ChangeRequest, changeTracing } from '../../../src/usecases/change/change.js'
import { fn } from '../../core/build-observation.js'
import { managed } from '../../core/policy/build-role.js'
import { FakeWorld, type Stored } from '../../rollout/support/fake-world.js'
import { POLICY, roleArn, roleOf } from '../../rollout/support/steps.js'
import { VirtualClock } from '../../rollout/support/virtual-clock.js'
import { ROLLOUT, rolloutTools } from '../support/rollout-tools.js'
import { FakeTelemetry } from '../verify/fake-telemetry.js'

const MINUTE = 60_000

const writes = {
  ...managed('AWSXRayDaemonWriteAccess', { Effect: 'Allow', Action: 'xray:*', Resource: '*' }),
  arn: POLICY,
}
const WRITER = { role: roleArn('writer') }
const NOTHING = { match: [], exclude: [], runtimes: [], tags: [] }

function account(functions: (LambdaFunction | Stored)[], roles: Role[] = [roleOf('writer', [writes])]) {
  const clock = new VirtualClock()
  const world = new FakeWorld(clock, functions, roles)
  const tools = { ...rolloutTools(world, clock), clock }
  const asked: Plan[] = []
  const change = async (more: Partial<ChangeRequest> = {}, agree = true) => {
    const request: ChangeRequest = {
      to: 'Active',
      choice: { selection: NOTHING },
      regions: ['us-east-1'],
      grants: 'managed',
      revoke: false,
      dryRun: false,
      detailedExit: false,
      rollout: ROLLOUT,
      ...more,
    }
    const report = await changeTracing(request, {
      ...tools,
      agree: async (plan) => {
        asked.push(plan)
        return agree
      },
    })
    const rows = report.data.functions.map((row) => `${row.name} ${row.result}`)
    return { ...report, rows }
  }
  return { world, tools, asked, change }
}

describe('nothing is written', () => {
  const functions = [fn('a', WRITER), fn('b', { role: roleArn('bare') })]
  const begun = () => account(functions, [roleOf('writer', [writes]), roleOf('bare')])

  test('by a dry run, which asks nobody and shows the rows of the real one', async () => {
    const { world, tools, asked, change } = begun()
    const dry = await change({ dryRun: true })
    expect([world.accepted, tools.runs.all, asked]).toEqual([[], [], []])
    expect([dry.outcome, dry.rows, dry.data.run]).toEqual(['ok', ['a planned', 'b planned'], null])
    const real = await change()
    expect(real.data.plan).toBe(dry.data.plan)
    expect(real.rows).toEqual(['a changed', 'b changed'])
  })

  test('and the plan that is shown names a role once: no note does it again', async () => {
    const { change } = begun()
    const dry = await change({ dryRun: true })
    expect(dry.table[0]).toMatchObject({ title: 'Roles', rows: [[{ text: '+' }, 'bare', expect.any(String)]] })
    expect(dry.notes).toEqual([])
    expect((await change()).notes).toContain('role bare was given the policy AWSXRayDaemonWriteAccess')
  })

  test('when the user says no', async () => {
    const { world, tools, change } = begun()
    await expect(change({}, false)).rejects.toMatchObject({ code: 'DECLINED' })
    expect([world.accepted, tools.runs.all]).toEqual([[], []])
  })

  test.each([
    [{ count: 1 }, false],
    [{ count: 2 }, true],
    [{ percent: 99 }, false],
    [{ percent: 100 }, true],
  ] as const)('by more changes than %j', async (maxChanges, allowed) => {
    const { world, asked, change } = begun()
    if (allowed) expect((await change({ maxChanges })).outcome).toBe('ok')
    else {
      await expect(change({ maxChanges })).rejects.toMatchObject({ code: 'TOO_MANY_CHANGES' })
      expect([world.accepted, asked]).toEqual([[], []])
    }
  })

  test('where nothing is to be done, and nobody is asked', async () => {
    const { tools, asked, change } = account([fn('a', { ...WRITER, mode: 'Active' })])
    expect(await change()).toMatchObject({ outcome: 'ok', rows: ['a unchanged'] })
    expect([tools.runs.all, asked]).toEqual([[], []])
  })
})

describe('disable --revoke', () => {
  const on = fn('a', { ...WRITER, mode: 'Active' })
  const off = { to: 'PassThrough', grants: 'none', revoke: true } as const

  test('takes the permission back', async () => {
    const { world, change } = account([on])
    expect(await change(off)).toMatchObject({ outcome: 'ok', data: { grants: [{ change: 'revoke', result: 'done' }] } })
    expect(world.accepted).toEqual(['setMode us-east-1 a PassThrough', 'detachPolicy writer'])
  })

  test('a permission that cannot be taken back is no success', async () => {
    const { world, change } = account([on])
    world.fail('detachPolicy writer', new XtraceError('ACCESS_DENIED', 'No.'))
    const { outcome, rows, notes } = await change(off)
    expect([outcome, rows]).toEqual(['incomplete', ['a changed']])
    expect(notes.join('\n')).toContain('role writer could not lose the policy AWSXRayDaemonWriteAccess')
    expect(notes.join('\n')).toContain('xtrace resume run-1')
  })

  test('a region that cannot be read: the mode is set, nothing is taken, and it says why', async () => {
    const { world, change } = account([on])
    world.fail('listAllVersions eu-west-1', new XtraceError('ACCESS_DENIED', 'No.'))
    const { rows, notes } = await change(off)
    expect(rows).toEqual(['a changed'])
    expect(world.accepted).toEqual(['setMode us-east-1 a PassThrough'])
    expect(notes.join('\n')).toContain('no permission was taken back: functions in eu-west-1 could not be read')
  })
})

test('the mode is set, but an alias is not moved: part of it is done, not all and not nothing', async () => {
  const latest = fn('a', { ...WRITER, codeSha256: 'new', settings: 'same' })
  const old = { ...latest, version: '1', codeSha256: 'old' }
  const stored = { latest, versions: [old], aliases: [{ name: 'live', version: '1', weights: {} }] }
  const { world, change } = account([stored])
  const { outcome, data } = await change({ publish: { forceWeighted: false } })
  expect(outcome).toBe('incomplete')
  expect(data.functions).toMatchObject([{ result: 'changed', verdict: 'stale', error: { code: 'ALIAS_DIFFERS' } }])
  expect(world.accepted).toEqual(['setMode us-east-1 a Active'])
})

describe('tags', () => {
  const selection = { ...NOTHING, tags: tagFilters(['team=web']) }
  const regions = ['us-east-1', 'eu-west-1']
  const functions = [fn('a', WRITER), fn('b', WRITER), fn('a', { ...WRITER, region: 'eu-west-1' })]

  test('only what carries them, in every region', async () => {
    const { world, change } = account(functions)
    world.tagged = new Set([functions[0]?.arn ?? ''])
    expect((await change({ choice: { selection }, regions })).rows).toEqual(['a changed'])
    expect(world.accepted).toEqual(['setMode us-east-1 a Active'])
  })

  test('that cannot be read anywhere: nothing at all is changed', async () => {
    const { world, change } = account(functions)
    world.tagged = new Set(functions.map((one) => one.arn))
    world.fail('taggedFunctions eu-west-1', new XtraceError('ACCESS_DENIED', 'No.'))
    await expect(change({ choice: { selection }, regions })).rejects.toMatchObject({ code: 'ACCESS_DENIED' })
    expect(world.accepted).toEqual([])
  })

  test('in a region that is off: the others are done, and the gap is told', async () => {
    const { world, change } = account(functions)
    world.tagged = new Set(functions.map((one) => one.arn))
    world.fail('taggedFunctions eu-west-1', new XtraceError('INVALID_CREDENTIALS', 'The token is invalid.'))
    const { rows, coverage } = await change({ choice: { selection }, regions })
    expect(rows).toEqual(['a changed', 'b changed'])
    expect(coverage.map(({ region, status }) => [region, status])).toEqual([
      ['us-east-1', 'read'],
      ['eu-west-1', 'not-enabled'],
    ])
  })
})

describe('names that could not be read', () => {
  const choice = { refs: ['nobody', 'a'].map((name) => ({ name, text: name })) }
  const said = (report: object) => JSON.stringify(report).split('function:nobody does not exist').length - 1

  test('are told of in a dry run too, each once', async () => {
    const { change } = account([fn('a', WRITER)])
    const { outcome, table } = await change({ choice, dryRun: true })
    expect(outcome).toBe('incomplete')
    expect(said(table)).toBe(1)
  })

  test('are told of once beside what was done, and make no account of their own', async () => {
    const { change } = account([fn('a', WRITER)])
    const { rows, table } = await change({ choice })
    expect(rows).toEqual(['a changed', 'nobody refused'])
    expect(said(table)).toBe(1)
    expect(table[0]).not.toHaveProperty('groupBy')
  })
})

describe('Ctrl-C', () => {
  const choice = { refs: ['a', 'b', 'c'].map((name) => ({ name, text: name })) }
  const functions = [fn('a', { ...WRITER, mode: 'Active' }), fn('b', WRITER), fn('c', WRITER)]

  test('while an update settles: nothing has failed, one way on, and no proof is begun', async () => {
    const { world, change } = account(functions)
    world.onAccepted = () => world.fail('getFunction us-east-1 b', new XtraceError('INTERRUPTED', 'Interrupted.'))
    world.fail('setMode us-east-1 c', new XtraceError('INTERRUPTED', 'Interrupted.'))
    const report = await change({ choice, verify: { since: 0, wait: 0 } })
    expect([report.outcome, report.rows]).toEqual(['interrupted', ['a unchanged', 'b left', 'c left']])
    const [, b, c] = report.data.functions
    expect(b?.error?.message).toBe('Interrupted. What was under way may have been done all the same.')
    expect(c?.error?.message).toBe('Interrupted.')
    expect(JSON.stringify(report)).not.toContain('same command again')
    expect(report.error?.suggestions).toEqual(['Go on with: xtrace resume run-1'])
    expect(JSON.stringify(report.table)).not.toContain('xtrace resume')
    expect(report.notes).toEqual(['run run-1: go on with xtrace resume run-1, take it back with xtrace undo run-1'])
  })

  test.each<[what: string, names: string[], way: string]>([
    ['a function has failed: it is gone on with', ['a', 'b', 'c'], 'Go on with: xtrace resume run-1'],
    ['a name could not be read: resuming would not help', ['a', 'b', 'nobody'], 'look again with xtrace verify'],
  ])('while traces are waited for, and %s', async (_, names, way) => {
    const { world, tools, change } = account(functions)
    world.fail('setMode us-east-1 c', new XtraceError('UPDATE_FAILED', 'No.'))
    const telemetry = new FakeTelemetry(tools.clock)
    telemetry.onAsked = () => tools.clock.interrupt()
    tools.aws = telemetry.over(world.aws())
    const wish = { refs: names.map((name) => ({ name, text: name })) }
    const { outcome, rows, error } = await change({ choice: wish, verify: { since: MINUTE, wait: MINUTE } })
    expect([outcome, rows.slice(0, 2)]).toEqual(['interrupted', ['a unchanged', 'b changed']])
    expect(error?.suggestions.join()).toContain(way)
    expect(error?.exit).toBe(130)
  })
})

test('credentials that end while traces are waited for do not hide that the change is not whole', async () => {
  const { world, tools, change } = account([fn('a', WRITER)])
  const telemetry = new FakeTelemetry(tools.clock)
  telemetry.onAsked = () => {
    throw new XtraceError('EXPIRED_CREDENTIALS', 'The token is expired.')
  }
  tools.aws = telemetry.over(world.aws())
  const choice = { refs: ['a', 'nobody'].map((name) => ({ name, text: name })) }
  const { outcome, rows, error } = await change({ choice, verify: { since: MINUTE, wait: MINUTE } })
  expect([outcome, rows, error]).toEqual(['incomplete', ['a changed', 'nobody refused'], undefined])
})
