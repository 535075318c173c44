/** The token bucket: how many calls pass, when, and in which order. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { TokenBucket } from '../../src/rollout/limiter.js'
import { VirtualClock } from './support/virtual-clock.js'

/** Takes `count` tokens at once. @returns when each was given */
async function takeAll(bucket: TokenBucket, clock: VirtualClock, count: number): Promise<number[]> {
  return Promise.all(Array.from({ length: count }, () => bucket.take().then(() => clock.now())))
}

describe('an idle bucket', () => {
  test("gives one second's worth at once, then one token after the other", async () => {
    const clock = new VirtualClock()
    expect(await takeAll(new TokenBucket(4, clock), clock, 8)).toEqual([0, 0, 0, 0, 250, 500, 750, 1000])
  })

  test('saves up no more than one second', async () => {
    const clock = new VirtualClock()
    const bucket = new TokenBucket(4, clock)
    await takeAll(bucket, clock, 4)
    clock.advance(60_000)
    expect(await takeAll(bucket, clock, 6)).toEqual([60_000, 60_000, 60_000, 60_000, 60_250, 60_500])
  })

  test('saves up as much as the time allows', async () => {
    const clock = new VirtualClock()
    const bucket = new TokenBucket(4, clock)
    await takeAll(bucket, clock, 4)
    clock.advance(500)
    expect(await takeAll(bucket, clock, 4)).toEqual([500, 500, 750, 1000])
  })
})

describe('a throttle', () => {
  test('holds everybody back: who waits already, and who comes later', async () => {
    const clock = new VirtualClock()
    const bucket = new TokenBucket(2, clock)
    const waiting = takeAll(bucket, clock, 4)
    await clock.sleep(100)
    bucket.backOff(4900)
    const later = clock.sleep(500).then(() => takeAll(bucket, clock, 1))
    expect(await waiting).toEqual([0, 0, 5000, 5500])
    expect(await later).toEqual([6000])
  })

  test('that ends sooner than another shortens nothing', async () => {
    const clock = new VirtualClock()
    const bucket = new TokenBucket(2, clock)
    bucket.backOff(5000)
    bucket.backOff(100)
    expect(await takeAll(bucket, clock, 3)).toEqual([5000, 5500, 6000])
  })

  test('is over when it is over: a bucket that was idle since is full again', async () => {
    const clock = new VirtualClock()
    const bucket = new TokenBucket(2, clock)
    bucket.backOff(5000)
    clock.advance(60_000)
    expect(await takeAll(bucket, clock, 2)).toEqual([60_000, 60_000])
  })
})

describe('who is interrupted while waiting', () => {
  const words = (outcomes: PromiseSettledResult<void>[]) =>
    outcomes.map((one) => (one.status === 'rejected' ? one.reason.code : one.status))

  test('is told, and so is everybody behind', async () => {
    const clock = new VirtualClock()
    const bucket = new TokenBucket(1, clock)
    const all = Promise.allSettled([bucket.take(), bucket.take(), bucket.take()])
    await clock.sleep(10)
    clock.interrupt()
    expect(words(await all)).toEqual(['fulfilled', 'INTERRUPTED', 'INTERRUPTED'])
  })

  test('takes no token with him', async () => {
    const clock = new VirtualClock()
    const bucket = new TokenBucket(1, {
      now: () => clock.now(),
      sleep: async (ms) => {
        if (clock.slept.length === 0) clock.interrupt()
        await clock.sleep(ms)
      },
    })
    const all = Promise.allSettled([bucket.take(), bucket.take()])
    expect(words(await all)).toEqual(['fulfilled', 'INTERRUPTED'])
    clock.advance(1000)
    await bucket.take()
    expect(clock.now()).toBe(1000)
  })
})

interface Arrival {
  at: number
  backOff: number
}

const arrivals = fc.array(
  fc.record({
    at: fc.integer({ min: 0, max: 6000 }),
    backOff: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 3000 })),
  }),
  { minLength: 1, maxLength: 40 },
)

/** Everybody arrives at a time of his own and takes a token; some are throttled after it. */
async function run(rate: number, people: Arrival[]) {
  const clock = new VirtualClock()
  const bucket = new TokenBucket(rate, clock)
  const arrived: number[] = []
  const served: Array<{ who: number; at: number }> = []
  const closed: Array<{ from: number; until: number }> = []
  await Promise.all(
    people.map(async ({ at, backOff }, who) => {
      await clock.sleep(at)
      arrived.push(who)
      await bucket.take()
      served.push({ who, at: clock.now() })
      if (backOff === 0) return
      closed.push({ from: clock.now(), until: clock.now() + backOff })
      bucket.backOff(backOff)
    }),
  )
  return { arrived, served, closed }
}

const rates = fc.integer({ min: 1, max: 20 })
/** For what floating point leaves over. */
const EPSILON = 1e-6

test('in any stretch of time: what was saved up, and the rate, and no more', async () => {
  await fc.assert(
    fc.asyncProperty(rates, arrivals, async (rate, people) => {
      const times = (await run(rate, people)).served.map(({ at }) => at)
      for (const [first, from] of times.entries())
        for (const [more, to] of times.slice(first).entries())
          expect(more + 1).toBeLessThanOrEqual(rate + ((to - from) * rate) / 1000 + EPSILON)
    }),
  )
})

test('once what was saved up is spent: never more than the rate in any second', async () => {
  await fc.assert(
    fc.asyncProperty(rates, fc.integer({ min: 1, max: 60 }), async (rate, count) => {
      const clock = new VirtualClock()
      const times = (await takeAll(new TokenBucket(rate, clock), clock, count)).filter((at) => at > 0)
      for (const from of times)
        expect(times.filter((at) => at >= from && at < from + 1000 - EPSILON).length).toBeLessThanOrEqual(rate)
    }),
  )
})

test('nobody is served while a throttle lasts', async () => {
  await fc.assert(
    fc.asyncProperty(rates, arrivals, async (rate, people) => {
      const { served, closed } = await run(rate, people)
      for (const { from, until } of closed)
        expect(served.filter(({ at }) => at > from + EPSILON && at < until - EPSILON)).toEqual([])
    }),
  )
})

test('first come, first served, throttled or not', async () => {
  await fc.assert(
    fc.asyncProperty(rates, arrivals, async (rate, people) => {
      const { arrived, served } = await run(rate, people)
      expect(served.map(({ who }) => who)).toEqual(arrived)
    }),
  )
})
