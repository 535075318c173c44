/** Puts the segments of an invocation in drawing order: a bounded number of rows, and one for all others. */
import type { Invocation } from './invocations.js'
import { type PhasePart, phaseOf } from './phase-parts.js'
import { FUNCTION_ORIGIN, SERVICE_ORIGIN, type Segment } from './segment.js'
import type { SegmentIndex } from './segment-index.js'
import type { SpanKind } from './span.js'

export interface Row {
  kind: SpanKind
  label: string
  depth: number
  segment: Segment
  /** What encloses it. */
  outer?: Segment
}

/** Of each of the two segments: rows that are no phase, and phases. */
const MOST_CALLS = 30
const MOST_PHASES = 12

/** The function's segment stands below the service's, behind the service's own parts: queue and attempts. */
export function rowsOf(
  { service, function: ran }: Invocation,
  parts: readonly PhasePart[],
  index: SegmentIndex,
): Row[] {
  const rows: Row[] = []
  if (service) {
    const row: Row = { kind: 'service', label: SERVICE_ORIGIN, depth: 0, segment: service }
    rows.push(row, ...rowsInside(row, [], index))
  }
  if (ran) {
    const row: Row = { kind: 'function', label: FUNCTION_ORIGIN, depth: service ? 1 : 0, segment: ran }
    const laidOut = parts.filter(({ part }) => part.id === '')
    rows.push(service ? { ...row, outer: service } : row, ...rowsInside(row, laidOut, index))
  }
  return rows
}

/** No call inside calls: subsegments may be nested a hundred thousand deep. */
function rowsInside(root: Row, laidOut: readonly PhasePart[], { inside }: SegmentIndex): Row[] {
  const rows: Row[] = []
  const rest = new Rest()
  let calls = 0
  let phases = 0
  const drawn = laidOut.map(({ phase, part }) => rowOf(phase, part, root))
  const below = (outer: Row) => (inside.get(outer.segment.id) ?? []).map((one) => rowOf(kindOf(one, outer), one, outer))
  const first = [...drawn, ...below(root)].sort((a, b) => a.segment.startMs - b.segment.startMs)
  const stack = first.reverse()
  for (let row = stack.pop(); row; row = stack.pop()) {
    const isPhase = row.kind !== 'call' && root.kind === 'function'
    if (isPhase ? phases++ < MOST_PHASES : calls++ < MOST_CALLS) rows.push(row)
    else rest.add(row.segment)
    for (const one of below(row).reverse()) stack.push(one)
  }
  return rest.count > 0 ? [...rows, rest.row(root)] : rows
}

function rowOf(kind: SpanKind, segment: Segment, outer: Row): Row {
  return { kind, label: segment.name, depth: outer.depth + 1, segment, outer: outer.segment }
}

/** Lambda's own parts stand directly in its segments; whatever is named like them further in is the user's. */
function kindOf(segment: Segment, outer: Row): SpanKind {
  if (outer.kind === 'function') return phaseOf(segment) ?? 'call'
  if (outer.kind !== 'service') return 'call'
  if (segment.name === 'Dwell Time') return 'queue'
  return segment.name.startsWith('Attempt') ? 'attempt' : 'call'
}

/** What is not drawn row by row. */
class Rest {
  count = 0
  #startMs = Number.POSITIVE_INFINITY
  #endMs = Number.NEGATIVE_INFINITY

  add({ startMs, endMs = startMs }: Segment): void {
    this.count++
    this.#startMs = Math.min(this.#startMs, startMs)
    this.#endMs = Math.max(this.#endMs, endMs)
  }

  row(root: Row): Row {
    const name = `and ${this.count} more`
    const flags = { fault: false, error: false, throttle: false, annotated: {} }
    const segment = { id: '', name, startMs: this.#startMs, endMs: this.#endMs, ...flags }
    return { kind: 'calls', label: name, depth: root.depth + 1, segment }
  }
}
