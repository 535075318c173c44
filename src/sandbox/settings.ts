/** What of the sandbox can be set, and may be changed while it runs. */

export interface SandboxSettings {
  /** Milliseconds until an update is `Successful` and the RevisionId changes for the second time. */
  settleMs: number
  /** Milliseconds that a new function stays `Pending`. */
  pendingMs: number
  /** Milliseconds until Lambda's role check sees a change of a role's permissions, or a new role. */
  iamDelayMs: number
  /** Milliseconds added to every answer. */
  latencyMs: number
  /** Requests per second per account and region, all Lambda operations but GetFunction and GetPolicy. */
  lambdaRate: number
  /** GetFunction requests per second per account and region. */
  getFunctionRate: number
  policiesPerRoleQuota: number
  /** Whether Lambda checks the execution role at all. */
  roleCheck: boolean
  /** Milliseconds until X-Ray shows a trace. */
  traceDelayMs: number
  /** Summaries in a page of GetTraceSummaries. */
  traceSummariesPerPage: number
  /** Traces in a page of BatchGetTraces, which takes five ids at most. */
  tracesPerPage: number
  /** How many of the last requests are kept in `calls`; 0: they are only counted. */
  keepCalls: number
}

export function completeSettings(given: Partial<SandboxSettings> = {}): SandboxSettings {
  const settleMs = given.settleMs ?? 2000
  return {
    pendingMs: settleMs,
    iamDelayMs: 5000,
    latencyMs: 0,
    lambdaRate: 15,
    getFunctionRate: 100,
    policiesPerRoleQuota: 10,
    roleCheck: true,
    traceDelayMs: 5000,
    traceSummariesPerPage: 100,
    tracesPerPage: 5,
    keepCalls: Number.POSITIVE_INFINITY,
    ...given,
    settleMs,
  }
}
