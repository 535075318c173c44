/** The metrics gateway over the AWS SDK, for one account and region: how often functions were invoked. */
import {
  CloudWatchClient,
  type CloudWatchClientConfig,
  GetMetricDataCommand,
  type MetricDataResult,
} from '@aws-sdk/client-cloudwatch'
import { namesPerCall } from '../core/cost/metric-reading.js'
import { XtraceError } from '../errors.js'
import type { Attempts } from './attempts.js'
import { callsAhead } from './calls-ahead.js'
import { each, optional, required } from './fields.js'
import { pagesOf } from './pages.js'
import type { FunctionInvocations, MetricsGateway, TimeWindow } from './telemetry-gateways.js'

/** Full calls that take a second each stay below the 396,000 points a second that AWS gives an account and region. */
const CALLS_AT_ONCE = 3

type Span = TimeWindow & { periodSeconds: number }

export class MetricsOverSdk implements MetricsGateway {
  readonly #client: CloudWatchClient

  constructor(
    config: CloudWatchClientConfig,
    private readonly attempts: Attempts,
  ) {
    this.#client = new CloudWatchClient(config)
  }

  async *invocations(names: readonly string[], window: Span): AsyncGenerator<FunctionInvocations> {
    const span = wholePeriods(window)
    const periods = (span.to - span.from) / (span.periodSeconds * 1000)
    const limits = { perCall: namesPerCall(periods), atOnce: CALLS_AT_ONCE }
    for await (const read of callsAhead([...new Set(names)], limits, (group) => this.#group(group, span))) yield* read
  }

  /** What CloudWatch could not give in full is asked for once more. */
  async #group(names: readonly string[], span: Span): Promise<FunctionInvocations[]> {
    const read = await this.#read(names, span)
    const left = names.filter((name) => !read.get(name)?.complete)
    const again = left.length > 0 ? await this.#read(left, span) : read
    return names.map((name) => {
      const { counts, status, complete } = again.get(name) ?? read.get(name) ?? NOTHING
      if (!complete) throw incomplete(name, status)
      return { name, counts }
    })
  }

  /** Ids of queries begin with a small letter and hold no hyphen: names of functions will not do. */
  async #read(names: readonly string[], { from, to, periodSeconds }: Span): Promise<Map<string, Series>> {
    const byId = new Map(names.map((name, index) => [`q${index}`, name]))
    const MetricDataQueries = [...byId].map(([Id, Value]) => ({
      Id,
      ReturnData: true,
      MetricStat: {
        Metric: {
          Namespace: 'AWS/Lambda',
          MetricName: 'Invocations',
          Dimensions: [{ Name: 'FunctionName', Value }],
        },
        Period: periodSeconds,
        Stat: 'Sum',
      },
    }))
    const input = { MetricDataQueries, StartTime: new Date(from), EndTime: new Date(to) }
    const pages = pagesOf(
      {
        service: 'cloudwatch',
        operation: 'GetMetricData',
        send: (NextToken) => this.#client.send(new GetMetricDataCommand({ ...input, NextToken })),
        read: (answer) => ({
          items: required(answer, 'MetricDataResults', 'list').map(partOf),
          next: optional(answer, 'NextToken', 'text'),
        }),
      },
      this.attempts,
    )
    const read = new Map<string, Series>()
    for await (const page of pages) {
      for (const { id, counts, status } of page) {
        const name = byId.get(id)
        if (name === undefined) continue
        const before = read.get(name)?.counts ?? []
        read.set(name, { counts: [...before, ...counts], status, complete: status === 'Complete' })
      }
    }
    return read
  }
}

interface Series {
  counts: number[]
  /** Of the last page that the metric was on. */
  status: string
  complete: boolean
}

const NOTHING: Series = { counts: [], status: 'no result', complete: false }

/** A metric's points may be spread over pages; `PartialData` means that there are more. */
function partOf(result: MetricDataResult): { id: string; counts: number[]; status: string } {
  const values = each(optional(result, 'Values', 'list') ?? [], 'number')
  return {
    id: required(result, 'Id', 'text'),
    counts: values.filter((count) => count > 0),
    status: required(result, 'StatusCode', 'text'),
  }
}

function incomplete(name: string, status: string): XtraceError {
  return status === 'Forbidden'
    ? new XtraceError('ACCESS_DENIED', `Access denied: CloudWatch does not give the invocations of ${name}.`)
    : new XtraceError('SERVER_ERROR', `CloudWatch did not give all invocations of ${name} (${status}).`)
}

/** CloudWatch rounds times that stand inside a period, and not the same way on either side. */
function wholePeriods({ from, to, periodSeconds }: Span): Span {
  const period = periodSeconds * 1000
  return { from: Math.floor(from / period) * period, to: Math.ceil(to / period) * period, periodSeconds }
}
