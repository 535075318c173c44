/** Decides how a change reaches live traffic: publish a version of $LATEST and move the alias to it. */
import type { ErrorCode } from '../../errors.js'
import type { LambdaFunction } from '../lambda-function.js'
import { LATEST_PUBLISHED, type Observation, type ServedAlias, servedMode } from '../verdict.js'
import type { MoveAliasStep, Plan, PublishStep, Step } from './plan.js'

export interface PublishChoice {
  /** Only this alias; absent: every alias that serves an untraced version. */
  alias?: string
  /** Also an alias that splits its traffic: it then serves the new version alone. */
  forceWeighted: boolean
  /** A function without that alias is refused, its mode too; otherwise, as in a selection, passed over. */
  mustExist?: boolean
}

interface PublishDecision {
  steps: Step[]
  refused: Plan['refused']
}

/** @param before steps on the same function (and its role) that have to be done first */
export function planPublish(seen: Observation, choice: PublishChoice, before: Step[]): PublishDecision {
  const { fn } = seen
  if ('unreadable' in seen.aliases) {
    return refused(fn, 'ALIAS_UNKNOWN', `its aliases could not be read: ${seen.aliases.unreadable}`)
  }
  const wanted = seen.aliases.value.filter((alias) => choice.alias === undefined || alias.name === choice.alias)
  const late = wanted.filter((alias) => alias.version !== '$LATEST' && servedMode(alias) !== 'Active')
  const obstacles = late.flatMap((alias) => obstacleTo(fn, alias, choice))
  if (late.length === 0 || obstacles.length > 0) return { steps: [], refused: obstacles }
  return { steps: publishSteps(fn, late, before), refused: [] }
}

/** @returns the alias that was named and must exist, where the function surely has none of that name */
export function missingAlias({ aliases }: Observation, { alias, mustExist }: PublishChoice): string | undefined {
  if (!mustExist || 'unreadable' in aliases || aliases.value.some(({ name }) => name === alias)) return undefined
  return alias
}

function publishSteps(fn: LambdaFunction, late: ServedAlias[], before: Step[]): Step[] {
  const after = before.map((step) => step.id)
  const steps: Step[] = []
  if (late.some((alias) => alias.name === LATEST_PUBLISHED)) {
    steps.push({ ...publishStep(fn, after), id: `publishLatest:${fn.arn}`, latestPublished: true })
  }
  const aliases = late.filter((alias) => alias.name !== LATEST_PUBLISHED)
  if (aliases.length === 0) return steps
  const publish = publishStep(fn, after)
  return [...steps, publish, ...aliases.map((alias) => moveStep(fn, alias, publish))]
}

function publishStep(fn: LambdaFunction, after: string[]): PublishStep {
  return {
    kind: 'publish',
    id: `publish:${fn.arn}`,
    function: fn.arn,
    codeSha256: fn.codeSha256 ?? '',
    after,
  }
}

function moveStep(fn: LambdaFunction, alias: ServedAlias, publish: PublishStep): MoveAliasStep {
  return {
    kind: 'moveAlias',
    id: `moveAlias:${fn.arn}:${alias.name}`,
    function: fn.arn,
    alias: alias.name,
    from: { version: alias.version, weights: alias.weights },
    to: { version: { publishedBy: publish.id } },
    ...(alias.revisionId !== undefined && { revisionId: alias.revisionId }),
    after: [publish.id],
  }
}

/** Moving an alias must change tracing and nothing else: not the code, not another setting, not a canary. */
function obstacleTo(fn: LambdaFunction, alias: ServedAlias, choice: PublishChoice): Plan['refused'] {
  const versions = [alias.version, ...Object.keys(alias.weights)]
  if (versions.length > 1 && !choice.forceWeighted) {
    return refused(
      fn,
      'ALIAS_WEIGHTED',
      `alias ${alias.name} splits its traffic between versions ${versions.join(' and ')}`,
    ).refused
  }
  const served = alias.served?.[alias.version]
  if (!served || fn.codeSha256 === undefined) {
    return refused(fn, 'ALIAS_UNKNOWN', `version ${alias.version} that alias ${alias.name} serves could not be read`)
      .refused
  }
  if (served.codeSha256 !== fn.codeSha256) {
    return refused(
      fn,
      'ALIAS_DIFFERS',
      `alias ${alias.name} serves version ${alias.version}, whose code is not that of $LATEST`,
    ).refused
  }
  if (served.settings !== fn.settings) {
    const what = 'whose settings (environment, memory, layers or the like) are not those of $LATEST'
    return refused(fn, 'ALIAS_DIFFERS', `alias ${alias.name} serves version ${alias.version}, ${what}`).refused
  }
  return []
}

function refused(fn: LambdaFunction, code: ErrorCode, because: string): PublishDecision {
  return { steps: [], refused: [{ function: fn.arn, code, because }] }
}
