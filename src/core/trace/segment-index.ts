/** All segments of a trace, found by their ids and by what encloses them. */
import { grouped } from '../grouped.js'
import { readDocument } from './read-document.js'
import type { Segment } from './segment.js'
import type { TraceDocuments } from './trace.js'

export interface SegmentIndex {
  /** Those with an origin: documents of their own, not subsegments. */
  roots: Segment[]
  byId: ReadonlyMap<string, Segment>
  /** Subsegments by the id of what encloses them, the earliest first, whether they came inside of it or by themselves. */
  inside: ReadonlyMap<string, Segment[]>
  unreadable: number
}

export function indexSegments({ documents }: TraceDocuments): SegmentIndex {
  const byId = new Map<string, Segment>()
  let unreadable = 0
  for (const document of documents) {
    const read = readDocument(document)
    unreadable += read.unreadable
    for (const segment of read.segments) if (tellsMore(segment, byId.get(segment.id))) byId.set(segment.id, segment)
  }
  const all = [...byId.values()].sort((a, b) => a.startMs - b.startMs)
  const subsegments = all.filter(({ origin, parentId }) => origin === undefined && parentId !== undefined)
  return {
    roots: all.filter(({ origin }) => origin !== undefined),
    byId,
    inside: grouped(subsegments, ({ parentId }) => parentId ?? ''),
    unreadable,
  }
}

/** A segment may be sent while it goes on, and once more when it has ended. */
function tellsMore(segment: Segment, known: Segment | undefined): boolean {
  return known === undefined || (known.endMs === undefined && segment.endMs !== undefined)
}
