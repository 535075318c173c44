/** A run that was killed at any moment, and resumed: the world ends as after an undisturbed run, and nothing was done twice. */
import { describe, expect, test } from 'vitest'
import type { LambdaFunction } from '../../src/core/lambda-function.js'
import type { Plan } from '../../src/core/plan/plan.js'
import { foldRun, type JournalEntry, leftOf, type StepState } from '../../src/core/run.js'
import { XtraceError } from '../../src/errors.js'
import { type ExecuteOptions, execute } from '../../src/rollout/execute.js'
import { ACCOUNT, fn, functionArn } from '../core/build-observation.js'
import { managed } from '../core/policy/build-role.js'
import { headerOf } from '../core/run/build-run.js'
import { FakeWorld, type Stored } from './support/fake-world.js'
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
} from './support/steps.js'
import { VirtualClock } from './support/virtual-clock.js'

const CODE = { settings: 'same' }

/** A function with one published version in PassThrough, and an alias `live` that serves it. */
function published(name: string, more: Partial<LambdaFunction> = {}): Stored {
  const latest = fn(name, { ...CODE, codeSha256: `${name}-code`, ...more })
  return {
    latest,
    versions: [{ ...latest, mode: 'PassThrough', version: '1', revisionId: `${name}-v1` }],
    aliases: [{ name: 'live', version: '1', weights: {}, revisionId: 'live-r1' }],
  }
}

/** Two roles to grant, functions in two regions, a stale one, and a role that loses its permission. */
function account(clock: VirtualClock): FakeWorld {
  const orders = { role: roleArn('orders') }
  return new FakeWorld(
    clock,
    [
      published('a', orders),
      fn('b', orders),
      fn('c', { ...orders, region: 'eu-west-1' }),
      fn('d', { role: roleArn('payments') }),
      published('e', { mode: 'Active', role: roleArn('writer') }),
      fn('f', { mode: 'Active', role: roleArn('retired') }),
    ],
    [
      roleOf('orders'),
      roleOf('payments'),
      roleOf('writer', [{ ...managed('x', { Effect: 'Allow', Action: 'xray:*', Resource: '*' }), arn: POLICY }]),
      roleOf('retired', [{ ...managed('AWSXRayDaemonWriteAccess'), arn: POLICY }]),
    ],
  )
}

const orders = grantStep('orders')
const payments = grantStep('payments', { how: 'inline', policy: 'xtrace-xray-write' })
const a = modeStep('a', { after: [orders.id] })
const f = modeStep('f', { from: 'Active', to: 'PassThrough' })
const PLAN: Plan = planOf(
  orders,
  payments,
  a,
  modeStep('b', { after: [orders.id] }),
  modeStep('c', { after: [orders.id] }, 'eu-west-1'),
  modeStep('d', { after: [payments.id] }),
  publishStep('a', { after: [orders.id, a.id] }),
  moveStep('a'),
  publishStep('e'),
  moveStep('e'),
  f,
  revoking('retired', { after: [f.id] }),
)

interface Moment {
  entries: JournalEntry[]
  world: FakeWorld
  clock: VirtualClock
}

/** Runs the plan and keeps the world at each moment: before and after every entry, and after every accepted write. */
async function lived(
  prepare: (world: FakeWorld) => void,
  options: ExecuteOptions = {},
): Promise<{ moments: Moment[]; world: FakeWorld; entries: JournalEntry[] }> {
  const clock = new VirtualClock()
  const world = account(clock)
  prepare(world)
  const entries: JournalEntry[] = []
  const moments: Moment[] = []
  const keep = () => {
    const its = new VirtualClock()
    moments.push({ entries: [...entries], world: world.clone(its), clock: its })
  }
  world.onAccepted = keep
  const record = async (entry: JournalEntry) => {
    keep()
    entries.push(entry)
    keep()
  }
  await execute(PLAN, { aws: world.aws(), clock, record, observe: () => undefined }, options)
  return { moments, world, entries }
}

async function resumed({ entries, world, clock }: Moment, options: ExecuteOptions = {}) {
  const states = foldRun(PLAN, headerOf(PLAN), entries).steps
  const journal = [...entries]
  const record = async (entry: JournalEntry) => {
    journal.push(entry)
  }
  const outcomes = await execute(
    PLAN,
    { aws: world.aws(), clock, record, observe: () => undefined },
    { ...options, states },
  )
  return { outcomes, journal }
}

/** Attaching what is attached changes nothing; every other write must not come twice. */
function repeated(world: FakeWorld): string[] {
  const writes = world.accepted.filter((call) => !/^(attachPolicy|putInlinePolicy|detachPolicy) /.test(call))
  // Published without a change in between, Lambda answers the version that is there.
  const others = writes.filter((call) => !call.startsWith('publishVersion'))
  return others.filter((call, index) => others.indexOf(call) !== index)
}

const lost = (when: 'before' | 'after') => (world: FakeWorld) => {
  const error = new XtraceError('CONNECTION_LOST', 'socket hang up')
  for (const call of [
    'setMode us-east-1 a',
    'setMode us-east-1 b',
    'publishVersion us-east-1 a',
    'moveAlias us-east-1 e',
  ])
    world.fail(call, error, when)
}

describe.each<[what: string, prepare: (world: FakeWorld) => void, options: ExecuteOptions]>([
  ['undisturbed', () => undefined, {}],
  ['with time passing', (world) => Object.assign(world, { latency: 20 }), {}],
  ['with an IAM delay', (world) => Object.assign(world, { latency: 20, iamDelay: 3_000 }), {}],
  ['in waves', () => undefined, { waves: [{ count: 1 }, { percent: 50 }] }],
  ['with calls lost on their way', lost('before'), {}],
  ['with answers lost', lost('after'), {}],
  [
    'with AWS out of order',
    (world) => {
      world.fail('setMode us-east-1 a', new XtraceError('SERVER_ERROR', '503'), 'after')
      world.fail('moveAlias us-east-1 a', new XtraceError('SERVER_ERROR', '503'), 'after')
      world.fail('publishVersion us-east-1 e', new XtraceError('CONFLICT', '409'), 'before', 3)
    },
    {},
  ],
])('%s', (_, prepare, options) => {
  test('all is done, once', async () => {
    const { world, entries } = await lived(prepare, options)
    expect(world.picture().functions).toMatchObject({
      [functionArn('a')]: { mode: 'Active', versions: ['1 PassThrough', '2 Active'], aliases: [{ version: '2' }] },
      [functionArn('b')]: { mode: 'Active' },
      [functionArn('c', 'eu-west-1')]: { mode: 'Active' },
      [functionArn('d')]: { mode: 'Active' },
      [functionArn('e')]: { mode: 'Active', versions: ['1 PassThrough', '2 Active'], aliases: [{ version: '2' }] },
      [functionArn('f')]: { mode: 'PassThrough' },
    })
    expect(world.picture().roles).toMatchObject({
      [`arn:aws:iam::${ACCOUNT}:role/orders`]: [`managed ${POLICY}`],
      [`arn:aws:iam::${ACCOUNT}:role/payments`]: [expect.stringMatching(/^inline xtrace-xray-write /)],
      [`arn:aws:iam::${ACCOUNT}:role/retired`]: [],
    })
    expect(repeated(world)).toEqual([])
    expect(leftOf(PLAN, foldRun(PLAN, headerOf(PLAN), entries))).toEqual([])
  })

  test('killed at any moment and resumed, it ends in the same world, and no write that was taken is made again', async () => {
    const { moments, world } = await lived(prepare, options)
    expect(moments.length).toBeGreaterThanOrEqual(PLAN.steps.length * 5)
    for (const [index, moment] of moments.entries()) {
      const where = `moment ${index}: ${moment.entries.map((entry) => ('step' in entry ? `${entry.type} ${entry.step}` : '')).at(-1)}`
      const { outcomes, journal } = await resumed(moment, options)
      expect(moment.world.picture(), where).toEqual(world.picture())
      expect(repeated(moment.world), where).toEqual([])
      expect(
        [...outcomes.values()].map((one) => one.status),
        where,
      ).toEqual(PLAN.steps.map(() => 'done'))
      expect(leftOf(PLAN, foldRun(PLAN, headerOf(PLAN), journal)), where).toEqual([])
    }
  })

  test('what undo has to know is the same, wherever it was killed', async () => {
    const { moments } = await lived(prepare, options)
    for (const moment of moments) {
      const { journal } = await resumed(moment, options)
      for (const [step, state] of foldRun(PLAN, headerOf(PLAN), journal).steps)
        expect([step, state.changed, /^publish:/.test(step) ? state.note : '2']).toEqual([step, true, '2'])
    }
  })
})

test('a run that is done and resumed makes no call', async () => {
  const { moments, world } = await lived(() => undefined)
  const last = moments.at(-1)
  if (!last) throw new Error('no moment')
  await resumed(last)
  expect(last.world.calls).toEqual([])
  expect(last.world.picture()).toEqual(world.picture())
})

describe('a step that was begun and not ended', () => {
  const begun = (prepare: (world: FakeWorld) => void, id: string, done: string[] = []) => {
    const clock = new VirtualClock()
    const world = account(clock)
    prepare(world)
    const states = new Map<string, StepState>([
      ...done.map((step): [string, StepState] => [step, { state: 'done', changed: true, note: '2' }]),
      [id, { state: 'started' }],
    ])
    const only = planOf(...PLAN.steps.filter((step) => states.has(step.id)).map((step) => ({ ...step, after: [] })))
    const tools = { aws: world.aws(), clock, record: async () => undefined, observe: () => undefined }
    return { world, outcome: execute(only, tools, { states }).then((outcomes) => outcomes.get(id)) }
  }
  const b = modeStep('b')

  test('is read first, and not sent where it is done', async () => {
    const { world, outcome } = begun((one) => one.meddle(functionArn('b'), { mode: 'Active' }), b.id)
    expect(await outcome).toMatchObject({ status: 'done', changed: true, fn: { mode: 'Active' } })
    expect(world.calls).toEqual(['getFunction us-east-1 b'])
  })

  test('an update that runs is waited for', async () => {
    const running = { mode: 'Active' as const, updateStatus: 'InProgress', updateReason: '' }
    const { world, outcome } = begun((one) => one.meddle(functionArn('b'), running), b.id)
    expect(await outcome).toMatchObject({ status: 'done', fn: { updateStatus: 'Successful' } })
    expect(world.accepted).toEqual([])
  })

  test('one that failed in the end is no success', async () => {
    const failed = { mode: 'Active' as const, updateStatus: 'Failed', updateReason: 'KMS key is disabled' }
    const { outcome } = begun((one) => one.meddle(functionArn('b'), failed), b.id)
    expect(await outcome).toMatchObject({ status: 'failed', error: { code: 'UPDATE_FAILED' } })
  })

  test('somebody has changed something else meanwhile: sent against what was read now', async () => {
    const { world, outcome } = begun((one) => {
      one.meddleRole(roleOf('orders', [managed('x', { Effect: 'Allow', Action: 'xray:*', Resource: '*' })]))
      one.meddle(functionArn('b'), { memory: 512 })
    }, b.id)
    expect(await outcome).toMatchObject({ status: 'done', changed: true })
    expect(world.refused).toEqual([])
  })

  test('the function is gone', async () => {
    const { outcome } = begun((one) => one.remove(functionArn('b')), b.id)
    expect(await outcome).toMatchObject({ status: 'failed', error: { code: 'FUNCTION_NOT_FOUND' } })
  })

  test('an alias that was moved already counts as moved by this run, so that undo moves it back', async () => {
    const move = moveStep('a')
    const { world, outcome } = begun(
      (one) => {
        const [first] = published('a').versions
        one.meddleAlias(functionArn('a'), 'live', { version: '2' })
        if (first) one.addVersion(functionArn('a'), { ...first, version: '2', mode: 'Active' })
      },
      move.id,
      [publishStep('a').id],
    )
    expect(await outcome).toMatchObject({ status: 'done', changed: true })
    expect(world.accepted).toEqual([])
  })
})
