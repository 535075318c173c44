/** What becomes of the steps of a plan while it is carried out. */
import type { LambdaFunction } from '../core/lambda-function.js'
import type { Step } from '../core/plan/plan.js'
import type { XtraceError } from '../errors.js'

export type StepOutcome =
  | {
      step: Step
      status: 'done'
      /** False when there was nothing left to do. */
      changed: boolean
      /** As read back. */
      fn?: LambdaFunction
      /** The version that a publish step made. */
      note?: string
    }
  /** `open`: AWS may have taken the change all the same; only a read can tell. */
  | { step: Step; status: 'failed'; error: XtraceError; open: boolean }
  /** Not begun, or not seen to its end, because the run was stopped; `open` as above. */
  | { step: Step; status: 'left'; error: XtraceError; open?: boolean }

export type StepEvent = { type: 'started'; step: Step } | { type: 'ended'; outcome: StepOutcome }
