/** The X-Ray gateway over the AWS SDK, for one account and region: where traces go, which there are, and what is in them. */
import {
  BatchGetTracesCommand,
  type BatchGetTracesResult,
  GetTraceSegmentDestinationCommand,
  GetTraceSummariesCommand,
  type Trace as SdkTrace,
  type TraceSummary as SdkTraceSummary,
  XRayClient,
  type XRayClientConfig,
} from '@aws-sdk/client-xray'
import type { SegmentDestination, TraceDocuments, TraceSummary } from '../core/trace/trace.js'
import { ask } from './ask.js'
import type { Attempts } from './attempts.js'
import { callsAhead } from './calls-ahead.js'
import { each, optional, required } from './fields.js'
import { everyItem, pagesOf } from './pages.js'
import type { TimeWindow, XrayGateway } from './telemetry-gateways.js'

const HOUR_MS = 3_600_000
/** X-Ray refuses a question about more time than this. */
const LONGEST_STRETCH_MS = 6 * HOUR_MS
const BATCHES = { perCall: 5, atOnce: 4 }

export class XrayOverSdk implements XrayGateway {
  readonly #client: XRayClient

  constructor(
    config: XRayClientConfig,
    private readonly attempts: Attempts,
  ) {
    this.#client = new XRayClient(config)
  }

  async segmentDestination(): Promise<SegmentDestination> {
    return ask(
      {
        service: 'xray',
        operation: 'GetTraceSegmentDestination',
        kind: 'repeatable',
        send: () => this.#client.send(new GetTraceSegmentDestinationCommand({})),
        read: (answer) => (required(answer, 'Destination', 'text') === 'CloudWatchLogs' ? 'CloudWatchLogs' : 'XRay'),
      },
      this.attempts,
    )
  }

  /** Where two stretches meet, X-Ray may give a trace in both: it is passed on once. */
  async *traceSummaries(filter: string, window: TimeWindow): AsyncGenerator<TraceSummary[]> {
    let edge = new Set<string>()
    for (const stretch of stretchesOf(window)) {
      const given = edge
      edge = new Set()
      for await (const page of this.#summaries(filter, stretch)) {
        for (const { id } of page) if (secondOf(id) * 1000 <= stretch.from) edge.add(id)
        yield page.filter(({ id }) => !given.has(id))
      }
    }
  }

  async traces(ids: readonly string[]): Promise<TraceDocuments[]> {
    const asked = [...new Set(ids)]
    const found = new Map<string, Set<string>>()
    const left = await this.#readInto(found, asked)
    if (left.length > 0) await this.#readInto(found, left)
    return asked.flatMap((id) => {
      const documents = found.get(id)
      return documents ? [{ id, documents: [...documents] }] : []
    })
  }

  #summaries(FilterExpression: string, { from, to }: TimeWindow): AsyncGenerator<TraceSummary[]> {
    const input = { StartTime: new Date(from), EndTime: new Date(to), FilterExpression }
    return pagesOf(
      {
        service: 'xray',
        operation: 'GetTraceSummaries',
        send: (NextToken) => this.#client.send(new GetTraceSummariesCommand({ ...input, NextToken })),
        read: (answer) => ({
          items: required(answer, 'TraceSummaries', 'list').map(summaryOf),
          next: optional(answer, 'NextToken', 'text'),
        }),
      },
      this.attempts,
    )
  }

  /** @returns the ids that X-Ray did not come to */
  async #readInto(found: Map<string, Set<string>>, ids: readonly string[]): Promise<string[]> {
    const left: string[] = []
    for await (const pages of callsAhead(ids, BATCHES, (five) => this.#batch(five))) {
      for (const { traces, unprocessed } of pages) {
        left.push(...unprocessed)
        for (const { id, documents } of traces) found.set(id, new Set([...(found.get(id) ?? []), ...documents]))
      }
    }
    return left
  }

  #batch(TraceIds: string[]): Promise<Batch[]> {
    const pages = pagesOf(
      {
        service: 'xray',
        operation: 'BatchGetTraces',
        send: (NextToken) => this.#client.send(new BatchGetTracesCommand({ TraceIds, NextToken })),
        read: (answer) => ({ items: [batchOf(answer)], next: optional(answer, 'NextToken', 'text') }),
      },
      this.attempts,
    )
    return everyItem(pages)
  }
}

/** What one page of BatchGetTraces holds. */
interface Batch {
  traces: TraceDocuments[]
  /** Ids that X-Ray did not come to. */
  unprocessed: readonly string[]
}

function batchOf(answer: BatchGetTracesResult): Batch {
  return {
    traces: required(answer, 'Traces', 'list').map(documentsOf),
    unprocessed: each(optional(answer, 'UnprocessedTraceIds', 'list') ?? [], 'text'),
  }
}

function documentsOf(trace: SdkTrace): TraceDocuments {
  const segments = optional(trace, 'Segments', 'list') ?? []
  return {
    id: required(trace, 'Id', 'text'),
    documents: segments.flatMap((segment) => optional(segment, 'Document', 'text') ?? []),
  }
}

/** The newest first; none is longer than X-Ray allows. */
function* stretchesOf({ from, to }: TimeWindow): Generator<TimeWindow> {
  for (let end = to; end > from; end -= LONGEST_STRETCH_MS) {
    yield { from: Math.max(from, end - LONGEST_STRETCH_MS), to: end }
  }
}

function summaryOf(summary: SdkTraceSummary): TraceSummary {
  const id = required(summary, 'Id', 'text')
  const duration = optional(summary, 'Duration', 'number')
  return {
    id,
    startedAt: optional(summary, 'StartTime', 'time')?.getTime() ?? secondOf(id) * 1000,
    ...(duration !== undefined && { duration }),
    fault: optional(summary, 'HasFault', 'flag') ?? false,
    error: optional(summary, 'HasError', 'flag') ?? false,
    throttle: optional(summary, 'HasThrottle', 'flag') ?? false,
  }
}

/** `1-58406520-a006649127e371903a2de979`: the second part is the epoch's second in hexadecimal; 0 where there is none. */
function secondOf(id: string): number {
  const [, second = ''] = /^1-([0-9a-f]{8})-/i.exec(id) ?? []
  return Number.parseInt(second || '0', 16)
}
