/** X-Ray in one region: where it keeps spans, the segments that were sent to it, and what goes wrong there. */
import type { TraceTrouble } from './trace-trouble.js'

/** A document that was sent, as it came. */
export interface StoredSegment {
  readonly segmentId: string
  readonly text: string
  /** Milliseconds since the epoch. */
  readonly storedAt: number
}

export class Tracing {
  /** With CloudWatchLogs, Transaction Search is on: one trace in a hundred is indexed, and none can be fetched. */
  destination: 'XRay' | 'CloudWatchLogs' = 'XRay'
  destinationStatus: 'ACTIVE' | 'PENDING' = 'ACTIVE'
  /** Whether GetTraceSummaries answers an empty page after the first, where there are more. */
  emptyPages = false
  /** Of every function here. */
  readonly troubles = new Set<TraceTrouble>()
  /** By trace id, then by the segment's id; a segment that comes again replaces the first. */
  readonly #stored = new Map<string, Map<string, StoredSegment>>()

  /** Whether traces are really kept elsewhere. */
  get transactionSearch(): boolean {
    return this.destination === 'CloudWatchLogs' && this.destinationStatus === 'ACTIVE'
  }

  /** In the order of their first segments. */
  get traceIds(): readonly string[] {
    return [...this.#stored.keys()]
  }

  documents(traceId: string): readonly StoredSegment[] {
    return [...(this.#stored.get(traceId)?.values() ?? [])]
  }

  /** Keeps a document unread: also one that PutTraceSegments would refuse. */
  store(traceId: string, segment: StoredSegment): void {
    const segments = this.#stored.get(traceId) ?? new Map<string, StoredSegment>()
    segments.set(segment.segmentId, segment)
    this.#stored.set(traceId, segments)
  }
}
