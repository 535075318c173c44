/** Reads how often functions were invoked, by account and region: what CloudWatch does not tell is a gap, never a zero. */
import { periodFor } from '../../core/cost/metric-reading.js'
import { type Bounds, sampledTraces } from '../../core/cost/sampling.js'
import { grouped } from '../../core/grouped.js'
import type { LambdaFunction } from '../../core/lambda-function.js'
import type { XtraceError } from '../../errors.js'
import { accessTo } from '../../rollout/access-to.js'
import { inParallel } from '../../rollout/in-parallel.js'
import { readableFailure } from '../read/reading.js'
import type { Tools } from '../tools.js'

/** Of the days that were read. */
export interface Counted {
  invocations: number
  traces: Bounds
}

export interface InvocationReading {
  /** By ARN; functions that CloudWatch did not tell of are not in it. */
  counted: ReadonlyMap<string, Counted>
  periodSeconds: number
  /** In the order of the functions. */
  places: CountedPlace[]
}

export interface CountedPlace {
  account: string
  region: string
  /** Why not all functions could be counted. */
  failure?: XtraceError
}

/** Each has quotas of its own: what limits them is this process. */
const PLACES_AT_ONCE = 8
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

export async function readInvocations(
  functions: readonly LambdaFunction[],
  days: number,
  tools: Tools,
): Promise<InvocationReading> {
  const places = [...grouped(functions, ({ account, region }) => `${account} ${region}`).values()]
  const sizes = places.map((place) => place.length)
  const periodSeconds = periodFor(days, sizes)
  const to = Math.floor(tools.clock.now() / HOUR_MS) * HOUR_MS
  const window = { from: to - days * DAY_MS, to, periodSeconds }
  const counted = new Map<string, Counted>()
  const say = () => tools.progress.say('reading invocations', counted.size, functions.length)
  say()
  const readPlace = async (place: readonly LambdaFunction[]): Promise<CountedPlace[]> => {
    const [first] = place
    if (!first) return []
    const { account, region } = first
    const arns = new Map(place.map(({ name, arn }) => [name, arn]))
    try {
      const metrics = await (await accessTo(first.arn, tools.aws)).metrics(region)
      for await (const { name, counts } of metrics.invocations([...arns.keys()], window)) {
        const arn = arns.get(name)
        if (arn !== undefined) counted.set(arn, countedOf(counts, periodSeconds))
        say()
      }
      return [{ account, region }]
    } catch (error) {
      return [{ account, region, failure: readableFailure(error) }]
    }
  }
  const read = await inParallel(places, PLACES_AT_ONCE, readPlace)
  return { counted, periodSeconds, places: read.flat() }
}

function countedOf(counts: readonly number[], periodSeconds: number): Counted {
  return {
    invocations: counts.reduce((sum, count) => sum + count, 0),
    traces: sampledTraces(counts, periodSeconds),
  }
}
