/** What xtrace asks of X-Ray and CloudWatch, in its own words: whether traces arrive, and how often functions run. */
import type { SegmentDestination, TraceDocuments, TraceSummary } from '../core/trace/trace.js'

/** From and to in milliseconds since the epoch; `to` is not part of it. */
export interface TimeWindow {
  from: number
  to: number
}

export interface XrayGateway {
  /** GetTraceSegmentDestination. */
  segmentDestination(): Promise<SegmentDestination>
  /**
   * GetTraceSummaries: pages, the newest stretch of the window first; AWS may send an empty page in the middle.
   * @param filter a filter expression, as `service(id(name: "fn", type: "AWS::Lambda::Function"))`
   */
  traceSummaries(filter: string, window: TimeWindow): AsyncIterable<TraceSummary[]>
  /** BatchGetTraces, five ids a call, in the order of the ids; a trace that X-Ray does not find is left out. */
  traces(ids: readonly string[]): Promise<TraceDocuments[]>
}

/** How often one function was invoked, all versions and aliases together. */
export interface FunctionInvocations {
  name: string
  /** Of each period that has any, in no order. */
  counts: number[]
}

export interface MetricsGateway {
  /**
   * GetMetricData of AWS/Lambda Invocations, as many functions in a call as AWS allows: each name comes once, also one that
   * CloudWatch knows nothing of.
   * @param periodSeconds a multiple of 60; CloudWatch keeps minutes for 15 days, five minutes for 63, hours for 455
   */
  invocations(
    names: readonly string[],
    window: TimeWindow & { periodSeconds: number },
  ): AsyncIterable<FunctionInvocations>
}
