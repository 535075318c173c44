/** The one word per function: tracing mode × role permission × what live traffic runs. */
import type { EventSource, LambdaFunction, TracingMode } from './lambda-function.js'
import type { Permission } from './policy/permission.js'

export const VERDICTS = ['traced', 'off', 'blind', 'stale', 'exempt', 'unsupported', 'unknown'] as const
export type Verdict = (typeof VERDICTS)[number]

/** Something that was asked of AWS: what it said, or why it could not be read. */
export type Reading<T> = { value: T } | { unreadable: string }

/** An alias (or `$LATEST.PUBLISHED`) with the modes that its versions are locked in. */
export interface ServedAlias {
  name: string
  version: string
  weights: Record<string, number>
  /** Version → mode, `unknown` where the version could not be read. */
  modes: Record<string, TracingMode | 'unknown'>
  /** Version → what tells whether $LATEST differs from it in more than tracing; absent where it was not asked for. */
  served?: Record<string, { codeSha256: string | undefined; settings: string | undefined }>
  /** Of the alias. */
  revisionId?: string
}

/** Lambda Managed Instances run this version for unqualified calls: a pseudo-alias as far as tracing goes. */
export const LATEST_PUBLISHED = '$LATEST.PUBLISHED'

/** Everything read about one function, before any decision. */
export interface Observation {
  fn: LambdaFunction
  aliases: Reading<ServedAlias[]>
  eventSources: Reading<EventSource[]>
  permission: Permission
}

export interface Judgement {
  verdict: Verdict
  /** The evidence that decides, one line. */
  because: string
}

/** Certain facts outrank what could not be read; nothing unread is ever `traced`. */
export function judge(seen: Observation): Judgement {
  const impossible = whyUnsupported(seen)
  if (impossible) return { verdict: 'unsupported', because: impossible }
  if (seen.fn.mode !== 'Active') return { verdict: 'off', because: 'mode is PassThrough: Lambda sends no traces' }
  if (seen.permission.answer === 'no') return { verdict: 'blind', because: `Active, but ${seen.permission.because}` }
  const stale =
    'value' in seen.aliases ? seen.aliases.value.find((alias) => servedMode(alias) === 'PassThrough') : undefined
  if (stale)
    return {
      verdict: 'stale',
      because: `alias ${stale.name} serves ${passThroughVersions(stale)}, locked in PassThrough`,
    }
  const unread = whyUnknown(seen)
  if (unread) return { verdict: 'unknown', because: unread }
  return { verdict: 'traced', because: `Active; ${seen.permission.because}` }
}

/** The mode that callers of an alias meet: PassThrough as soon as one version with traffic has it. */
export function servedMode(alias: ServedAlias): TracingMode | 'unknown' {
  const modes = trafficVersions(alias).map((version) => alias.modes[version] ?? 'unknown')
  if (modes.includes('PassThrough')) return 'PassThrough'
  return modes.includes('unknown') ? 'unknown' : 'Active'
}

/** Versions that get a share of an alias's calls; the first version gets what the weights leave. */
export function trafficVersions(alias: Pick<ServedAlias, 'version' | 'weights'>): string[] {
  const extra = Object.entries(alias.weights).filter(([, weight]) => weight > 0)
  const rest = 1 - extra.reduce((sum, [, weight]) => sum + weight, 0)
  return [...(rest > 1e-9 ? [alias.version] : []), ...extra.map(([version]) => version)]
}

/** Why X-Ray cannot work on a function whatever its mode, or undefined. */
export function whyUnsupported(seen: Pick<Observation, 'fn' | 'eventSources'>): string | undefined {
  if (seen.fn.edgeReplicaOf) return 'Lambda@Edge replica: X-Ray does not trace Lambda@Edge'
  if ('value' in seen.eventSources) {
    const source = seen.eventSources.value.find((one) => one.kind !== 'other')
    if (source) return `event source ${SOURCE_NAMES[source.kind]}: X-Ray does not support functions with it`
  }
  if (seen.fn.mode !== 'Active' && seen.fn.runtime && BLOCKED_RUNTIMES.has(seen.fn.runtime))
    return `runtime ${seen.fn.runtime}: Lambda has blocked updates of functions on it`
  return undefined
}

const SOURCE_NAMES: Record<EventSource['kind'], string> = {
  msk: 'Amazon MSK',
  kafka: 'self-managed Apache Kafka',
  mq: 'Amazon MQ',
  documentdb: 'Amazon DocumentDB',
  other: 'other',
}

/** Runtimes whose "block function update" date in AWS's table of deprecated runtimes lies before 2024. */
const BLOCKED_RUNTIMES = new Set([
  'nodejs',
  'nodejs4.3',
  'nodejs4.3-edge',
  'nodejs6.10',
  'nodejs8.10',
  'nodejs10.x',
  'nodejs12.x',
  'python2.7',
  'python3.6',
  'ruby2.5',
  'dotnetcore1.0',
  'dotnetcore2.0',
  'dotnetcore2.1',
  'dotnetcore3.1',
])

function passThroughVersions(alias: ServedAlias): string {
  const versions = trafficVersions(alias).filter((version) => alias.modes[version] === 'PassThrough')
  return versions.map((version) => (/^\d+$/.test(version) ? `version ${version}` : version)).join(' and ')
}

function whyUnknown(seen: Observation): string | undefined {
  if (seen.permission.answer === 'unknown') return seen.permission.because
  if ('unreadable' in seen.aliases) return `aliases could not be read: ${seen.aliases.unreadable}`
  const dark = seen.aliases.value.find((alias) => servedMode(alias) === 'unknown')
  if (dark) return `a version that alias ${dark.name} serves could not be read`
  if ('unreadable' in seen.eventSources) return `event sources could not be read: ${seen.eventSources.unreadable}`
  return undefined
}
