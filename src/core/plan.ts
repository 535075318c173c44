/** Decides what a change of tracing mode takes, as data: applying a plan decides nothing more. */
import { createHash } from 'node:crypto'
import type { ErrorCode } from '../errors.js'
import { roleNameOf, type TracingMode } from './lambda-function.js'
import { afterGrant, INLINE_POLICY_NAME, managedPolicyArn } from './policy/grant.js'
import { traceWritePermission } from './policy/permission.js'
import type { Role } from './policy/role.js'
import { type Observation, whyUnsupported } from './verdict.js'

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
  /** The revision that was read; the change is made against it and no other. */
  revisionId?: string
  after: string[]
}

/** Publish $LATEST as a version, only while its code is the one that was compared. */
export interface PublishStep {
  kind: 'publish'
  id: string
  /** Unqualified ARN of the function. */
  function: string
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
  to: { version: string | { publishedBy: string } }
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

export interface PlanRequest {
  to: TracingMode
  grants: GrantChoice
  observations: Observation[]
  /** ARN → what was read; a role that is missing here was not read. */
  roles: ReadonlyMap<string, Role>
}

export function planChange(request: PlanRequest): Plan {
  const parts = [...request.observations]
    .sort((a, b) => compare(a.fn.arn, b.fn.arn))
    .map((seen) => decide(seen, request))
  const grants = new Map(parts.flatMap((part) => (part.grant ? [[part.grant.id, part.grant] as const] : [])))
  const plan: Omit<Plan, 'id'> = {
    schema: 'xtrace/plan@1',
    createdFor: {
      accounts: distinct(request.observations.map((seen) => seen.fn.account)),
      regions: distinct(request.observations.map((seen) => seen.fn.region)),
    },
    steps: [
      ...[...grants.values()].sort((a, b) => compare(a.id, b.id)),
      ...parts.flatMap((part) => (part.setMode ? [part.setMode] : [])),
    ],
    unchanged: parts.flatMap((part) => (part.unchanged ? [part.unchanged] : [])),
    refused: parts.flatMap((part) => (part.refused ? [part.refused] : [])),
  }
  return { ...plan, id: planId(plan) }
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

interface Decision {
  grant?: GrantStep
  setMode?: SetModeStep
  unchanged?: Plan['unchanged'][number]
  refused?: Plan['refused'][number]
}

function decide(seen: Observation, request: PlanRequest): Decision {
  const { fn } = seen
  if (request.to === 'PassThrough') {
    if (fn.mode === 'PassThrough') return { unchanged: { function: fn.arn, because: 'already PassThrough' } }
    return { setMode: setModeStep(seen, request.to, []) }
  }
  const impossible = whyUnsupported(seen)
  if (impossible) return refuse(seen, impossible.startsWith('runtime') ? 'RUNTIME_BLOCKED' : 'UNSUPPORTED', impossible)
  const granting = decideGrant(seen, request)
  if (granting.refused) return granting
  if (fn.mode === 'Active') {
    if (granting.grant) return granting
    return { unchanged: { function: fn.arn, because: `already Active; ${seen.permission.because}` } }
  }
  return { ...granting, setMode: setModeStep(seen, request.to, granting.grant ? [granting.grant.id] : []) }
}

/** A grant is planned only where the role surely cannot write and the grant surely helps. */
function decideGrant(seen: Observation, request: PlanRequest): Decision {
  if (seen.permission.answer !== 'no') return {}
  const role = request.roles.get(seen.fn.role)
  const roleName = roleNameOf(seen.fn.role)
  if (!role || role.missing) return refuse(seen, 'ROLE_NOT_FOUND', `execution role ${roleName} no longer exists`)
  if (request.grants === 'none')
    return refuse(seen, 'ROLE_CANNOT_WRITE', `role ${roleName} cannot write traces: ${seen.permission.because}`)
  const { region, partition } = seen.fn
  const helped = traceWritePermission(afterGrant(role, request.grants, partition), { region, partition })
  if (helped.answer === 'no')
    return refuse(seen, 'ROLE_DENIED', `a grant would not help role ${roleName}: ${helped.because}`)
  const policy = request.grants === 'managed' ? managedPolicyArn(partition) : INLINE_POLICY_NAME
  return { grant: { kind: 'grant', id: `grant:${role.arn}`, role: role.arn, how: request.grants, policy, after: [] } }
}

function setModeStep({ fn }: Observation, to: TracingMode, after: string[]): SetModeStep {
  return {
    kind: 'setMode',
    id: `setMode:${fn.arn}`,
    function: fn.arn,
    from: fn.mode,
    to,
    ...(fn.revisionId !== undefined && { revisionId: fn.revisionId }),
    after,
  }
}

function refuse(seen: Observation, code: ErrorCode, because: string): Decision {
  return { refused: { function: seen.fn.arn, code, because } }
}

function distinct(values: string[]): string[] {
  return [...new Set(values)].sort(compare)
}

/** By code units: `localeCompare` would order by the machine's language, and loads ICU. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
