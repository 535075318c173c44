/** How long each phase takes over many traces. */
import type { FunctionTrace } from './function-trace.js'
import { percentile } from './percentile.js'
import { PHASES, type Phase } from './phases.js'

/** Milliseconds. */
export interface PhaseStatistic {
  phase: Phase
  count: number
  p50: number
  p95: number
}

export interface PhaseStatistics {
  traces: number
  coldStarts: number
  /** Initialized well before they were invoked: their initialization is not among the times. */
  prepared: number
  /** Those that any trace tells of, in the order of PHASES. */
  phases: PhaseStatistic[]
}

export function phaseStatistics(traces: readonly FunctionTrace[]): PhaseStatistics {
  return {
    traces: traces.length,
    coldStarts: traces.filter(({ coldStart }) => coldStart).length,
    prepared: traces.filter(({ prepared }) => prepared).length,
    phases: PHASES.flatMap((phase) => {
      const waited = traces.filter(({ prepared }) => phase !== 'initialization' || !prepared)
      const times = waited.flatMap(({ phases }) => phases[phase] ?? [])
      const p50 = percentile(times, 0.5)
      const p95 = percentile(times, 0.95)
      return p50 === undefined || p95 === undefined ? [] : [{ phase, count: times.length, p50, p95 }]
    }),
  }
}
