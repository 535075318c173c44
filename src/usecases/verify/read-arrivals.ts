/** Asks CloudWatch and X-Ray about the functions of one account and region: calls of all at once, traces one by one. */
import type { AwsAccess } from '../../aws/gateways.js'
import type { MetricsGateway, TimeWindow, XrayGateway } from '../../aws/telemetry-gateways.js'
import { grouped } from '../../core/grouped.js'
import type { LambdaFunction } from '../../core/lambda-function.js'
import type { Arrival } from '../../core/proof/arrival.js'
import { type FunctionTrace, functionTrace } from '../../core/trace/function-trace.js'
import { SummaryTally } from '../../core/trace/summary-tally.js'
import type { TraceSummary } from '../../core/trace/trace.js'
import type { Reading } from '../../core/verdict.js'
import { inParallel } from '../../rollout/in-parallel.js'
import { reading } from '../read/reading.js'
import { callsWindow } from './windows.js'

/** X-Ray's quotas are not published for all calls: what is refused is tried again. */
const FUNCTIONS_AT_ONCE = 4
/** Of one function: more say nothing new. */
const MOST_SUMMARIES = 20_000

/** A function, and since when calls of it should have left traces. */
export interface Looked {
  fn: LambdaFunction
  window: TimeWindow
}

/**
 * @param looked functions of one account and region
 * @param inFull how many traces of each are read in full, the newest
 * @returns by ARN
 */
export async function readArrivals(
  looked: readonly Looked[],
  region: string,
  aws: AwsAccess,
  inFull: number,
): Promise<Map<string, Arrival>> {
  const [metrics, xray] = await Promise.all([aws.metrics(region), aws.xray(region)])
  const [invocations, destination] = await Promise.all([
    readInvocations(looked, metrics),
    reading(() => xray.segmentDestination()),
  ])
  const arrivals = await inParallel(looked, FUNCTIONS_AT_ONCE, async ({ fn, window }) => {
    const calls = invocations.get(fn.arn) ?? { value: 0 }
    const traces = await readTraces(fn, window, xray, inFull)
    return [fn.arn, { ...window, invocations: calls, destination, ...traces }] as const
  })
  return new Map(arrivals)
}

/** Functions that share a window share the calls. */
async function readInvocations(
  looked: readonly Looked[],
  metrics: MetricsGateway,
): Promise<Map<string, Reading<number>>> {
  const byStart = grouped(looked, ({ window }) => String(callsWindow(window).from))
  const read = await inParallel([...byStart.values()], FUNCTIONS_AT_ONCE, async (group) => {
    const counts = await reading(() => sumsOf(group, metrics))
    return group.map(({ fn }): [string, Reading<number>] => [
      fn.arn,
      'value' in counts ? { value: counts.value.get(fn.name) ?? 0 } : counts,
    ])
  })
  return new Map(read.flat())
}

async function sumsOf(group: readonly Looked[], metrics: MetricsGateway): Promise<Map<string, number>> {
  const sums = new Map<string, number>()
  const window = group[0] && callsWindow(group[0].window)
  if (!window || window.to <= window.from) return sums
  const names = group.map(({ fn }) => fn.name)
  for await (const { name, counts } of metrics.invocations(names, window)) {
    const sum = counts.reduce((all, count) => all + count, 0)
    sums.set(name, sum)
  }
  return sums
}

type TracesRead = Pick<Arrival, 'summaries' | 'more' | 'ofServiceOnly' | 'traces'>

async function readTraces(
  fn: LambdaFunction,
  window: TimeWindow,
  xray: XrayGateway,
  inFull: number,
): Promise<TracesRead> {
  const tally = new SummaryTally()
  let newest: TraceSummary[] = []
  let more = false
  const summaries = await reading(async () => {
    let count = 0
    for await (const page of xray.traceSummaries(segmentsOf(fn, 'AWS::Lambda::Function'), window)) {
      for (const summary of page) tally.add(summary)
      newest = newestOf([...newest, ...page], inFull)
      count += page.length
      more = count >= MOST_SUMMARIES
      if (more) break
    }
    return tally.statistics
  })
  if ('unreadable' in summaries) return { summaries, more }
  if (summaries.value.traces === 0)
    return { summaries, more, ofServiceOnly: await reading(() => countTraces(fn, window, xray)) }
  const ids = newest.map(({ id }) => id)
  return { summaries, more, traces: await reading(() => readInFull(fn, ids, xray)) }
}

function segmentsOf({ name }: LambdaFunction, type: 'AWS::Lambda' | 'AWS::Lambda::Function'): string {
  return `service(id(name: "${name}", type: "${type}"))`
}

function newestOf(summaries: readonly TraceSummary[], count: number): TraceSummary[] {
  const unique = [...new Map(summaries.map((one) => [one.id, one])).values()]
  return unique.sort((a, b) => b.startedAt - a.startedAt).slice(0, count)
}

/** Of Lambda's own segment, without requests that it refused: those never have another. One page with any is enough. */
async function countTraces(fn: LambdaFunction, window: TimeWindow, xray: XrayGateway): Promise<number> {
  for await (const page of xray.traceSummaries(segmentsOf(fn, 'AWS::Lambda'), window)) {
    const run = page.filter(({ throttle }) => !throttle).length
    if (run > 0) return run
  }
  return 0
}

async function readInFull(fn: LambdaFunction, ids: readonly string[], xray: XrayGateway): Promise<FunctionTrace[]> {
  return (await xray.traces(ids)).map((trace) => functionTrace(trace, fn))
}
