/** What was asked of CloudWatch and X-Ray about one function: the evidence of the links that calls alone can show. */
import type { FunctionTrace } from '../trace/function-trace.js'
import type { SummaryStatistics } from '../trace/summary-tally.js'
import type { SegmentDestination } from '../trace/trace.js'
import type { Reading } from '../verdict.js'

export interface Arrival {
  /** Milliseconds since the epoch: calls before it were made under another configuration, or before the window. */
  from: number
  to: number
  /** Calls from `from` until traces of them should be there. */
  invocations: Reading<number>
  destination: Reading<SegmentDestination>
  /** Of the traces that hold the function's own segment. */
  summaries: Reading<SummaryStatistics>
  /** There are more than were read: the newest were. */
  more: boolean
  /** How many name Lambda's segment of it; asked where there is no segment of the function's own. */
  ofServiceOnly?: Reading<number>
  /** The newest in full, newest first; absent where there is no summary. */
  traces?: Reading<FunctionTrace[]>
}
