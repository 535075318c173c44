/** What a program that uses xtrace as a library can say: where to look, which functions are meant, what is to be done. */
import type { Clock } from '../aws/gateways.js'
import type { GrantChoice, Plan } from '../core/plan/plan.js'

export interface XtraceOptions {
  /** Profile of the AWS configuration; the SDK's own chain of credentials and regions if not said. */
  profile?: string
  /** Where functions are looked for that do not say a region themselves; `all`: those that the account has enabled. */
  regions?: readonly string[] | 'all'
  /** Other accounts than that of the credentials alone: named ones, or every active one of the organization. */
  accounts?: readonly string[] | 'organization'
  /** Name of the role by which other accounts are entered; OrganizationAccountAccessRole if not said. */
  assumeRole?: string
  externalId?: string
  /** Refuse to work with credentials of any other account; 12 digits. */
  expectAccount?: string
  /** Requests a second for each account and region, of AWS's 15; 12 if not said. */
  rate?: number
  /** Folder of the runs, which resume and undo go by; the command line's if not said. */
  stateFolder?: string
  /** Once it is aborted no further call is made; what was begun is finished and written down. */
  signal?: AbortSignal
  /** Told how far things are; `done` of `total` where both are known. */
  onProgress?(doing: string, done?: number, total?: number): void
  /** Time as xtrace sees it; the machine's if not said. */
  clock?: Clock
}

/** Functions named one by one: names, partial or full ARNs. Or all conditions together; no condition at all is not taken. */
export type Functions = readonly string[] | FunctionFilter

export interface FunctionFilter {
  /** Every function; takes no other condition. */
  all?: true
  /** Globs on the whole name, any of them. */
  match?: readonly string[]
  exclude?: readonly string[]
  /** Globs on the runtime, any of them. */
  runtime?: readonly string[]
  /** `KEY` or `KEY=VALUE`: all keys, any value of one key. */
  tag?: readonly string[]
  /** Name of a CloudFormation stack. */
  stack?: string
}

export interface AuditOptions {
  /** Every function if not said; to audit one, give its whole name to `match`. */
  functions?: FunctionFilter
  /** Text of a rules file; without rules everything should be traced. */
  rules?: string
  /** JSON text of an earlier audit: only what has changed since is drift. */
  baseline?: string
  /** Read neither versions nor aliases: quicker, but what live traffic runs is not looked at. */
  latestOnly?: boolean
}

export interface RolloutOptions {
  /** Change a few first, cumulatively: `1,10%,100%`. */
  waves?: string
  /** Stop when more functions than this have failed: `5` or `10%`. */
  maxErrors?: string
}

export interface ChangeOptions extends RolloutOptions {
  /** Make no writing call. */
  dryRun?: boolean
  /** Refuse to begin when more functions than this would change: `50` or `10%`. */
  maxChanges?: string
  /** Asked before anything is changed; nothing is if it answers false. */
  confirm?(plan: Plan): boolean | Promise<boolean>
}

export interface EnableOptions extends ChangeOptions {
  /** How a role gets the permission that it lacks; `managed` if not said. */
  permissions?: GrantChoice
  /** Where an alias serves an untraced version of the same code: publish a version and move the alias, or only this alias. */
  publish?: boolean | { alias: string }
}

export interface DisableOptions extends ChangeOptions {
  /** Take permissions back that no function needs any more. */
  revoke?: boolean
}

export interface VerifyOptions {
  /** Milliseconds that are looked back, from a minute to 30 days; 15 minutes if not said. */
  since?: number
  /** Milliseconds to wait for a first trace, an hour at most; none if not said. */
  wait?: number
}

export interface CostOptions {
  /** Every function if not said. */
  functions?: Functions
  /** Whole days of invocations that are read, 1 to 365; 30 if not said. */
  days?: number
  /** Dollars for a million recorded traces; the list price if not said. */
  pricePerMillion?: number
  /** Recorded traces of a month that cost nothing; 100,000 if not said. */
  freeTraces?: number
}
