/** Proves after a change that traces of what is on now arrive; what goes wrong here takes nothing of the change back. */
import type { Role } from '../../core/policy/role.js'
import { proofFinding } from '../../core/proof/proof-finding.js'
import type { Finding, ReportedError } from '../../core/report.js'
import { judge, type Observation } from '../../core/verdict.js'
import { type ExitName, stopsEverything, XtraceError } from '../../errors.js'
import type { StepOutcome } from '../../rollout/step-outcome.js'
import { reportedError } from '../failed-row.js'
import type { Tools } from '../tools.js'
import { type Proven, prove } from './prove.js'
import type { ProofWindow, VerifiedRow } from './request.js'
import { outcomeOf } from './verify-tracing.js'

export interface VerifiedChange {
  /** By ARN; functions that are not on are not in it. */
  proven: ReadonlyMap<string, Proven>
  /** Why the proof came to no end. */
  failure?: XtraceError
}

/** @param left every function as the change left it */
export async function verifyChange(
  left: readonly Observation[],
  outcomes: ReadonlyMap<string, StepOutcome>,
  window: ProofWindow,
  tools: Tools,
): Promise<VerifiedChange> {
  const touched = new Set([...outcomes.values()].map(({ step }) => ('function' in step ? step.function : step.role)))
  const now = tools.clock.now()
  const on = left.filter((seen) => !['off', 'unsupported'].includes(judge(seen).verdict))
  // Calls before the change, or before its role could write, left no traces.
  const observations = on.map((seen) =>
    touched.has(seen.fn.arn) || touched.has(seen.fn.role) ? { ...seen, fn: { ...seen.fn, modifiedAt: now } } : seen,
  )
  try {
    return { proven: await prove(observations, window, tools) }
  } catch (error) {
    if (!(error instanceof XtraceError)) throw error
    return { proven: new Map(), failure: error }
  }
}

export function changeFindings(
  left: readonly Observation[],
  { proven }: VerifiedChange,
  roles: ReadonlyMap<string, Role>,
): Finding[] {
  return left.flatMap((seen) => {
    const one = proven.get(seen.fn.arn)
    return (one && proofFinding(seen, one.proof, roles.get(seen.fn.role))) ?? []
  })
}

/** How a change that itself went well ends. */
export function verifiedOutcome(
  { failure }: VerifiedChange,
  rows: ReadonlyArray<Pick<VerifiedRow, 'proof'>>,
): ExitName {
  if (!failure) return outcomeOf(rows)
  return stopsEverything(failure) ? failure.exit : 'incomplete'
}

/** Ctrl-C and credentials that ended are told of as such; the change itself is done. */
export function unprovedError({ failure }: VerifiedChange): { error?: ReportedError } {
  if (!failure || !stopsEverything(failure)) return {}
  return { error: { ...reportedError(failure), suggestions: ['The change is done; look again with xtrace verify.'] } }
}

export function verifiedNotes({ failure }: VerifiedChange): string[] {
  if (!failure) return []
  return [`whether traces arrive was not proved: ${failure.message} Look again with xtrace verify.`]
}
