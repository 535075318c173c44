/** Waiting until Lambda has finished with a function. */
import { describe, expect, test } from 'vitest'
import type { LambdaFunction } from '../../src/core/lambda-function.js'
import { XtraceError } from '../../src/errors.js'
import { settled } from '../../src/rollout/settle.js'
import { fn } from '../core/build-observation.js'
import { VirtualClock } from './support/virtual-clock.js'

/** Answers with each of these in turn, and with the last one for ever. */
function reading(...states: Array<Partial<LambdaFunction>>) {
  let reads = 0
  const read = async () => fn('orders', states[Math.min(reads++, states.length - 1)])
  return { read, reads: () => reads }
}

const busy = { state: 'Active', updateStatus: 'InProgress' }
const done = { state: 'Active', updateStatus: 'Successful', revisionId: 'r3' }

test('a function at rest is read once, without waiting', async () => {
  const clock = new VirtualClock()
  const { read, reads } = reading(done)
  expect(await settled(read, clock)).toMatchObject(done)
  expect(reads()).toBe(1)
  expect(clock.slept).toEqual([])
})

test('the revision that is returned is the one after the update', async () => {
  const { read } = reading({ ...busy, revisionId: 'r2' }, done)
  expect(await settled(read, new VirtualClock())).toMatchObject({ revisionId: 'r3' })
})

describe('at rest is every end of an update', () => {
  test.each([
    ['an update that failed', { ...busy, updateStatus: 'Failed' }],
    ['a function that failed', { state: 'Failed' }],
    ['an idle function', { state: 'Inactive', updateStatus: 'Successful' }],
  ])('%s', async (_, state) => {
    const { read, reads } = reading(state)
    expect(await settled(read, new VirtualClock())).toMatchObject(state)
    expect(reads()).toBe(1)
  })
})

test('a function that is still being made is waited for as well', async () => {
  const { read, reads } = reading({ state: 'Pending' }, { state: 'Pending' }, done)
  expect(await settled(read, new VirtualClock())).toMatchObject(done)
  expect(reads()).toBe(3)
})

test('waits grow from a quarter of a second to three', async () => {
  const clock = new VirtualClock()
  const { read } = reading(...Array.from({ length: 10 }, () => busy), done)
  await settled(read, clock)
  expect(clock.slept[0]).toBe(250)
  expect(clock.slept).toEqual([...clock.slept].sort((a, b) => a - b))
  expect(clock.slept.at(-1)).toBe(3000)
})

test('after ten minutes it gives up, and says so', async () => {
  const clock = new VirtualClock()
  await expect(settled(reading(busy).read, clock)).rejects.toMatchObject({
    code: 'NOT_SETTLED',
    message: 'orders is still being updated after 10 minutes.',
  })
  expect(clock.now()).toBeGreaterThanOrEqual(10 * 60_000)
  expect(clock.now()).toBeLessThan(10 * 60_000 + 3001)
})

test('what cannot be read is passed on', async () => {
  const read = () => Promise.reject(new XtraceError('ACCESS_DENIED', 'Denied.'))
  await expect(settled(read, new VirtualClock())).rejects.toMatchObject({ code: 'ACCESS_DENIED' })
})
