/** Which requests Lambda samples: the first of each second, and 5 percent of the rest. */
import type { Counts } from './counts.js'
import { mix, share } from './hash.js'
import { type Invocation, invocationAt } from './invocation.js'
import type { InvocationCounts } from './invocation-counts.js'
import type { Traffic } from './traffic.js'

const REST = 0.05
const SAMPLING = 0x5a17

export interface Place {
  /** Since the epoch. */
  readonly second: number
  readonly index: number
}

export function isSampled(seed: number, { second, index }: Place): boolean {
  return index === 0 || share(mix(seed, SAMPLING), second, index) < REST
}

/** In the order of their starts. @param from the first that may come @param end seconds since the epoch, not part of it */
export function* sampledInvocations(
  counts: InvocationCounts,
  traffic: Traffic,
  from: Place,
  end: number,
): Generator<Invocation> {
  for (const [second, ofSecond] of busySeconds(counts, from.second, end)) {
    const requests = ofSecond.invocations + ofSecond.throttles
    for (let index = second === from.second ? from.index : 0; index < requests; index += 1) {
      const place = { second, index }
      if (isSampled(counts.seed, place)) yield invocationAt(place, counts.seed, ofSecond, traffic)
    }
  }
}

/** The seconds with requests. */
function* busySeconds(counts: InvocationCounts, from: number, end: number): Generator<readonly [number, Counts]> {
  for (let hour = Math.floor(from / 3600); hour * 3600 < end; hour += 1) {
    for (const [minute, ofMinute] of counts.minutes(hour).entries()) {
      const start = hour * 3600 + minute * 60
      if (isQuiet(ofMinute) || start + 60 <= from || start >= end) continue
      for (const [second, ofSecond] of counts.seconds(start / 60).entries()) {
        const at = start + second
        if (!isQuiet(ofSecond) && at >= from && at < end) yield [at, ofSecond]
      }
    }
  }
}

function isQuiet({ invocations, throttles }: Counts): boolean {
  return invocations + throttles === 0
}
