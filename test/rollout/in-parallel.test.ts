/** A list worked through: a few at a time, results in order, and what a failure does. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { allEnded, inParallel, turns } from '../../src/rollout/in-parallel.js'
import { VirtualClock } from './support/virtual-clock.js'

test('results stand in the order of the items, however long each takes; never more than the limit at once', async () => {
  const durations = fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 30 })
  await fc.assert(
    fc.asyncProperty(durations, fc.integer({ min: 1, max: 8 }), async (items, limit) => {
      const clock = new VirtualClock()
      let working = 0
      let most = 0
      const results = await inParallel(items, limit, async (ms) => {
        most = Math.max(most, ++working)
        await clock.sleep(ms)
        working--
        return `took ${ms}`
      })
      expect(results).toEqual(items.map((ms) => `took ${ms}`))
      expect(most).toBe(Math.min(limit, items.length))
    }),
  )
})

test('items begin in order, the next as soon as one ends', async () => {
  const clock = new VirtualClock()
  const begun: string[] = []
  await inParallel([30, 10, 10, 10], 2, async (ms) => {
    begun.push(`${ms} at ${clock.now()}`)
    await clock.sleep(ms)
  })
  expect(begun).toEqual(['30 at 0', '10 at 0', '10 at 10', '10 at 20'])
})

test('a failure is passed on, and nothing is begun after it', async () => {
  const clock = new VirtualClock()
  const begun: number[] = []
  const work = inParallel([1, 2, 3, 4, 5, 6], 2, async (item) => {
    begun.push(item)
    await clock.sleep(10 * item)
    if (item === 2) throw new Error('the second fails')
  })
  await expect(work).rejects.toThrow('the second fails')
  await clock.sleep(1000)
  expect(begun).toEqual([1, 2, 3])
})

describe('turns', () => {
  test('so many at a time, in order, and a failure gives its turn away', async () => {
    const turn = turns(2)
    const begun: number[] = []
    const ends: Array<() => void> = []
    const works = [0, 1, 2, 3].map((index) =>
      turn(async () => {
        begun.push(index)
        await new Promise<void>((resolve) => ends.push(resolve))
        if (index === 0) throw new Error('first')
        return index
      }),
    )
    expect(begun).toEqual([0, 1])
    ends[0]?.()
    await expect(works[0]).rejects.toThrow('first')
    await Promise.resolve()
    expect(begun).toEqual([0, 1, 2])
    ends[1]?.()
    ends[2]?.()
    expect(await Promise.all(works.slice(1, 3))).toEqual([1, 2])
    await Promise.resolve()
    ends[3]?.()
    expect(await works[3]).toBe(3)
    expect(begun).toEqual([0, 1, 2, 3])
  })
})

test('all have ended when one failure is thrown', async () => {
  const ended: string[] = []
  const slow = new Promise<void>((resolve) => setImmediate(resolve)).then(() => ended.push('slow'))
  await expect(allEnded([Promise.reject(new Error('fast')), slow])).rejects.toThrow('fast')
  expect(ended).toEqual(['slow'])
  await expect(allEnded([])).resolves.toBeUndefined()
})
