/** Functions whose role was just granted: one finds out whether Lambda sees it, the others wait and waste no call. */
import { describe, expect, test } from 'vitest'
import type { LambdaFunction } from '../../src/core/lambda-function.js'
import type { Step } from '../../src/core/plan/plan.js'
import { XtraceError } from '../../src/errors.js'
import { type ExecuteOptions, execute } from '../../src/rollout/execute.js'
import { fn } from '../core/build-observation.js'
import { deny, inline } from '../core/policy/build-role.js'
import { FakeWorld } from './support/fake-world.js'
import { counted, grantStep, modeStep, planOf, roleArn, roleOf } from './support/steps.js'
import { VirtualClock } from './support/virtual-clock.js'

const MINUTE = 60_000
const numbered = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${prefix}${String(index).padStart(3, '0')}`)

/** `{ orders: ['a', 'b'] }`: roles that cannot write yet, with their functions. */
function account(users: Record<string, string[]>, free: string[] = [], region = 'us-east-1') {
  const clock = new VirtualClock()
  const of = (role: string) => (name: string) => fn(name, { role: roleArn(role), region })
  const functions: LambdaFunction[] = Object.entries(users).flatMap(([role, names]) => names.map(of(role)))
  const writer = roleOf('writer', [inline('trace', { Effect: 'Allow', Action: 'xray:*', Resource: '*' })])
  const roles = [...Object.keys(users).map((name) => roleOf(name)), writer]
  const world = new FakeWorld(clock, [...functions, ...free.map(of('writer'))], roles)
  const steps: Step[] = Object.entries(users).flatMap(([role, names]) => [
    grantStep(role),
    ...names.map((name) => modeStep(name, { after: [grantStep(role).id] }, region)),
  ])
  const run = async (options?: ExecuteOptions, more: Step[] = []) => {
    const tools = { aws: world.aws(), clock, record: async () => undefined, observe: () => undefined }
    const all = [...steps, ...more, ...free.map((name) => modeStep(name, {}, region))]
    const outcomes = await execute(planOf(...all), tools, options)
    return [...outcomes.values()].map((one) => (one.status === 'done' ? 'done' : `${one.status} ${one.error.code}`))
  }
  return { world, clock, run }
}

/** The functions that Lambda refused, each once. */
const tried = (world: FakeWorld) => [...new Set(world.refused.map((call) => call.split(' ')[2]))]

describe('with an IAM delay', () => {
  test('exactly one function of a role is refused, whoever many wait', async () => {
    const { world, run } = account({ orders: numbered('f', 60) })
    world.iamDelay = 20_000
    expect(counted(await run())).toEqual({ done: 61 })
    expect(tried(world)).toHaveLength(1)
    expect(world.accepted).toHaveLength(61)
  })

  test('of three roles three', async () => {
    const { world, run } = account({ a: numbered('a', 30), b: numbered('b', 30), c: numbered('c', 30) })
    world.iamDelay = 20_000
    expect(counted(await run())).toEqual({ done: 93 })
    expect(
      tried(world)
        .map((name) => name?.[0])
        .sort(),
    ).toEqual(['a', 'b', 'c'])
  })

  test('a role that works from two regions is tried from one', async () => {
    const { world, run } = account({ orders: numbered('f', 20) })
    world.iamDelay = 20_000
    for (const name of numbered('g', 20)) world.add(fn(name, { role: roleArn('orders'), region: 'eu-west-1' }))
    const away = numbered('g', 20).map((name) => modeStep(name, { after: [grantStep('orders').id] }, 'eu-west-1'))
    expect(counted(await run({}, away))).toEqual({ done: 41 })
    expect(tried(world)).toHaveLength(1)
  })

  test('functions that need no grant are done first, and long before', async () => {
    const { world, clock, run } = account({ orders: numbered('a', 20) }, numbered('z', 80))
    world.latency = 50
    world.iamDelay = 2 * MINUTE
    const ends = new Map<string, number>()
    world.onAccepted = (call) => ends.set(call.split(' ')[2] ?? '', clock.now())
    await run()
    const last = Math.max(...numbered('z', 80).map((name) => ends.get(name) ?? Number.NaN))
    const first = Math.min(...numbered('a', 20).map((name) => ends.get(name) ?? Number.NaN))
    expect(last).toBeLessThan(5_000)
    expect(first).toBeGreaterThanOrEqual(2 * MINUTE)
  })

  test('the one that finds out fails for a reason of its own: the next one does', async () => {
    const { world, run } = account({ orders: numbered('f', 5) })
    world.iamDelay = 20_000
    world.fail('setMode us-east-1 f000', new XtraceError('RUNTIME_BLOCKED', 'Too old.'))
    expect(counted(await run())).toEqual({ done: 5, 'failed RUNTIME_BLOCKED': 1 })
    expect(tried(world)).toHaveLength(1)
  })

  test('every one fails for a reason of its own: it ends all the same', async () => {
    const { world, run } = account({ orders: numbered('f', 60) })
    for (const name of numbered('f', 60))
      world.fail(`setMode us-east-1 ${name}`, new XtraceError('RUNTIME_BLOCKED', 'Too old.'))
    expect(counted(await run())).toEqual({ done: 1, 'failed RUNTIME_BLOCKED': 60 })
  })

  test('wave after wave: what the first has found out is not asked again', async () => {
    const { world, run } = account({ orders: numbered('f', 40) })
    world.iamDelay = 20_000
    expect(counted(await run({ waves: [{ count: 1 }, { percent: 50 }] }))).toEqual({ done: 41 })
    expect(tried(world)).toEqual(['f000'])
  })
})

describe('a role that Lambda goes on refusing, as under a service control policy', () => {
  test('is waited for once, not once for each of its functions', async () => {
    const { world, clock, run } = account({ orders: numbered('f', 60), fine: numbered('g', 5) })
    world.meddleRole(roleOf('orders', [inline('scp', deny('xray:*'))]))
    expect(counted(await run())).toEqual({ done: 7, 'failed ROLE_LACKS_XRAY': 60 })
    expect(tried(world)).toEqual(['f000'])
    expect(clock.now()).toBeLessThan(17 * MINUTE)
  })

  test('in one region only: the other region is done', async () => {
    const { world, clock, run } = account({ orders: numbered('f', 10) })
    const scp = inline('scp', deny('xray:*', { Condition: { StringEquals: { 'aws:RequestedRegion': 'us-east-1' } } }))
    world.meddleRole(roleOf('orders', [scp]))
    for (const name of numbered('g', 10)) world.add(fn(name, { role: roleArn('orders'), region: 'eu-west-1' }))
    const away = numbered('g', 10).map((name) => modeStep(name, { after: [grantStep('orders').id] }, 'eu-west-1'))
    expect(counted(await run({}, away))).toEqual({ done: 11, 'failed ROLE_LACKS_XRAY': 10 })
    expect(clock.now()).toBeLessThan(17 * MINUTE)
  })

  test('too late for one function, though it has worked for others: only that one fails', async () => {
    const { world, run } = account({ orders: numbered('f', 5) })
    world.fail('setMode us-east-1 f004', new XtraceError('ROLE_LACKS_XRAY', 'No.'), 'before', 1e6)
    expect(counted(await run())).toEqual({ done: 5, 'failed ROLE_LACKS_XRAY': 1 })
  })
})

describe('many roles', () => {
  test('every function waits for the grant of its own role, however many come before', async () => {
    const names = numbered('r', 60)
    const { world, run } = account(Object.fromEntries(names.map((name) => [name, [`fn-${name}`]])))
    world.latency = 100
    expect(counted(await run())).toEqual({ done: 120 })
    expect(world.refused).toEqual([])
    for (const name of names) {
      const grant = world.accepted.indexOf(`attachPolicy ${name}`)
      expect(grant).toBeGreaterThanOrEqual(0)
      expect(world.accepted.indexOf(`setMode us-east-1 fn-${name} Active`)).toBeGreaterThan(grant)
    }
  })

  test('IAM is asked for eight at a time', async () => {
    const names = numbered('r', 30)
    const { world, clock, run } = account(Object.fromEntries(names.map((name) => [name, [`fn-${name}`]])))
    world.latency = 100
    const at: number[] = []
    world.onAccepted = (call) => call.startsWith('attachPolicy') && at.push(clock.now())
    await run()
    expect(Math.max(...Object.values(counted(at.map(String))))).toBe(8)
  })

  test('a grant that fails lets its functions fail without a call, all of them', async () => {
    const { world, run } = account({ full: numbered('f', 100), fine: ['g'] })
    world.fail('attachPolicy full', new XtraceError('POLICY_QUOTA', 'The role is full.'))
    expect(counted(await run())).toEqual({ done: 2, 'failed POLICY_QUOTA': 101 })
    expect(world.calls.filter((call) => / f\d/.test(call))).toEqual([])
  })
})

test('regions are worked on side by side: two take as long as one', async () => {
  const time = async (regions: string[]) => {
    const clock = new VirtualClock()
    const names = numbered('f', 200)
    const functions = regions.flatMap((region) => names.map((name) => fn(name, { region, role: roleArn('w') })))
    const world = new FakeWorld(clock, functions, [
      roleOf('w', [inline('t', { Effect: 'Allow', Action: '*', Resource: '*' })]),
    ])
    world.latency = 100
    const steps = regions.flatMap((region) => names.map((name) => modeStep(name, {}, region)))
    await execute(planOf(...steps), {
      aws: world.aws(),
      clock,
      record: async () => undefined,
      observe: () => undefined,
    })
    expect(world.accepted).toHaveLength(steps.length)
    return clock.now()
  }
  expect(await time(['us-east-1', 'eu-west-1', 'ap-south-1'])).toBe(await time(['us-east-1']))
})
