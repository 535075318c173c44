/** A report without what only printing needs: the public words of the JSON contract, as an object. */
import type { Coverage, Finding, Report, ReportedError } from '../core/report.js'
import type { ExitName } from '../errors.js'

export interface Result<Data> {
  /** `xtrace/COMMAND@1`; the package holds the JSON schema. */
  schema: string
  /** `ok`, or what is not: `drift`, `incomplete`, `refused` and so on. */
  outcome: ExitName
  data: Data
  /** What is not as it should be, with the command that repairs it. */
  findings: Finding[]
  /** Which places were to be read, and whether they were. */
  coverage: Coverage[]
  /** What a reader should know besides; one sentence each. */
  notes: string[]
  /** Why nothing that was asked could be done. */
  error?: ReportedError
}

export function resultOf<Data>({
  schema,
  outcome,
  data,
  findings,
  coverage,
  notes,
  error,
}: Report<Data>): Result<Data> {
  return { schema, outcome, data, findings, coverage, notes, ...(error && { error }) }
}
