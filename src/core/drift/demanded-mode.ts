/** Tells which mode puts a finding right: what the template should say, and what the repair plan sets. */
import type { FunctionRow } from '../function-row.js'
import type { TracingMode } from '../lambda-function.js'
import type { Finding } from '../report.js'
import type { Verdict } from '../verdict.js'

/** What the rules, or the baseline, want otherwise. */
export const DRIFTING: ReadonlySet<Verdict> = new Set<Verdict>(['off', 'blind', 'stale'])

/** @returns undefined where no change of the function is asked for */
export function demandedMode({ id, severity }: Finding, { verdict }: FunctionRow): TracingMode | undefined {
  switch (id) {
    case 'XT001':
    case 'XT002':
    case 'XT003':
    case 'XT004':
      return 'Active'
    case 'XT005':
      return 'PassThrough'
    case 'XT006':
    case 'XT105':
    case 'XT201':
    case 'XT202':
    case 'XT203':
    case 'XT204':
      return undefined
    case 'XT101':
    case 'XT102':
    case 'XT103':
    case 'XT104':
      // A change is low where it is none for the worse.
      return severity !== 'low' && DRIFTING.has(verdict) ? 'Active' : undefined
  }
}
