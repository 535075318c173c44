/** The traces that were sent to a region by PutTraceSegments, read as far as they can be read. */
import { isObject } from '../wire/json-input.js'
import type { Tracing } from '../world/tracing.js'
import type { Segment } from './segment.js'

export interface StoredTrace {
  readonly id: string
  /** Milliseconds since the epoch: of the earliest segment, or as the id says. */
  readonly startedAt: number
  /** Without the documents that cannot be read. */
  readonly segments: readonly Segment[]
  readonly documents: ReadonlyArray<{ readonly id: string; readonly text: string }>
}

/** @param until milliseconds: what came later is not seen yet */
export function storedTrace(tracing: Tracing, id: string, until: number): StoredTrace | undefined {
  const documents = tracing
    .documents(id)
    .filter(({ storedAt }) => storedAt <= until)
    .map(({ segmentId, text }) => ({ id: segmentId, text }))
  if (documents.length === 0) return undefined
  const segments = documents.flatMap(({ text }) => readSegment(text))
  const starts = segments.map(({ start_time }) => start_time * 1000)
  const ofId = Number.parseInt(id.split('-')[1] ?? '', 16) * 1000
  return { id, startedAt: starts.length === 0 ? ofId : Math.min(...starts), segments, documents }
}

/** Nothing for a document that is no segment with a name and a start. */
function readSegment(text: string): Segment[] {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return []
    throw error
  }
  return isSegment(parsed) ? [parsed] : []
}

function isSegment(value: unknown): value is Segment {
  return isObject(value) && typeof value.name === 'string' && typeof value.start_time === 'number'
}
