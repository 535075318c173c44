/** Waves and --max-errors: a few functions first, and no further when too many fail. */
import { describe, expect, test } from 'vitest'
import type { Limit } from '../../src/core/limit.js'
import type { Plan } from '../../src/core/plan/plan.js'
import type { JournalEntry } from '../../src/core/run.js'
import { XtraceError } from '../../src/errors.js'
import { type ExecuteOptions, execute } from '../../src/rollout/execute.js'
import { fn } from '../core/build-observation.js'
import { FakeIam, fakeAws } from './support/fake-aws.js'
import { FakeLambda, refused } from './support/fake-lambda.js'
import { counted, grantStep, modeStep, moveStep, planOf, publishStep, revoking } from './support/steps.js'
import { VirtualClock } from './support/virtual-clock.js'

const names = (count: number) => Array.from({ length: count }, (_, index) => `f${String(index).padStart(3, '0')}`)
const all = (count: number) => planOf(...names(count).map((name) => modeStep(name)))
const denied = refused(new XtraceError('ACCESS_DENIED', 'No.'))

function account(count: number) {
  const lambda = new FakeLambda(...names(count).map((name) => fn(name)))
  const iam = new FakeIam()
  const journal: JournalEntry[] = []
  const record = async (entry: JournalEntry) => {
    journal.push(entry)
  }
  const clock = new VirtualClock()
  const tools = { aws: fakeAws({ 'us-east-1': lambda }, { aws: iam }), clock, record, observe: () => undefined }
  const run = async (plan: Plan, options: ExecuteOptions = {}) => {
    const outcomes = await execute(plan, tools, options)
    const words = [...outcomes.values()].map((one) =>
      one.status === 'done' ? 'done' : `${one.status} ${one.error.code}`,
    )
    return counted(words)
  }
  return { lambda, iam, journal, run }
}

describe('waves', () => {
  test('a wave begins when all functions of the one before have ended', async () => {
    const { journal, run } = account(50)
    expect(await run(all(50), { waves: [{ count: 1 }, { percent: 10 }] })).toEqual({ done: 50 })
    const order = journal.map((entry) => entry.type)
    expect(order.slice(0, 2)).toEqual(['started', 'done'])
    expect(order.slice(2, 10)).toEqual([...Array(4).fill('started'), ...Array(4).fill('done')])
    expect(order.slice(10, 55)).toEqual(Array(45).fill('started'))
  })

  test('a failure without --max-errors stops no wave', async () => {
    const { lambda, run } = account(10)
    lambda.fates('f000', denied)
    expect(await run(all(10), { waves: [{ count: 1 }] })).toEqual({ 'failed ACCESS_DENIED': 1, done: 9 })
  })
})

describe('--max-errors', () => {
  test.each<[limit: Limit, failing: number, expected: Record<string, number>]>([
    [{ count: 0 }, 1, { 'failed ACCESS_DENIED': 1, 'left TOO_MANY_FAILURES': 9 }],
    [{ count: 1 }, 1, { 'failed ACCESS_DENIED': 1, done: 9 }],
    [{ percent: 10 }, 1, { 'failed ACCESS_DENIED': 1, done: 9 }],
    [{ percent: 9 }, 1, { 'failed ACCESS_DENIED': 1, 'left TOO_MANY_FAILURES': 9 }],
    [{ percent: 100 }, 10, { 'failed ACCESS_DENIED': 10 }],
  ])('%j, the first %i failing one by one', async (maxErrors, failing, expected) => {
    const { lambda, run } = account(10)
    for (const name of names(failing)) lambda.fates(name, denied)
    const waves = names(10).map((_, index) => ({ count: index + 1 }))
    expect(await run(all(10), { maxErrors, waves })).toEqual(expected)
    expect(lambda.sent()).toHaveLength(10 - (expected['left TOO_MANY_FAILURES'] ?? 0))
  })

  test('within a wave: those under way end, no other begins', async () => {
    const { lambda, journal, run } = account(200)
    for (const name of names(3)) lambda.fates(name, denied)
    expect(await run(all(200), { maxErrors: { count: 2 } })).toEqual({
      'failed ACCESS_DENIED': 3,
      done: 45,
      'left TOO_MANY_FAILURES': 152,
    })
    expect(lambda.sent()).toHaveLength(48)
    expect(journal.filter((entry) => entry.type === 'started')).toHaveLength(48)
  })

  test('counts functions, not steps', async () => {
    const { lambda, run } = account(2)
    lambda.fates('f000', denied)
    const mode = modeStep('f000')
    const steps = [mode, publishStep('f000', { after: [mode.id] }), moveStep('f000'), modeStep('f001')]
    const waves = [{ count: 1 }]
    expect(await run(planOf(...steps), { maxErrors: { count: 1 }, waves })).toEqual({
      'failed ACCESS_DENIED': 3,
      done: 1,
    })
  })

  test('a role that cannot be granted counts with each of its functions', async () => {
    const { lambda, iam, run } = account(5)
    iam.failing('full', new XtraceError('POLICY_QUOTA', 'Full.'))
    const grant = grantStep('full')
    const steps = names(4).map((name) => modeStep(name, { after: [grant.id] }))
    const waves = [{ count: 4 }]
    expect(await run(planOf(grant, ...steps, modeStep('f004')), { maxErrors: { count: 3 }, waves })).toEqual({
      'failed POLICY_QUOTA': 5,
      'left TOO_MANY_FAILURES': 1,
    })
    expect(lambda.sent()).toEqual([])
  })

  test('the message says how many', async () => {
    const { lambda } = account(2)
    lambda.fates('f000', denied)
    const outcomes = await execute(
      all(2),
      {
        aws: fakeAws({ 'us-east-1': lambda }),
        clock: new VirtualClock(),
        record: async () => undefined,
        observe: () => undefined,
      },
      { maxErrors: { count: 0 }, waves: [{ count: 1 }] },
    )
    expect(outcomes.get(modeStep('f001').id)).toMatchObject({
      status: 'left',
      error: { code: 'TOO_MANY_FAILURES', message: '1 function failed, more than --max-errors allows.' },
    })
  })
})

describe('what waits for functions of every wave: taking a permission back', () => {
  const off = (name: string) => modeStep(name, { from: 'Active', to: 'PassThrough' })
  const plan = (count: number) =>
    planOf(...names(count).map(off), revoking('orders', { after: names(count).map((name) => off(name).id) }))

  test('comes last', async () => {
    const { lambda, iam, run } = account(4)
    iam.onWrite = () => expect(lambda.sent()).toHaveLength(4)
    expect(await run(plan(4), { waves: [{ count: 1 }] })).toEqual({ done: 5 })
    expect(iam.calls).toHaveLength(1)
  })

  test('does not come where a function failed, and says with what', async () => {
    const { lambda, iam, run } = account(4)
    lambda.fates('f002', denied)
    expect(await run(plan(4))).toEqual({ done: 3, 'failed ACCESS_DENIED': 2 })
    expect(iam.calls).toEqual([])
  })

  test('is left where a function is', async () => {
    const { lambda, iam, run } = account(4)
    lambda.fates('f000', denied)
    const options = { maxErrors: { count: 0 }, waves: [{ count: 1 }] }
    expect(await run(plan(4), options)).toEqual({ 'failed ACCESS_DENIED': 1, 'left TOO_MANY_FAILURES': 4 })
    expect(iam.calls).toEqual([])
  })
})
