/** What verify and cost tell of a function, with everything in it that there can be. */
import type { CostRow, CostTotal } from '../../../src/core/cost/cost-rows.js'
import type { Cost, UnreadCost } from '../../../src/usecases/cost/request.js'
import type { ProofRow } from '../../../src/usecases/verify/request.js'

export const PROOF: ProofRow = {
  answer: 'no',
  because: '3 invocations, and no trace of any',
  broken: 'traces',
  links: [
    { link: 'mode', state: 'holds', because: 'Active' },
    { link: 'traces', state: 'broken', because: '3 invocations, and no trace of any', next: 'Look for callers.' },
  ],
  window: { from: '2026-11-22T17:00:00.000Z', to: '2026-11-22T17:15:00.000Z' },
  invocations: 3,
  traces: { traces: 3, faults: 1, errors: 1, throttles: 1, p50: 12.5, p95: 80 },
  phases: [{ phase: 'initialization', count: 1, p50: 200, p95: 200 }],
  coldStarts: 1,
  readInFull: 1,
  newest: {
    id: '1-65000000-0123456789abcdef01234567',
    missing: ['service'],
    invocations: 1,
    form: 'annotations',
    phases: { initialization: 200, runtimeOverhead: 0.5 },
    coldStart: true,
    prepared: false,
    requestId: '11111111-2222-3333-4444-555555555555',
    startedAt: '2026-11-22T17:14:00.000Z',
    durationMs: 250,
    inProgress: false,
    fault: false,
    error: false,
    throttle: false,
    skewed: false,
    unreadable: 0,
    spans: [
      {
        kind: 'initialization',
        label: 'Init',
        depth: 1,
        startMs: -3,
        durationMs: 200,
        fault: false,
        error: false,
        throttle: false,
        notes: ['cold start'],
      },
    ],
    totalMs: 250,
  },
}

/** @param at the way to the proof, as `data.functions[]` */
export function harmlessToProof(at: string): string[] {
  const proof = `${at}.proof`
  return [
    `without ${proof}.links[].next`,
    `minus at ${proof}.newest.spans[].startMs`,
    ...['broken', 'window', 'invocations', 'traces', 'traces.p50', 'traces.p95', 'newest', 'newest.startedAt'].map(
      (key) => `null at ${proof}.${key}`,
    ),
    ...['form', 'requestId', 'durationMs', 'spans[].durationMs', 'phases.initialization', 'phases.runtimeOverhead'].map(
      (key) => `without ${proof}.newest.${key}`,
    ),
  ]
}

const FIGURES = { least: 1, expected: 2.5, most: 4 }
const CHARGE = { traces: FIGURES, dollars: FIGURES }
const TOTAL: CostTotal = { invocations: 40, now: CHARGE, after: CHARGE, difference: { traces: -1, dollars: -0.5 } }

export function costOf(row: CostRow | UnreadCost): Cost {
  return {
    account: '123456789012',
    accounts: ['123456789012'],
    regions: ['us-east-1'],
    selection: { names: ['orders'] },
    days: 30,
    periodSeconds: 3600,
    price: { perMillion: 5, freeTraces: 100_000 },
    functions: [row],
    total: TOTAL,
  }
}

export const COST_ROW: CostRow = {
  arn: 'arn:aws:lambda:us-east-1:123456789012:function:orders',
  name: 'orders',
  account: '123456789012',
  region: 'us-east-1',
  mode: 'Active',
  permission: { answer: 'yes', because: 'AWSXRayDaemonWriteAccess allows both' },
  unsupported: 'event source Amazon MSK: X-Ray does not support functions with it',
  invocations: 40,
  now: CHARGE,
  after: CHARGE,
}
