/** The arithmetic of sampling against Lambda's rule carried out second by second. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addBounds, type Bounds, sampledTraces } from '../../../src/core/cost/sampling.js'

/** Requests of each second, for as many seconds as the period has. */
type Stream = number[]

/** Lambda's rule: of each second the first request, and 5 % of the others. */
function recorded(stream: Stream): number {
  return stream.reduce((sum, requests) => sum + (requests === 0 ? 0 : 1 + 0.05 * (requests - 1)), 0)
}

const sumOf = (stream: Stream) => stream.reduce((sum, requests) => sum + requests, 0)

/** So many requests, each at a second of its own choice. */
function scattered(requests: number, seconds: number, random: () => number): Stream {
  const stream: Stream = new Array(seconds).fill(0)
  for (let request = 0; request < requests; request++) {
    const second = Math.floor(random() * seconds)
    stream[second] = (stream[second] ?? 0) + 1
  }
  return stream
}

/** mulberry32 */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const seconds = fc.constantFrom(1, 2, 60, 300, 3600)
const seed = fc.integer()

/** Streams of every kind: empty, in one second, one a second, evenly at random, in bursts. */
const anyStream = seconds.chain((length) =>
  fc.oneof(
    fc.constant<Stream>(new Array(length).fill(0)),
    fc
      .tuple(fc.nat(length - 1), fc.nat(10_000))
      .map(([at, requests]) => new Array(length).fill(0).map((_, second) => (second === at ? requests : 0))),
    fc.constant<Stream>(new Array(length).fill(1)),
    fc.tuple(fc.nat(3 * length), seed).map(([requests, one]) => scattered(requests, length, randomFrom(one))),
    fc.tuple(fc.nat(20), fc.nat(500), seed).map(([bursts, size, one]) => {
      return scattered(bursts, length, randomFrom(one)).map((hit) => hit * size)
    }),
  ),
)

function expectWithin(value: number, { least, most }: Bounds): void {
  const slack = 1e-9 * Math.max(1, value)
  expect(value).toBeGreaterThanOrEqual(least - slack)
  expect(value).toBeLessThanOrEqual(most + slack)
}

describe('the bounds', () => {
  test('hold what is recorded of any stream, and are in order', () => {
    fc.assert(
      fc.property(anyStream, (stream) => {
        const bounds = sampledTraces([sumOf(stream)], stream.length)
        expectWithin(recorded(stream), bounds)
        expectWithin(bounds.expected, bounds)
      }),
    )
  })

  test('are met by all requests in one second, and by one a second as far as there are seconds', () => {
    for (const requests of [0, 1, 2, 59, 60, 61, 7000]) {
      const bounds = sampledTraces([requests], 60)
      expect(recorded([requests])).toBeCloseTo(bounds.least, 9)
      const spread = Array.from({ length: 60 }, (_, second) => Math.floor((requests + 59 - second) / 60))
      expect(sumOf(spread)).toBe(requests)
      expect(recorded(spread)).toBeCloseTo(bounds.most, 9)
    }
  })

  test('of longer periods hold those of the shorter ones that they are made of', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(5000), { minLength: 1, maxLength: 60 }), (minutes) => {
        const fine = sampledTraces(minutes, 60)
        const coarse = sampledTraces([sumOf(minutes)], 60 * minutes.length)
        expectWithin(fine.least, coarse)
        expectWithin(fine.most, coarse)
      }),
    )
  })

  test('of several periods are added up', () => {
    expect(sampledTraces([10, 20], 60)).toEqual(addBounds(sampledTraces([10], 60), sampledTraces([20], 60)))
    expect(sampledTraces([], 60)).toEqual({ least: 0, expected: 0, most: 0 })
  })
})

describe('what is expected', () => {
  /** Six times the standard deviation of how many seconds are hit, which is at most half the root of their number. */
  const tolerance = (requests: number, length: number) => 3 * Math.sqrt(Math.min(requests, length))

  test('is met by requests that come evenly at random', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(60, 300, 3600),
        fc.integer({ min: 1, max: 20_000 }),
        seed,
        (length, requests, one) => {
          const stream = scattered(requests, length, randomFrom(one))
          const { expected } = sampledTraces([requests], length)
          expect(Math.abs(recorded(stream) - expected)).toBeLessThanOrEqual(tolerance(requests, length))
        },
      ),
    )
  })

  test('is met on average to a thousandth', () => {
    const random = randomFrom(1)
    const runs = Array.from({ length: 4000 }, () => recorded(scattered(90, 60, random)))
    const { expected } = sampledTraces([90], 60)
    expect(Math.abs(runs.reduce((sum, one) => sum + one, 0) / runs.length / expected - 1)).toBeLessThan(0.001)
  })

  test.each([
    [0, 60, 0],
    [1, 60, 1],
    [1, 3600, 1],
    // One second in which both come, with one chance in sixty: 2 − 1/60 seconds, and a twentieth of the rest.
    [2, 60, 2 - 1 / 60 + 0.05 / 60],
    [5, 1, 1.2],
    [3600, 3600, 3600 * (1 - (1 - 1 / 3600) ** 3600) * 0.95 + 180],
    // Every second is hit: one each, and 5 % of the other ones.
    [1e9, 3600, 3600 + 0.05 * (1e9 - 3600)],
  ])('%d requests in %d seconds', (requests, length, expected) => {
    expect(sampledTraces([requests], length).expected / Math.max(1, expected)).toBeCloseTo(
      expected / Math.max(1, expected),
      9,
    )
  })
})
