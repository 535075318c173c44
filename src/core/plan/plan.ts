/** What a change takes, as data: sorted, hashed, without any secret. Applying a plan decides nothing more. */
import { createHash } from 'node:crypto'
import type { ErrorCode } from '../../errors.js'
import { accountOfArn } from '../arn.js'
import { compare } from '../compare.js'
import { splitFunctionArn, type TracingMode } from '../lambda-function.js'

export type GrantChoice = 'managed' | 'inline' | 'none'

/** Give an execution role the right to write traces. */
export interface GrantStep {
  kind: 'grant'
  id: string
  /** ARN of the role. */
  role: string
  how: 'managed' | 'inline'
  /** ARN of the managed policy, or name of the inline policy. */
  policy: string
  /** ARNs of functions that are Active already and need nothing else: their traces were lost. */
  blind?: string[]
  after: string[]
}

/** Set the tracing mode of $LATEST. */
export interface SetModeStep {
  kind: 'setMode'
  id: string
  /** Unqualified ARN of the function. */
  function: string
  from: TracingMode
  to: TracingMode
  /** The revision that was read; the change is made against it and no other. Absent while an update ran. */
  revisionId?: string
  after: string[]
}

/** Publish $LATEST as a version, only while its code is the one that was compared. */
export interface PublishStep {
  kind: 'publish'
  id: string
  /** Unqualified ARN of the function. */
  function: string
  /** Renew `$LATEST.PUBLISHED`, which Lambda Managed Instances run, instead of making a numbered version. */
  latestPublished?: boolean
  /** Base64 SHA-256 of the code, as Lambda gives it; PublishVersion refuses any other. */
  codeSha256: string
  revisionId?: string
  after: string[]
}

/** Let an alias serve another version. */
export interface MoveAliasStep {
  kind: 'moveAlias'
  id: string
  /** Unqualified ARN of the function. */
  function: string
  alias: string
  /** What was read, and what undo restores: the version, and the shares (0 to 1) of further ones. */
  from: { version: string; weights: Record<string, number> }
  /** A version that exists, or the one that an earlier publish step of this plan makes. */
  to: { version: string | { publishedBy: string }; weights?: Record<string, number> }
  /** Of the alias. */
  revisionId?: string
  after: string[]
}

/** Take back a grant. */
export interface RevokeStep {
  kind: 'revoke'
  id: string
  /** ARN of the role. */
  role: string
  how: 'managed' | 'inline'
  /** ARN of the managed policy, or name of the inline policy. */
  policy: string
  after: string[]
}

export type Step = GrantStep | SetModeStep | PublishStep | MoveAliasStep | RevokeStep

export interface Plan {
  schema: 'xtrace/plan@1'
  /** Hash of everything else: the same states give the same id. */
  id: string
  createdFor: { accounts: string[]; regions: string[] }
  steps: Step[]
  unchanged: Array<{ function: string; because: string }>
  refused: Array<{ function: string; code: ErrorCode; because: string }>
}

/** The functions that a step is about. */
export function functionsOf(step: Step): string[] {
  if ('function' in step) return [step.function]
  return step.kind === 'grant' ? (step.blind ?? []) : []
}

/** Functions whose own settings or aliases the steps change: a grant alone changes none. */
export function changedFunctions(steps: readonly Step[]): Set<string> {
  return new Set(steps.flatMap((step) => ('function' in step ? [step.function] : [])))
}

/** A plan's contents in any order → the plan, sorted so that the same contents give the same id. */
export function makePlan(steps: Step[], unchanged: Plan['unchanged'], refused: Plan['refused']): Plan {
  const functions = [...steps.flatMap(functionsOf), ...[...unchanged, ...refused].map((one) => one.function)]
  const places = functions.map(splitFunctionArn)
  const roleAccounts = steps.flatMap((step) => ('role' in step ? [accountOfArn(step.role)] : []))
  const plan: Omit<Plan, 'id'> = {
    schema: 'xtrace/plan@1',
    createdFor: {
      accounts: distinct([...places.map(({ account }) => account), ...roleAccounts]),
      regions: distinct(places.map(({ region }) => region)),
    },
    steps: sortSteps(steps),
    unchanged: unchanged.toSorted((a, b) => compare(a.function, b.function)),
    refused: refused.toSorted((a, b) => compare(a.function, b.function) || compare(a.code, b.code)),
  }
  return { ...plan, id: planId(plan) }
}

/** The order of the kinds is that of their dependencies: a step never stands before one that it waits for. */
const KINDS: readonly Step['kind'][] = ['grant', 'setMode', 'publish', 'moveAlias', 'revoke']

function sortSteps(steps: Step[]): Step[] {
  const unique = new Map<string, Step>()
  for (const step of steps) unique.set(step.id, joined(unique.get(step.id), step))
  return [...unique.values()].sort((a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) || compare(a.id, b.id))
}

/** One grant serves all the functions of a role; it remembers those that are helped by it alone. */
function joined(before: Step | undefined, step: Step): Step {
  if (before?.kind !== 'grant' || step.kind !== 'grant') return step
  const blind = distinct([...(before.blind ?? []), ...(step.blind ?? [])])
  return { ...step, ...(blind.length > 0 && { blind }) }
}

/** Hash of what the plan says; neither an id that it has already nor the order of its keys makes a difference. */
export function planId(plan: Omit<Plan, 'id'>): string {
  const text = canonicalJson({ ...plan, id: undefined })
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}

/** JSON with the keys of every object sorted. */
function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const fields = Object.entries(value).filter(([, field]) => field !== undefined)
  const sorted = fields.sort(([a], [b]) => compare(a, b))
  return `{${sorted.map(([key, field]) => `${JSON.stringify(key)}:${canonicalJson(field)}`).join(',')}}`
}

function distinct(values: string[]): string[] {
  return [...new Set(values)].sort(compare)
}
