/** All traces of a region in a window: those that were sent first, then those of each function. */
import type { Context } from '../wire/service.js'
import type { Region } from '../world/region.js'
import { TraceFilter } from './filter-expression.js'
import { FunctionTraces, touchedServices } from './function-traces.js'
import type { Segment } from './segment.js'
import { storedTrace } from './stored-traces.js'
import { touchedBy } from './summary.js'
import { isIndexed } from './trace-id.js'

const KEPT_MS = 30 * 86_400_000

/** Where a listing goes on. */
export interface ListingPlace {
  /** 0: what was sent; n: the n-th function. */
  readonly part: number
  /** Of what was sent, how many came before; of a function, its second. */
  readonly at: number
  /** Among the requests of that second. */
  readonly index: number
}

export interface ListedTrace {
  readonly id: string
  readonly startedAt: number
  readonly segments: readonly Segment[]
  readonly place: ListingPlace
}

/** Milliseconds since the epoch; `to` is not part of it. */
export interface Window {
  readonly from: number
  readonly to: number
}

/** Traces are shown after a delay, and forgotten after thirty days. */
export function visibleWindow({ now, settings }: Context): Window {
  return { from: now - KEPT_MS, to: now - settings.traceDelayMs + 1 }
}

/** With Transaction Search, the indexed ones. @param from of the last listing, that trace included */
export function* arrivedTraces(
  window: Window,
  expression: string,
  from: ListingPlace | undefined,
  context: Context,
): Generator<ListedTrace> {
  const region = context.account.region(context.caller.region)
  const filter = new TraceFilter(expression)
  const visible = visibleWindow(context)
  const seen = { from: Math.max(window.from, visible.from), to: Math.min(window.to, visible.to) }
  for (const trace of everyTrace(region, filter, seen, from, context)) {
    if (trace.startedAt < seen.from || trace.startedAt >= seen.to) continue
    if (region.tracing.transactionSearch && !isIndexed(trace.id)) continue
    if (filter.matches(touchedBy(trace.segments))) yield trace
  }
}

function* everyTrace(
  region: Region,
  filter: TraceFilter,
  window: Window,
  from: ListingPlace | undefined,
  context: Context,
): Generator<ListedTrace> {
  const first = from?.part ?? 0
  if (first === 0) yield* sentTraces(region, from?.at ?? 0, visibleWindow(context).to)
  const traces = new FunctionTraces(context.account, region, context.settings)
  for (const [index, lambda] of region.sortedFunctions.entries()) {
    const part = index + 1
    if (part < first || !filter.matches(touchedServices(lambda))) continue
    const start = part === first && from !== undefined ? { second: from.at, index: from.index } : beginningOf(window)
    for (const { place, ...trace } of traces.between(lambda, start, Math.ceil(window.to / 1000))) {
      yield { ...trace, place: { part, at: place.second, index: place.index } }
    }
  }
}

function* sentTraces({ tracing }: Region, from: number, until: number): Generator<ListedTrace> {
  for (const [index, id] of tracing.traceIds.entries()) {
    const trace = index < from ? undefined : storedTrace(tracing, id, until)
    if (trace !== undefined) yield { ...trace, place: { part: 0, at: index, index: 0 } }
  }
}

function beginningOf({ from }: Window): { second: number; index: number } {
  return { second: Math.floor(from / 1000), index: 0 }
}
