/** What an audit is asked, and what it answers. */
import type { Baseline } from '../../core/drift/baseline.js'
import type { FunctionRow } from '../../core/function-row.js'
import type { Plan } from '../../core/plan/plan.js'
import type { ReportedError } from '../../core/report.js'
import type { Rules } from '../../core/rules/rules.js'
import type { Selection } from '../../core/selection.js'
import type { Verdict } from '../../core/verdict.js'
import type { UnreadRow } from '../failed-row.js'
import type { Choice } from '../read/choose.js'
import type { Tools } from '../tools.js'
import type { TemplatesOnHand } from './held-against.js'

/** Which accounts and regions are read. */
export interface Where {
  /** The account of the credentials, named ones, or every active one of the organization. */
  accounts: 'own' | 'organization' | readonly string[]
  /** How accounts other than that of the credentials are entered. */
  entrance: { role: string; externalId?: string }
  /** `all`: those that each account has enabled. */
  regions: readonly string[] | 'all'
  /** Region of the services that are not regional. */
  home: string
}

/** Where the functions are listed from. */
export type Source =
  | { kind: 'lambda' }
  /** AWS Config's record, of the regions or of an aggregator that lives in the home region. */
  | { kind: 'config'; aggregator?: string; readRoles: boolean }

/** A place that need not be readable: whatever is named must hold. */
export interface AcceptedGap {
  account?: string
  region?: string
}

export type Failing = 'drift' | 'incomplete'

export interface AuditRequest {
  where: Where
  choice: Choice
  source: Source
  rules: Rules
  /** `YYYY-MM-DD`, in UTC: exemptions expire by it. */
  today: string
  baseline?: Baseline
  /** What templates say of the functions that they make. */
  templates?: TemplatesOnHand
  /** Reads neither versions nor aliases. */
  latestOnly: boolean
  acceptedGaps: readonly AcceptedGap[]
  /** What makes the process fail; the report says everything all the same. */
  failOn: readonly Failing[]
}

export interface AuditTools extends Tools {
  /** Gets the functions and findings of each account that is judged; the report then holds none. Resolves when it is ready for more. */
  handOut?(rows: readonly object[]): Promise<void>
  /** Keeps the plan that repairs what was found, where that was asked for. */
  savePlan?(plan: Plan): Promise<void>
}

export interface Audit {
  /** The one account that was read; null where there are several. */
  account: string | null
  accounts: string[]
  regions: string[]
  source: Source['kind']
  /** What was looked at; null: everything. */
  selection: Selection | { names: string[] } | null
  latestOnly: boolean
  counts: Record<Verdict, number>
  functions: Array<FunctionRow | (UnreadRow & { error: ReportedError })>
  /** Id of the plan that was saved. */
  plan?: string
}
