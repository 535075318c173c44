/** The rules of `xtrace.yml`: which functions should be traced, and which need not. The first that matches decides. */
import type { TracingMode } from '../lambda-function.js'
import type { TagFilter } from '../selection.js'

export interface Rules {
  version: 1
  /** Where they were read from; absent for what is built in. */
  file?: string
  /** Where an audit looks when the command line names no region. */
  regions?: string[]
  rules: Rule[]
  /** For functions that no rule matches; `Active` when the file does not say. */
  default: Demand
}

export interface Rule {
  match: RuleMatch
  demand: Demand
}

/** Everything that is named must hold; a rule that names nothing matches every function. Globs are of whole words. */
export interface RuleMatch {
  /** Globs, any of them. */
  name?: string[]
  runtime?: string[]
  /** All of these keys, each with one of its values, compared exactly; a key without values: whatever the value. */
  tags?: TagFilter[]
  /** Names of CloudFormation stacks, globs, any of them. */
  stack?: string[]
  /** Regions, globs, any of them. */
  region?: string[]
  /** Account ids, any of them. */
  account?: string[]
}

/** What a rule asks for, and where it stands in the file. */
export interface Demand {
  tracing: TracingMode | 'exempt'
  /** Only with `Active`: these aliases must exist and serve it too; absent: every alias that there is must serve it. */
  aliases?: string[]
  /** Why; required with `exempt`. */
  reason?: string
  /** Only with `exempt`: the last day that it holds, `YYYY-MM-DD`, in UTC. */
  expires?: string
  /** Line in the file, 1-based; absent for what is built in. */
  line?: number
}

/** Without a file: everything should be traced. */
export const BUILT_IN_RULES: Rules = { version: 1, rules: [], default: { tracing: 'Active' } }
