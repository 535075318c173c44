/** Finds what the rules ask of a function: the first rule that matches decides. */
import { compare } from '../compare.js'
import { anyGlob } from '../glob.js'
import { carriesTags, STACK_TAG } from '../selection.js'
import type { Demand, RuleMatch, Rules } from './rules.js'

/** What rules look at in a function. */
export interface RuleSubject {
  name: string
  /** Absent for container images, which match no runtime. */
  runtime?: string
  region: string
  account: string
  /** At least those of `tagKeysOf`; absent: they could not be read. */
  tags?: Readonly<Record<string, string>>
}

/** A rule would need what could not be read: it must neither match nor be passed over. */
export interface Undecided {
  undecided: string
}

type Tags = Readonly<Record<string, string>>

export function demandOf(rules: Rules): (subject: RuleSubject) => Demand | Undecided {
  const compiled = rules.rules.map(({ match, demand }) => ({
    demand,
    fits: fieldTest(match),
    asksForTags: (match.tags ?? []).length > 0 || match.stack !== undefined,
    isTagged: tagTest(match),
  }))
  return (subject) => {
    for (const { demand, fits, asksForTags, isTagged } of compiled) {
      if (!fits(subject)) continue
      if (asksForTags && subject.tags === undefined) return { undecided: unread(demand) }
      if (isTagged(subject.tags ?? {})) return demand
    }
    return rules.default
  }
}

/**
 * Whether aliases of a function may be asked for, as far as that can be told without its tags: they are then looked for even
 * where there are no versions that they could hide.
 */
export function mayAskForAliases(rules: Rules): (subject: Omit<RuleSubject, 'tags'>) => boolean {
  const asking = rules.rules.flatMap(({ match, demand }) => (demand.aliases ? [fieldTest(match)] : []))
  const always = rules.default.aliases !== undefined
  return (subject) => always || asking.some((fits) => fits(subject))
}

/** Keys of the tags that some rule asks for, in order: no others need to be read. */
export function tagKeysOf(rules: Rules): string[] {
  const keys = rules.rules.flatMap(({ match: { tags = [], stack } }) => [
    ...tags.map(({ key }) => key),
    ...(stack ? [STACK_TAG] : []),
  ])
  return [...new Set(keys)].sort(compare)
}

function unread({ line }: Demand): string {
  return `${line === undefined ? 'a rule' : `the rule in line ${line}`} asks for tags, and they could not be read`
}

function fieldTest({ name, runtime, region, account }: RuleMatch): (subject: RuleSubject) => boolean {
  const [isName, isRuntime, isRegion] = [globTest(name), globTest(runtime), globTest(region)]
  const accounts = account && new Set(account)
  return (subject) =>
    (accounts === undefined || accounts.has(subject.account)) &&
    isRegion(subject.region) &&
    isRuntime(subject.runtime) &&
    isName(subject.name)
}

function tagTest({ tags = [], stack }: RuleMatch): (carried: Tags) => boolean {
  const isStack = globTest(stack)
  return (carried) => isStack(carried[STACK_TAG]) && carriesTags(carried, tags)
}

/** Without globs everything passes; with them, what is absent does not. */
function globTest(globs: readonly string[] | undefined): (text: string | undefined) => boolean {
  if (globs === undefined) return () => true
  const fits = anyGlob(globs)
  return (text) => text !== undefined && fits(text)
}
