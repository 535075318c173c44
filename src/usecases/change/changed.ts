/** What a change answers, in the words of the public JSON contract, and the run that it tells of. */
import type { FunctionRow } from '../../core/function-row.js'
import type { TracingMode } from '../../core/lambda-function.js'
import type { Plan } from '../../core/plan/plan.js'
import type { Role } from '../../core/policy/role.js'
import type { ReportedError, Section } from '../../core/report.js'
import type { Observation } from '../../core/verdict.js'
import type { StepOutcome } from '../../rollout/step-outcome.js'
import type { UnreadRow } from '../failed-row.js'
import type { Choosing } from '../read/choose.js'
import type { ProofRow } from '../verify/request.js'
import type { VerifiedChange } from '../verify/verify-change.js'
import type { ChangeResult } from './function-outcome.js'
import type { RoleChange } from './role-changes.js'

export type ChangedRow = (FunctionRow | UnreadRow) & {
  from: TracingMode | null
  to: TracingMode
  result: ChangeResult
  error?: ReportedError
  /** Whether traces arrive, where that was asked for. */
  proof?: ProofRow
}

export interface Changed {
  dryRun: boolean
  /** Hash of the plan: the same states give the same id. */
  plan: string
  /** Id of the run, for `xtrace undo`; null when nothing was done. */
  run: string | null
  functions: ChangedRow[]
  grants: RoleChange[]
}

export interface ChangeRun {
  command: 'enable' | 'disable'
  to: TracingMode
  dryRun: boolean
  detailedExit: boolean
  choosing: Choosing
  plan: Plan
  /** The plan as it is shown before it is carried out. */
  view: Section[]
  run?: string
  unwritten?: string
  outcomes: ReadonlyMap<string, StepOutcome>
  /** As they stand after the run. */
  observations: Observation[]
  /** ARN → role, of those that were read. */
  roles: ReadonlyMap<string, Role>
  /** Present where traces were to be proved. */
  verified?: VerifiedChange
  notes: string[]
}
