/** One function's mode, through everything that can come between. */
import { describe, expect, test } from 'vitest'
import type { LambdaFunction, TracingMode } from '../../src/core/lambda-function.js'
import type { SetModeStep } from '../../src/core/plan/plan.js'
import { type ErrorCode, XtraceError } from '../../src/errors.js'
import { type SetModeResult, setMode } from '../../src/rollout/set-mode.js'
import { fn, functionArn } from '../core/build-observation.js'
import { conflict, FakeLambda, lostAfter, precondition, refused } from './support/fake-lambda.js'
import { VirtualClock } from './support/virtual-clock.js'

const MINUTE = 60_000

function step(more: Partial<SetModeStep> = {}): SetModeStep {
  return {
    kind: 'setMode',
    id: 'setMode:orders',
    function: functionArn('orders'),
    from: 'PassThrough',
    to: 'Active',
    revisionId: 'orders-r1',
    after: [],
    ...more,
  }
}

function world(more: Partial<LambdaFunction> = {}) {
  const lambda = new FakeLambda(fn('orders', more))
  const clock = new VirtualClock()
  const run = (options: { granted?: boolean; step?: Partial<SetModeStep> } = {}): Promise<SetModeResult> =>
    setMode(step(options.step), {
      lambda: lambda.gateway(),
      clock,
      read: (name) => lambda.getFunction(name),
      granted: options.granted ?? false,
    })
  /** Somebody else sets the mode, just before the next call arrives. */
  const somebodySets = (mode: TracingMode) => {
    lambda.onSetMode = () => {
      lambda.onSetMode = () => undefined
      lambda.meddle('orders', { mode, updateStatus: 'Successful' })
    }
  }
  return { lambda, clock, run, somebodySets, mode: () => lambda.look('orders').mode }
}

const failure = (code: ErrorCode) => new XtraceError(code, `${code} it is.`)

describe('nothing comes between', () => {
  test('sent once against the revision that was read, waited for, read back', async () => {
    const { lambda, run } = world()
    lambda.slow(2)
    const { changed, fn: read } = await run()
    expect(changed).toBe(true)
    expect(read).toMatchObject({ mode: 'Active', updateStatus: 'Successful', revisionId: 'orders-r1++' })
    expect(lambda.calls).toEqual([
      'setMode orders Active orders-r1',
      'getFunction orders',
      'getFunction orders',
      'getFunction orders',
    ])
  })

  test('a plan without a revision is sent without one', async () => {
    const { lambda, run } = world()
    const { revisionId: _, ...listed } = step()
    await setMode(listed, {
      lambda: lambda.gateway(),
      clock: new VirtualClock(),
      read: (name) => lambda.getFunction(name),
      granted: false,
    })
    expect(lambda.sent()).toEqual(['setMode orders Active any'])
    expect(await run({ step: { from: 'Active', to: 'PassThrough', revisionId: 'orders-r1++' } })).toMatchObject({
      changed: true,
      fn: { mode: 'PassThrough' },
    })
  })
})

describe('409: an update is in progress', () => {
  test('waited for, then sent again against the new revision', async () => {
    const { lambda, clock, run } = world({ updateStatus: 'InProgress' })
    expect(await run()).toMatchObject({ changed: true, fn: { mode: 'Active' } })
    expect(lambda.sent()).toEqual(['setMode orders Active orders-r1', 'setMode orders Active orders-r1+'])
    expect(clock.now()).toBeGreaterThan(0)
  })

  test('the update that ran was the very change: nothing is sent again, and it was not ours', async () => {
    const { lambda, run, somebodySets } = world()
    lambda.fates('orders', refused(conflict()))
    somebodySets('Active')
    expect(await run()).toMatchObject({ changed: false, fn: { mode: 'Active' } })
    expect(lambda.sent()).toHaveLength(1)
  })

  test('again and again: it gives up after a while', async () => {
    const { lambda, run, mode } = world()
    lambda.fates('orders', ...Array.from({ length: 100 }, () => refused(conflict())))
    await expect(run()).rejects.toMatchObject({ code: 'CONFLICT' })
    expect(lambda.sent().length).toBe(21)
    expect(mode()).toBe('PassThrough')
  })
})

describe('412: somebody changed the function since it was read', () => {
  test('read once more, and sent against the new revision', async () => {
    const { lambda, run, somebodySets } = world()
    somebodySets('PassThrough')
    expect(await run()).toMatchObject({ changed: true, fn: { mode: 'Active' } })
    expect(lambda.sent()).toEqual(['setMode orders Active orders-r1', 'setMode orders Active orders-r1+'])
  })

  test('twice: it stops, for somebody is at work there', async () => {
    const { lambda, run, mode } = world()
    lambda.onSetMode = () => lambda.meddle('orders', { memory: 256 })
    await expect(run()).rejects.toMatchObject({ code: 'PRECONDITION' })
    expect(lambda.sent()).toHaveLength(2)
    expect(mode()).toBe('PassThrough')
  })

  test('the mode is there already: not sent again, and it was not ours', async () => {
    const { lambda, run, somebodySets } = world()
    somebodySets('Active')
    expect(await run()).toMatchObject({ changed: false, fn: { mode: 'Active' } })
    expect(lambda.sent()).toHaveLength(1)
  })

  test('an update that is under way is waited for first', async () => {
    const { lambda, run } = world()
    lambda.fates('orders', () => {
      lambda.meddle('orders', { updateStatus: 'InProgress', memory: 256 })
      throw precondition()
    })
    expect(await run()).toMatchObject({ changed: true, fn: { mode: 'Active', memory: 256 } })
    expect(lambda.sent()).toEqual(['setMode orders Active orders-r1', 'setMode orders Active orders-r1++'])
  })
})

describe.each(['CONNECTION_LOST', 'SERVER_ERROR'] as const)('%s: nobody knows whether the work was done', (code) => {
  test('it was: not sent twice', async () => {
    const { lambda, run } = world()
    lambda.fates('orders', lostAfter(failure(code)))
    expect(await run()).toMatchObject({ changed: true, fn: { mode: 'Active', updateStatus: 'Successful' } })
    expect(lambda.sent()).toHaveLength(1)
  })

  test('it was, and the update then failed: that is no success', async () => {
    const { lambda, run } = world()
    lambda
      .fates('orders', lostAfter(failure(code)))
      .ending('orders', { updateStatus: 'Failed', updateReason: 'no key' })
    await expect(run()).rejects.toMatchObject({
      code: 'UPDATE_FAILED',
      message: 'Lambda could not finish the update: no key',
    })
  })

  test('it was not: sent again, against the same revision', async () => {
    const { lambda, run } = world()
    lambda.fates('orders', refused(failure(code)))
    expect(await run()).toMatchObject({ changed: true, fn: { mode: 'Active' } })
    expect(lambda.sent()).toEqual(['setMode orders Active orders-r1', 'setMode orders Active orders-r1'])
  })

  test('it arrives late, after the function was looked at: still ours, and not sent a third time', async () => {
    for (const late of [conflict(), precondition()]) {
      const { lambda, run } = world()
      lambda.fates('orders', refused(failure(code)), () => {
        lambda.meddle('orders', { mode: 'Active', updateStatus: 'InProgress' })
        throw late
      })
      expect(await run()).toMatchObject({ changed: true, fn: { mode: 'Active', updateStatus: 'Successful' } })
      expect(lambda.sent()).toHaveLength(2)
    }
  })

  test('again and again: it gives up, with growing waits in between', async () => {
    const { lambda, clock, run } = world()
    lambda.fates('orders', ...Array.from({ length: 100 }, () => refused(failure(code))))
    await expect(run()).rejects.toMatchObject({ code })
    expect(lambda.sent()).toHaveLength(7)
    expect(clock.slept).toEqual([250, 500, 1000, 2000, 4000, 8000])
  })
})

describe.each(['ROLE_LACKS_XRAY', 'ROLE_NOT_ASSUMABLE'] as const)('%s', (code) => {
  test('at once final where this run did not touch the role', async () => {
    const { lambda, clock, run } = world()
    lambda.fates('orders', refused(failure(code)))
    await expect(run()).rejects.toMatchObject({ code })
    expect(lambda.sent()).toHaveLength(1)
    expect(clock.slept).toEqual([])
  })

  test('tried again after a grant, until IAM has caught up', async () => {
    const { lambda, clock, run } = world()
    lambda.fates('orders', ...Array.from({ length: 8 }, () => refused(failure(code))))
    expect(await run({ granted: true })).toMatchObject({ changed: true, fn: { mode: 'Active' } })
    expect(new Set(lambda.sent())).toEqual(new Set(['setMode orders Active orders-r1']))
    expect(lambda.calls.slice(0, 9)).toEqual(lambda.sent())
    expect(clock.slept.slice(0, 8)).toEqual([...clock.slept.slice(0, 8)].sort((a, b) => a - b))
    expect(Math.max(...clock.slept)).toBeLessThanOrEqual(10_000)
  })

  test('for fifteen minutes, and no longer', async () => {
    const { lambda, clock, run } = world()
    lambda.fates('orders', ...Array.from({ length: 1000 }, () => refused(failure(code))))
    await expect(run({ granted: true })).rejects.toMatchObject({ code })
    expect(clock.now()).toBeGreaterThanOrEqual(15 * MINUTE)
    expect(clock.now()).toBeLessThan(16 * MINUTE)
  })
})

describe('what ends it at once', () => {
  test.each<ErrorCode>([
    'ACCESS_DENIED',
    'FUNCTION_NOT_FOUND',
    'RUNTIME_BLOCKED',
    'INVALID_REQUEST',
    'THROTTLED',
    'EXPIRED_CREDENTIALS',
    'INTERRUPTED',
  ])('%s', async (code) => {
    const { lambda, run } = world()
    const error = failure(code)
    lambda.fates('orders', refused(error))
    await expect(run({ granted: true })).rejects.toBe(error)
    expect(lambda.calls).toHaveLength(1)
  })

  test('a fault of our own is passed on as it is', async () => {
    const { lambda, run } = world()
    const fault = new TypeError('x is undefined')
    lambda.fates('orders', () => {
      throw fault
    })
    await expect(run()).rejects.toBe(fault)
  })

  test('Ctrl-C during a wait', async () => {
    const { lambda, clock, run } = world()
    lambda.fates('orders', ...Array.from({ length: 1000 }, () => refused(failure('ROLE_LACKS_XRAY'))))
    lambda.onSetMode = () => {
      if (lambda.sent().length === 3) clock.interrupt()
    }
    await expect(run({ granted: true })).rejects.toMatchObject({ code: 'INTERRUPTED' })
    expect(lambda.sent()).toHaveLength(3)
  })
})

describe('reading back', () => {
  test.each([
    [{ updateStatus: 'Failed', updateReason: 'KMS key is disabled' }, 'KMS key is disabled'],
    [{ updateStatus: 'Failed' }, 'no reason given'],
  ])('an update that ends %j is no success', async (ending, reason) => {
    const { lambda, run } = world()
    lambda.ending('orders', ending)
    await expect(run()).rejects.toMatchObject({
      code: 'UPDATE_FAILED',
      message: `Lambda could not finish the update: ${reason}`,
    })
    expect(lambda.sent()).toHaveLength(1)
  })

  test('a mode that somebody has set back is no success, and is not fought over', async () => {
    const { lambda, run } = world()
    lambda.ending('orders', { mode: 'PassThrough' })
    await expect(run()).rejects.toMatchObject({
      code: 'UPDATE_FAILED',
      message: 'Somebody set the mode back to PassThrough at once.',
    })
    expect(lambda.sent()).toHaveLength(1)
  })

  test('an update that never ends is given up after ten minutes', async () => {
    const { lambda, run } = world()
    lambda.slow(1e9)
    await expect(run()).rejects.toMatchObject({ code: 'NOT_SETTLED' })
  })
})

test('one kind of trouble after the other, each with patience of its own', async () => {
  const { lambda, run } = world()
  lambda.fates(
    'orders',
    refused(conflict()),
    refused(failure('ROLE_LACKS_XRAY')),
    refused(failure('CONNECTION_LOST')),
    refused(precondition()),
    refused(failure('SERVER_ERROR')),
    refused(conflict()),
  )
  expect(await run({ granted: true })).toMatchObject({ changed: true, fn: { mode: 'Active' } })
  expect(lambda.sent()).toHaveLength(7)
})
