/** A trace as X-Ray hands it out, before anything is made of it. */

/** Where X-Ray keeps spans: with Transaction Search in CloudWatch Logs, and then only a share of them is indexed. */
export type SegmentDestination = 'XRay' | 'CloudWatchLogs'

/** One line of GetTraceSummaries. */
export interface TraceSummary {
  id: string
  /** Milliseconds since the epoch, from the id where AWS names no time. */
  startedAt: number
  /** Seconds from the first segment's start to the last one's end; absent while the trace goes on. */
  duration?: number
  /** 5xx, 4xx and 429 somewhere in the trace. */
  fault: boolean
  error: boolean
  throttle: boolean
}

/** Segment documents are JSON in a string, and nobody has looked into them yet. */
export interface TraceDocuments {
  id: string
  documents: string[]
}
