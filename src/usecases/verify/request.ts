/** What a verification is asked, and what it answers. */
import type { FunctionRow } from '../../core/function-row.js'
import type { Proof } from '../../core/proof/chain.js'
import type { ReportedError } from '../../core/report.js'
import type { Rules } from '../../core/rules/rules.js'
import type { FunctionTrace } from '../../core/trace/function-trace.js'
import type { PhaseStatistic } from '../../core/trace/phase-statistics.js'
import type { SummaryStatistics } from '../../core/trace/summary-tally.js'
import type { UnreadRow } from '../failed-row.js'
import type { NamedAccounts } from '../read/accounts.js'
import type { Choice } from '../read/choose.js'

/** How far back is looked, and how long traces are waited for. */
export interface ProofWindow {
  /** Milliseconds. */
  since: number
  /** Milliseconds; 0: what is there is there. */
  wait: number
}

export interface VerifyRequest extends ProofWindow {
  choice: Choice
  /** For names that say no region themselves, and where a selection looks. */
  regions: readonly string[]
  accounts?: NamedAccounts
  /** Which of the selected functions should be traced; named ones should be. */
  rules: Rules
  /** `YYYY-MM-DD`, in UTC: exemptions expire by it. */
  today: string
}

/** A proof with its evidence, in the words of the public JSON contract. */
export interface ProofRow extends Proof {
  /** ISO 8601; null where a link before them is broken. */
  window: { from: string; to: string } | null
  invocations: number | null
  /** Of the traces in the window; durations in milliseconds. */
  traces: (Required<Omit<SummaryStatistics, 'p50' | 'p95'>> & { p50: number | null; p95: number | null }) | null
  /** Over the newest traces, which were read in full. */
  phases: PhaseStatistic[]
  coldStarts: number
  readInFull: number
  newest: NewestTrace | null
}

export type NewestTrace = Omit<FunctionTrace, 'startedAt'> & { startedAt: string | null }

export type VerifiedRow = FunctionRow & { proof: ProofRow }

export interface Verified {
  functions: Array<VerifiedRow | (UnreadRow & { error: ReportedError })>
}
