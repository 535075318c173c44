/** One function in the words of the public JSON contract, the same in every command. */
import type { LambdaFunction, TracingMode } from './lambda-function.js'
import type { Permission } from './policy/permission.js'
import { type Judgement, type Observation, servedMode, type Verdict } from './verdict.js'

export interface AliasRow {
  name: string
  version: string
  weights: Record<string, number>
  mode: TracingMode | 'unknown'
}

export interface VersionRow {
  version: string
  mode: TracingMode
}

export interface Owner {
  stack: string
  logicalId?: string
  by: 'CloudFormation' | 'SAM'
}

export interface FunctionRow {
  arn: string
  name: string
  account: string
  region: string
  mode: TracingMode
  verdict: Verdict
  because: string
  permission: Permission
  role: string
  versions?: VersionRow[]
  aliases: AliasRow[]
  owner: Owner | null
  notes: string[]
}

export function functionRow(seen: Observation, judged: Judgement, more: Partial<FunctionRow> = {}): FunctionRow {
  const { fn, permission } = seen
  return {
    arn: fn.arn,
    name: fn.name,
    account: fn.account,
    region: fn.region,
    mode: fn.mode,
    verdict: judged.verdict,
    because: judged.because,
    permission: { answer: permission.answer, because: permission.because },
    role: fn.role,
    aliases: aliasRows(seen),
    owner: null,
    notes: notesOn(seen),
    ...more,
  }
}

export function aliasRows(seen: Observation): AliasRow[] {
  if ('unreadable' in seen.aliases) return []
  return seen.aliases.value.map((alias) => ({
    name: alias.name,
    version: alias.version,
    weights: alias.weights,
    mode: servedMode(alias),
  }))
}

/** Things worth knowing that do not change the verdict. */
export function notesOn(seen: Observation): string[] {
  const notes: string[] = []
  if ('unreadable' in seen.aliases) notes.push(`aliases could not be read: ${seen.aliases.unreadable}`)
  if ('unreadable' in seen.eventSources) notes.push(`event sources could not be read: ${seen.eventSources.unreadable}`)
  return [...notes, ...tracerNotes(seen.fn)]
}

function tracerNotes(fn: LambdaFunction): string[] {
  if (fn.otherTracers.length === 0) return []
  return [`also carries ${fn.otherTracers.join(', ')}: it may be traced twice, or by intent elsewhere`]
}

/** The stack that owns a function, from the tags that CloudFormation and SAM put on it. */
export function ownerFromTags(tags: Record<string, string>): Owner | null {
  const stack = tags['aws:cloudformation:stack-name']
  if (!stack) return null
  const logicalId = tags['aws:cloudformation:logical-id']
  return {
    stack,
    ...(logicalId && { logicalId }),
    by: tags['lambda:createdBy'] === 'SAM' ? 'SAM' : 'CloudFormation',
  }
}
