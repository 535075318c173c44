/** A signal stops the waiting at once, whoever's clock it is, and forbids the next call. */
import { describe, expect, test } from 'vitest'
import { stoppable } from '../../src/cli/stoppable.js'

const HOUR = 3_600_000
const never = { now: () => 42, sleep: () => new Promise<void>(() => undefined) }

describe.each([
  ["the machine's clock", undefined],
  ['a clock that is given', never],
])('%s', (_, clock) => {
  test('stops in the middle of a wait', async () => {
    const stopping = new AbortController()
    const { clock: watched, checkpoint } = stoppable(stopping.signal, clock)
    checkpoint()
    const waiting = Promise.all([watched.sleep(HOUR), watched.sleep(HOUR)])
    stopping.abort()
    await expect(waiting).rejects.toMatchObject({ code: 'INTERRUPTED' })
    expect(checkpoint).toThrow('no further call')
  })

  test('does not begin to wait when it is stopped already', async () => {
    const { clock: watched } = stoppable(AbortSignal.abort(), clock)
    await expect(watched.sleep(HOUR)).rejects.toMatchObject({ code: 'INTERRUPTED' })
  })
})

test('without a signal it waits as long as it is told, and knows the time', async () => {
  const { clock, checkpoint } = stoppable()
  const before = Date.now()
  await clock.sleep(2)
  checkpoint()
  expect(clock.now() - before).toBeGreaterThanOrEqual(1)
  expect(stoppable(undefined, never).clock.now()).toBe(42)
})

test('a clock that fails is heard of', async () => {
  const { clock } = stoppable(undefined, { ...never, sleep: () => Promise.reject(new Error('no time')) })
  await expect(clock.sleep(1)).rejects.toThrow('no time')
})
