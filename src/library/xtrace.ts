/** The package as a library: the use cases of the command line, for programs. It prints nothing and ends no process. */
import type { RunSummary } from '../core/run.js'
import type { Audit } from '../usecases/audit/request.js'
import type { Changed } from '../usecases/change/changed.js'
import type { Cost } from '../usecases/cost/request.js'
import type { RunResult } from '../usecases/runs/run-report.js'
import type { Shown } from '../usecases/show/shown-row.js'
import type { Verified } from '../usecases/verify/request.js'
import { connect } from './connection.js'
import type {
  AuditOptions,
  CostOptions,
  DisableOptions,
  EnableOptions,
  Functions,
  VerifyOptions,
  XtraceOptions,
} from './options.js'
import { audit, cost, show, verify } from './reading.js'
import type { Result } from './result.js'
import { change, resume, runs, undo } from './rollouts.js'

export { XtraceError } from '../errors.js'
export type * from './options.js'
export type { Audit, Changed, Cost, Result, RunResult, RunSummary, Shown, Verified }

/**
 * Every method answers with the report that the command of the same name prints with `--json`. What concerns single
 * functions stands in it: `outcome` tells whether all went well. An XtraceError with a `code` is thrown where nothing can be
 * asked at all: wrong options (USAGE, MALFORMED_NAME), no region (NO_REGION), no credentials (NO_CREDENTIALS) and so on;
 * INTERRUPTED once the signal is aborted.
 */
export interface Xtrace {
  /** The verdict on each function with all its evidence: mode, role, versions, aliases. Only reads. */
  show(functions: readonly string[]): Promise<Result<Shown>>
  /** The verdict on every function, and what is not as it should be. Only reads. */
  audit(options?: AuditOptions): Promise<Result<Audit>>
  /** Sets Active, where it is not; the role is given the permission to write traces first, if it lacks it. */
  enable(functions: Functions, options?: EnableOptions): Promise<Result<Changed>>
  /** Sets PassThrough, where it is not. */
  disable(functions: Functions, options?: DisableOptions): Promise<Result<Changed>>
  /** Whether traces arrive, and the first link that is broken where they do not. Only reads. */
  verify(functions: Functions, options?: VerifyOptions): Promise<Result<Verified>>
  /** What traces cost in a month, now and with tracing on for all that are chosen; dollars at list price. Only reads. */
  cost(options?: CostOptions): Promise<Result<Cost>>
  /** The runs of this machine, newest first: what enable and disable have done, and have left. */
  runs(): Promise<Result<{ runs: RunSummary[] }>>
  /** @param run an id of runs, the beginning of one, or `last` */
  resume(run: string): Promise<Result<RunResult>>
  /** Takes a run back: former modes, former versions of aliases, and exactly the permissions that it gave. */
  undo(run: string, options?: { dryRun?: boolean }): Promise<Result<RunResult>>
}

/** @throws XtraceError UNEXPECTED_ACCOUNT where the credentials are not of `expectAccount` */
export async function openXtrace(options: XtraceOptions = {}): Promise<Xtrace> {
  const place = { options, connection: await connect(options) }
  return {
    show: (functions) => show(place, functions),
    audit: (wishes) => audit(place, wishes),
    enable: (functions, wishes = {}) => change(place, 'Active', functions, wishes),
    disable: (functions, wishes = {}) => change(place, 'PassThrough', functions, wishes),
    verify: (functions, wishes) => verify(place, functions, wishes),
    cost: (wishes) => cost(place, wishes),
    runs: () => runs(place),
    resume: (run) => resume(place, run),
    undo: (run, wishes) => undo(place, run, wishes),
  }
}
