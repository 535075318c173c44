/** A proof with its evidence in the words of the public JSON contract. */
import type { Arrival } from '../../core/proof/arrival.js'
import type { FunctionTrace } from '../../core/trace/function-trace.js'
import { phaseStatistics } from '../../core/trace/phase-statistics.js'
import type { Reading } from '../../core/verdict.js'
import type { Proven } from './prove.js'
import type { NewestTrace, ProofRow } from './request.js'

export function proofRow({ proof, arrival }: Proven): ProofRow {
  const read = tracesOf(arrival)
  const statistics = phaseStatistics(read)
  const [newest] = read
  return {
    ...proof,
    window: arrival ? { from: isoTime(arrival.from), to: isoTime(arrival.to) } : null,
    invocations: arrival ? readOf(arrival.invocations) : null,
    traces: summaryRow(arrival),
    phases: statistics.phases,
    coldStarts: statistics.coldStarts,
    readInFull: read.length,
    newest: newest ? newestRow(newest) : null,
  }
}

/** Those that tell something of the function, newest first. */
export function tracesOf(arrival: Arrival | undefined): FunctionTrace[] {
  const read = arrival?.traces ? readOf(arrival.traces) : null
  return (read ?? []).filter(({ missing }) => missing.length < 2)
}

function summaryRow(arrival: Arrival | undefined): ProofRow['traces'] {
  const summaries = arrival ? readOf(arrival.summaries) : null
  return summaries && { ...summaries, p50: summaries.p50 ?? null, p95: summaries.p95 ?? null }
}

function newestRow({ startedAt, ...trace }: FunctionTrace): NewestTrace {
  return { ...trace, startedAt: startedAt === undefined ? null : isoTime(startedAt) }
}

function readOf<T>(reading: Reading<T>): T | null {
  return 'value' in reading ? reading.value : null
}

function isoTime(ms: number): string {
  return new Date(ms).toISOString()
}
