/** One command of a story, as data: what is to be changed, of which functions, and how. */
import { type FunctionRef, parseFunctionRef } from '../../src/core/function-ref.js'
import type { TracingMode } from '../../src/core/lambda-function.js'
import { type Limit, parseLimit } from '../../src/core/limit.js'
import type { GrantChoice } from '../../src/core/plan/plan.js'
import type { PublishChoice } from '../../src/core/plan/plan-publish.js'
import type { ChangeRequest } from '../../src/usecases/change/change.js'
import type { Choice } from '../../src/usecases/read/choose.js'
import type { Chance } from './chance.js'
import { functionsIn, type Permitted, type Picture } from './picture.js'
import { REGIONS } from './random-world.js'

export interface Act {
  to: TracingMode
  /** ARNs, or names that begin so but for one. */
  choice: { arns: string[] } | { prefix: string; except?: string }
  grants: GrantChoice
  publish?: PublishChoice
  revoke: boolean
  waves: string[]
  maxErrors?: string
  /** Saved first, and applied afterwards. */
  saved?: { skipStale: boolean; meddledWith?: string }
  undone: boolean
  /** Whether it is done as a dry run first. */
  rehearsed: boolean
}

/** @param picture of the world before the first act: its functions are those of all acts */
export function randomAct(chance: Chance, picture: Picture): Act {
  const functions = functionsIn(picture)
  const to = chance.happens(0.65) ? 'Active' : 'PassThrough'
  const named = chance.some(
    functions.map(({ arn }) => arn),
    0.5,
  )
  const one = chance.one(functions)
  const prefix = chance.one(['', '', 'api-', 'job-'])
  return {
    to,
    choice:
      named.length > 0 && chance.happens(0.4)
        ? { arns: named }
        : { prefix, ...(chance.happens(0.2) && { except: one.name }) },
    grants: to === 'Active' ? chance.one(['managed', 'managed', 'inline', 'none']) : 'none',
    ...(to === 'Active' && chance.happens(0.5) && { publish: randomPublish(chance) }),
    revoke: to === 'PassThrough' && chance.happens(0.6),
    waves: chance.one([[], [], ['1', '100%'], ['1', '50%', '100%'], ['2']]),
    ...(chance.happens(0.2) && { maxErrors: chance.one(['0', '1', '20%']) }),
    ...(chance.happens(0.3) && {
      saved: { skipStale: chance.happens(0.5), ...(chance.happens(0.4) && { meddledWith: one.arn }) },
    }),
    undone: chance.happens(0.6),
    rehearsed: chance.happens(0.5),
  }
}

function randomPublish(chance: Chance): PublishChoice {
  return { forceWeighted: chance.happens(0.5), ...(chance.happens(0.4) && { alias: chance.one(['live', 'beta']) }) }
}

export function requestOf(act: Act, accounts: readonly string[], dryRun: boolean): ChangeRequest {
  const several = accounts.length > 1
  return {
    to: act.to,
    choice: choiceOf(act),
    regions: several ? [] : REGIONS,
    ...(several && { accounts: { ids: accounts, regions: 'all', home: REGIONS[0] } }),
    grants: act.grants,
    ...(act.publish && { publish: act.publish }),
    revoke: act.revoke,
    dryRun,
    detailedExit: false,
    rollout: rolloutOf(act),
  }
}

export function rolloutOf({ waves, maxErrors }: Pick<Act, 'waves' | 'maxErrors'>): ChangeRequest['rollout'] {
  const limits = waves.map((wave): Limit => parseLimit(wave, '--waves'))
  const most = maxErrors !== undefined && { maxErrors: parseLimit(maxErrors, '--max-errors') }
  return { waves: limits, recorded: {}, ...most }
}

function choiceOf({ choice }: Act): Choice {
  if ('arns' in choice) return { refs: choice.arns.map((arn): FunctionRef => parseFunctionRef(arn)) }
  const exclude = choice.except === undefined ? [] : [choice.except]
  return { selection: { match: [`${choice.prefix}*`], exclude, runtimes: [], tags: [] } }
}

/** What the act is about, found without the program. */
export function chosenIn({ choice }: Act, picture: Picture): Set<string> {
  const all = functionsIn(picture)
  const chosen =
    'arns' in choice
      ? all.filter(({ arn }) => choice.arns.includes(arn))
      : all.filter(({ name }) => name.startsWith(choice.prefix) && name !== choice.except)
  return new Set(chosen.map(({ arn }) => arn))
}

export function permittedBy(act: Act, picture: Picture): Permitted {
  return {
    chosen: chosenIn(act, picture),
    roles: act.to === 'Active' ? act.grants !== 'none' : act.revoke,
    aliases: act.publish !== undefined,
  }
}
