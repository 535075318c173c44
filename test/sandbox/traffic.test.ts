/** BEHAVIOUR D1 to D5: invocations are worked out, agree at every level, and are sampled as Lambda samples. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { binomial, poisson } from '../../src/sandbox/traffic/draw.js'
import { InvocationCounts } from '../../src/sandbox/traffic/invocation-counts.js'
import { isSampled, sampledInvocations } from '../../src/sandbox/traffic/sampling.js'
import type { Traffic } from '../../src/sandbox/traffic/traffic.js'

const HOUR = Date.UTC(2026, 5, 1, 12) / 3_600_000
const ARN = 'arn:aws:lambda:us-east-1:123456789012:function:fn'

const traffics: fc.Arbitrary<Traffic> = fc.record({
  perMinute: fc.oneof(fc.constant(0), fc.double({ min: 0.001, max: 5000, noNaN: true })),
  pattern: fc.constantFrom('steady', 'daily', 'hourly', 'nightly'),
  errorShare: fc.double({ min: 0, max: 1, noNaN: true }),
  throttleShare: fc.double({ min: 0, max: 0.5, noNaN: true }),
})
const hours = fc.integer({ min: HOUR - 24 * 400, max: HOUR })
const names = fc.string({ minLength: 1, maxLength: 20 })

const total = (parts: ReadonlyArray<{ invocations: number; errors: number; throttles: number }>) =>
  parts.reduce(
    (sum, part) => ({
      invocations: sum.invocations + part.invocations,
      errors: sum.errors + part.errors,
      throttles: sum.throttles + part.throttles,
    }),
    { invocations: 0, errors: 0, throttles: 0 },
  )

describe('D: traffic', () => {
  it('D2 adds up: seconds to minutes, minutes to hours, any stretch to its parts', () => {
    fc.assert(
      fc.property(traffics, names, hours, fc.integer({ min: 0, max: 59 }), (traffic, name, hour, minute) => {
        const counts = new InvocationCounts(name, traffic)
        const minutes = counts.minutes(hour)
        expect(total(minutes)).toEqual(counts.hour(hour))
        const seconds = counts.seconds(hour * 60 + minute)
        expect(total(seconds)).toEqual(minutes[minute])
        expect(seconds.map((_, second) => counts.second(hour * 3600 + minute * 60 + second))).toEqual(seconds)
        for (const { invocations, errors, throttles } of seconds) {
          expect(errors).toBeLessThanOrEqual(invocations)
          expect(Math.min(errors, throttles)).toBeGreaterThanOrEqual(0)
        }
        const start = hour * 3600 + minute * 60
        const parts = [counts.between(start - 5400, start), counts.between(start, start + 9000)]
        expect(total(parts)).toEqual(counts.between(start - 5400, start + 9000))
        expect(counts.between(start, start + 60)).toEqual(minutes[minute])
      }),
      { numRuns: 60 },
    )
  })

  it.each<[Traffic['pattern'], number]>([
    ['steady', 60],
    ['daily', 60],
    ['hourly', 60],
    ['nightly', 60],
  ])('D1 keeps the average over the day: %s', (pattern, perMinute) => {
    const counts = new InvocationCounts(ARN, { perMinute, ...(pattern === undefined ? {} : { pattern }) })
    const { invocations } = counts.between((HOUR - 24 * 30) * 3600, HOUR * 3600)
    expect(invocations / (30 * 24 * 60)).toBeCloseTo(perMinute, 0)
  })

  it('D1 invokes in the first two minutes of the hour, or only at night', () => {
    const hourly = new InvocationCounts(ARN, { perMinute: 5, pattern: 'hourly' }).minutes(HOUR)
    expect(hourly.slice(2).every(({ invocations }) => invocations === 0)).toBe(true)
    expect(hourly[0]?.invocations).toBeGreaterThan(100)
    const nightly = new InvocationCounts(ARN, { perMinute: 5, pattern: 'nightly' })
    const busy = Array.from({ length: 24 }, (_, hour) => nightly.hour(HOUR + hour).invocations > 0)
    expect(busy.filter(Boolean)).toHaveLength(1)
    expect(busy[14]).toBe(true)
  })

  it('D2 never has more errors than invocations', () => {
    const counts = new InvocationCounts(ARN, { perMinute: 300, errorShare: 1 })
    for (let minute = 0; minute < 20; minute += 1) {
      for (const { invocations, errors } of counts.seconds(HOUR * 60 + minute)) expect(errors).toBe(invocations)
    }
  })

  it('D2 is the same each time, and other for another function', () => {
    const hour = (arn: string) => new InvocationCounts(arn, { perMinute: 100 }).minutes(HOUR)
    expect(hour(ARN)).toEqual(hour(ARN))
    expect(hour(ARN)).not.toEqual(hour(`${ARN}2`))
  })

  it('D3 samples the first of each second and a twentieth of the rest', () => {
    const traffic: Traffic = { perMinute: 3000 }
    const counts = new InvocationCounts(ARN, traffic)
    const start = HOUR * 3600
    const sampled = [...sampledInvocations(counts, traffic, { second: start, index: 0 }, start + 1200)]
    const seconds = Array.from({ length: 1200 }, (_, second) => counts.second(start + second).invocations)
    const firsts = sampled.filter(({ index }) => index === 0)
    expect(firsts).toHaveLength(seconds.filter((invocations) => invocations > 0).length)
    const others = seconds.reduce((sum, invocations) => sum + Math.max(0, invocations - 1), 0)
    expect((sampled.length - firsts.length) / others).toBeCloseTo(0.05, 2)
    const starts = sampled.map(({ startedAt }) => startedAt)
    expect(starts).toEqual([...starts].sort((a, b) => a - b))
  })

  it('D3 goes on from any invocation', () => {
    const traffic: Traffic = { perMinute: 600, pattern: 'hourly', errorShare: 0.2, throttleShare: 0.1 }
    const counts = new InvocationCounts(ARN, traffic)
    const start = HOUR * 3600
    const all = [...sampledInvocations(counts, traffic, { second: start, index: 0 }, start + 7200)]
    const middle = all[Math.floor(all.length / 2)]
    if (middle === undefined) expect.fail('nothing was sampled')
    expect([...sampledInvocations(counts, traffic, middle, start + 7200)]).toEqual(all.slice(all.indexOf(middle)))
    expect(all.every((invocation) => isSampled(counts.seed, invocation))).toBe(true)
    const short = [...sampledInvocations(counts, traffic, { second: start, index: 0 }, start + 30)]
    expect(short).toEqual(all.filter(({ second }) => second < start + 30))
  })

  it('D4 lets the shares fail, be throttled and start cold', () => {
    const traffic: Traffic = {
      perMinute: 60,
      errorShare: 0.25,
      throttleShare: 0.1,
      coldShare: 0.5,
      clientErrorShare: 0.2,
    }
    const counts = new InvocationCounts(ARN, traffic)
    const start = (HOUR - 48) * 3600
    const sampled = [...sampledInvocations(counts, traffic, { second: start, index: 0 }, HOUR * 3600)]
    const shareOf = (fits: (one: (typeof sampled)[number]) => boolean) => sampled.filter(fits).length / sampled.length
    const { invocations, errors, throttles } = counts.between(start, HOUR * 3600)
    expect(errors / invocations).toBeCloseTo(0.25, 2)
    expect(throttles / invocations).toBeCloseTo(0.1, 2)
    expect(shareOf(({ outcome }) => outcome === 'error')).toBeGreaterThan(0.18)
    expect(shareOf(({ outcome }) => outcome === 'throttle')).toBeGreaterThan(0.03)
    expect(shareOf(({ outcome }) => outcome === 'client-error')).toBeGreaterThan(0.08)
    expect(shareOf(({ cold }) => cold)).toBeCloseTo(0.5, 1)
  })

  it('D5 sums thirty days of 500 functions in a moment', () => {
    const began = performance.now()
    let sum = 0
    for (let number = 0; number < 500; number += 1) {
      const counts = new InvocationCounts(`${ARN}-${number}`, {
        perMinute: number % 50,
        pattern: 'daily',
        errorShare: 0.1,
      })
      for (let hour = HOUR - 720; hour < HOUR; hour += 1) sum += counts.hour(hour).invocations
    }
    expect(sum).toBeGreaterThan(0)
    expect(performance.now() - began).toBeLessThan(4000)
  })

  it('draws counts that fit their distributions', () => {
    const points = Array.from({ length: 2000 }, (_, index) => (index + 0.5) / 2000)
    const mean = (draw: (at: number) => number) => points.reduce((sum, at) => sum + draw(at), 0) / points.length
    for (const expected of [0.01, 0.7, 12, 39, 41, 4000]) {
      expect(mean((at) => poisson(expected, at)) / expected).toBeCloseTo(1, 1)
    }
    for (const [count, part] of [
      [1, 0.3],
      [20, 0.05],
      [39, 0.98],
      [5000, 0.4],
    ] as const) {
      expect(mean((at) => binomial(count, part, at)) / (count * part)).toBeCloseTo(1, 1)
    }
    expect([poisson(0, 0.5), binomial(0, 0.5, 0.5), binomial(7, 1, 0), binomial(7, 0, 1)]).toEqual([0, 0, 7, 0])
  })
})
