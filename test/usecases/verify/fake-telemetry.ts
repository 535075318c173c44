/** CloudWatch and X-Ray in memory: what each function was called, and which traces arrived of it when. */
import type { AwsAccess, Clock } from '../../../src/aws/gateways.js'
import type { MetricsGateway, TimeWindow, XrayGateway } from '../../../src/aws/telemetry-gateways.js'
import type { SegmentDestination, TraceDocuments, TraceSummary } from '../../../src/core/trace/trace.js'
import { XtraceError } from '../../../src/errors.js'

interface Arriving {
  name: string
  type: 'AWS::Lambda' | 'AWS::Lambda::Function'
  summary: TraceSummary
  /** From when on X-Ray finds it. */
  visibleAt: number
  documents: string[]
}

export class FakeTelemetry {
  destination: SegmentDestination = 'XRay'
  /** By operation: it is refused. */
  readonly denied = new Set<'metrics' | 'destination' | 'summaries' | 'traces'>()
  /** Every question, in order. */
  readonly asked: string[] = []
  /** Called before each is answered. */
  onAsked: () => void = () => undefined
  readonly #calls: Array<{ name: string; at: number; count: number }> = []
  readonly #traces: Arriving[] = []
  #id = 0

  constructor(private readonly clock: Clock) {}

  invoked(name: string, at: number, count = 1): void {
    this.#calls.push({ name, at, count })
  }

  /** @returns the trace's id */
  traced(name: string, at: number, more: Partial<Arriving> & { fault?: boolean; duration?: number } = {}): string {
    const { type = 'AWS::Lambda::Function', visibleAt = at, fault = false, duration = 0.05 } = more
    const id = `1-65000000-${String(++this.#id).padStart(24, '0')}`
    const summary = { id, startedAt: at, duration, fault, error: false, throttle: false }
    this.#traces.push({ name, type, summary, visibleAt, documents: more.documents ?? wholeTrace(name, at / 1000) })
    return id
  }

  /** The same access, with these two services. */
  over(aws: AwsAccess): AwsAccess {
    const access: AwsAccess = {
      ...aws,
      xray: async () => this.#xray(),
      metrics: async () => this.#metrics(),
      inAccount: async () => access,
    }
    return access
  }

  #metrics(): MetricsGateway {
    const counted = (name: string, { from, to }: TimeWindow) =>
      this.#calls.filter((call) => call.name === name && call.at >= from && call.at < to).map(({ count }) => count)
    const ask = this.#ask.bind(this)
    return {
      async *invocations(names, window) {
        ask('metrics', `${names.join(' ')} ${window.from}-${window.to} by ${window.periodSeconds}`)
        for (const name of names) yield { name, counts: counted(name, window) }
      },
    }
  }

  #xray(): XrayGateway {
    const found = (filter: string, { from, to }: TimeWindow) =>
      this.#traces.filter(
        ({ name, type, summary, visibleAt }) =>
          filter === `service(id(name: "${name}", type: "${type}"))` &&
          summary.startedAt >= from &&
          summary.startedAt <= to &&
          visibleAt <= this.clock.now(),
      )
    const ask = this.#ask.bind(this)
    return {
      segmentDestination: async () => {
        ask('destination', '')
        return this.destination
      },
      async *traceSummaries(filter, window) {
        ask('summaries', filter)
        yield []
        yield found(filter, window).map(({ summary }) => summary)
      },
      traces: async (ids) => {
        ask('traces', ids.join(' '))
        return ids.flatMap((id): TraceDocuments[] => {
          const trace = this.#traces.find(({ summary }) => summary.id === id)
          return trace && this.destination === 'XRay' ? [{ id, documents: trace.documents }] : []
        })
      },
    }
  }

  #ask(what: 'metrics' | 'destination' | 'summaries' | 'traces', details: string): void {
    this.asked.push(`${what} ${details}`.trim())
    this.onAsked()
    if (this.denied.has(what)) throw new XtraceError('ACCESS_DENIED', `${what} is denied`)
  }
}

/** Both segments, the older form; `at` in seconds. */
export function wholeTrace(name: string, at: number): string[] {
  return [serviceSegment(name, at), functionSegment(name, at)]
}

export function serviceSegment(name: string, at: number): string {
  return JSON.stringify({ id: 'a'.repeat(16), name, origin: 'AWS::Lambda', start_time: at, end_time: at + 0.05 })
}

function functionSegment(name: string, at: number): string {
  return JSON.stringify({
    id: 'b'.repeat(16),
    parent_id: 'a'.repeat(16),
    name,
    origin: 'AWS::Lambda::Function',
    start_time: at + 0.01,
    end_time: at + 0.045,
    subsegments: [
      { id: 'c'.repeat(16), name: 'Invocation', start_time: at + 0.01, end_time: at + 0.04 },
      { id: 'd'.repeat(16), name: 'Overhead', start_time: at + 0.04, end_time: at + 0.045 },
    ],
  })
}
