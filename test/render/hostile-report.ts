/** Reports of any form whose every text is hostile. */
import fc from 'fast-check'
import { FINDING_KINDS, type FindingId } from '../../src/core/finding-kinds.js'
import {
  type Cell,
  COVERAGE_STATUSES,
  type Coverage,
  type Finding,
  type Report,
  report,
  type Section,
} from '../../src/core/report.js'
import { hostileText } from './hostile-text.js'

const cell: fc.Arbitrary<Cell> = fc.oneof(
  hostileText,
  fc.record({ text: hostileText, tone: fc.constant('bad' as const) }),
)

const bar = fc.record({
  startMs: fc.double({ min: -1e6, max: 1e6, noNaN: true }),
  lengthMs: fc.double({ min: 0, max: 1e6, noNaN: true }),
  tone: fc.constantFrom('good' as const, 'dim' as const),
})

const section: fc.Arbitrary<Section> = fc.record(
  {
    title: hostileText,
    columns: fc.array(fc.oneof(hostileText, fc.record({ text: hostileText, wide: fc.constant(true as const) })), {
      maxLength: 4,
    }),
    rows: fc.array(fc.array(cell, { maxLength: 5 }), { maxLength: 4 }),
    groupBy: fc.nat({ max: 4 }),
    counts: fc.record({ labels: fc.nat({ max: 3 }) }),
    main: fc.constant(true as const),
    timeline: fc.record({ totalMs: fc.nat(), bars: fc.array(bar, { maxLength: 5 }) }),
  },
  { requiredKeys: ['rows'] },
)

const arn = fc.oneof(
  hostileText,
  fc
    .tuple(hostileText, hostileText, hostileText)
    .map(([region, account, name]) => `arn:aws:lambda:${region}:${account}:function:${name}`),
)

const finding: fc.Arbitrary<Finding> = fc.record(
  {
    id: fc.constantFrom(...(Object.keys(FINDING_KINDS) as FindingId[])),
    severity: fc.constantFrom('high' as const, 'medium' as const, 'low' as const),
    subject: arn,
    message: hostileText,
    evidence: fc.array(hostileText, { maxLength: 2 }),
    repair: hostileText,
    template: hostileText,
    place: fc.record({
      file: hostileText,
      line: fc.integer({ min: 1, max: 99 }),
      column: fc.integer({ min: 1, max: 99 }),
    }),
  },
  { requiredKeys: ['id', 'severity', 'subject', 'message', 'evidence', 'repair'] },
)

const coverage: fc.Arbitrary<Coverage> = fc.record(
  {
    account: hostileText,
    region: hostileText,
    status: fc.constantFrom(...COVERAGE_STATUSES),
    reason: hostileText,
    accepted: fc.boolean(),
  },
  { requiredKeys: ['account', 'region', 'status'] },
)

export const hostileReport: fc.Arbitrary<Report> = fc
  .record(
    {
      outcome: fc.constantFrom('ok' as const, 'drift' as const, 'incomplete' as const),
      table: fc.array(section, { maxLength: 3 }),
      findings: fc.array(finding, { maxLength: 4 }),
      coverage: fc.array(coverage, { maxLength: 4 }),
      notes: fc.array(hostileText, { maxLength: 2 }),
      error: fc.record({
        code: fc.constant('FAULT' as const),
        message: hostileText,
        suggestions: fc.array(hostileText, { maxLength: 2 }),
        exit: fc.constant(1),
      }),
    },
    { requiredKeys: ['outcome', 'table', 'findings', 'coverage', 'notes'] },
  )
  .map((more) => report('audit', {}, more))
