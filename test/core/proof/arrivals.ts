/** Builds what CloudWatch and X-Ray may answer, for tests of the chain. */
import type { Arrival } from '../../../src/core/proof/arrival.js'
import type { FunctionTrace, SegmentKind } from '../../../src/core/trace/function-trace.js'

/** Ten invocations and ten traces of them, one of which was read in full. */
export function arrival(more: Partial<Arrival> = {}): Arrival {
  return {
    from: 0,
    to: 900_000,
    invocations: { value: 10 },
    destination: { value: 'XRay' },
    summaries: { value: summaries(10) },
    more: false,
    traces: { value: [trace()] },
    ...more,
  }
}

export function summaries(traces: number) {
  return { traces, faults: 0, errors: 0, throttles: 0 }
}

/** X-Ray has nothing of the function's own segment, and nothing of Lambda's. */
export function nothing(more: Partial<Arrival> = {}): Arrival {
  const { traces: _, ...rest } = arrival({ summaries: { value: summaries(0) }, ofServiceOnly: { value: 0 }, ...more })
  return rest
}

export function trace(missing: SegmentKind[] = []): FunctionTrace {
  return {
    id: '1-65000000-0123456789abcdef01234567',
    missing,
    invocations: 1,
    form: 'phases',
    phases: { invocation: 12 },
    coldStart: false,
    prepared: false,
    startedAt: 600_000,
    durationMs: 15,
    inProgress: false,
    fault: false,
    error: false,
    throttle: false,
    skewed: false,
    unreadable: 0,
    spans: [],
    totalMs: 15,
  }
}
