/** What is asked about the cost of tracing, and what the answer holds. */
import type { CostRow, CostTotal } from '../../core/cost/cost-rows.js'
import type { Price } from '../../core/cost/price.js'
import type { ReportedError } from '../../core/report.js'
import type { Selection } from '../../core/selection.js'
import type { NamedAccounts } from '../read/accounts.js'
import type { Choice } from '../read/choose.js'

export interface CostRequest {
  choice: Choice
  /** For names that say no region themselves, and where a selection looks. */
  regions: readonly string[]
  /** Other accounts than that of the credentials alone, with the regions to look in there. */
  accounts?: NamedAccounts
  /** How many days of invocations are read, up to the last full hour. */
  days: number
  price: Price
}

/** A function that was named and could not be read: the same keys, as far as they are known. */
export interface UnreadCost extends Pick<CostRow, 'name' | 'region'> {
  arn: string | null
  account: string | null
  mode: null
  permission: null
  invocations: null
  now: null
  after: null
  error: ReportedError
}

export interface Cost {
  /** The one account that was read; null where there are several, or none was seen. */
  account: string | null
  accounts: string[]
  regions: string[]
  /** What was looked at; null: everything. */
  selection: Selection | { names: string[] } | null
  days: number
  /** How finely invocations were counted, in seconds: what makes the bounds wide or narrow. */
  periodSeconds: number
  price: Price
  functions: (CostRow | UnreadCost)[]
  total: CostTotal
}
