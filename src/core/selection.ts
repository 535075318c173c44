/** Which functions of a region a command means, when they are not named one by one. */
import { anyGlob } from './glob.js'
import type { LambdaFunction } from './lambda-function.js'

export interface Selection {
  /** Whole-name globs; none: every name. */
  match: string[]
  exclude: string[]
  /** Globs on the runtime; a container image has none and matches none. */
  runtimes: string[]
  /** All of these keys, each with one of its values; a key without values: whatever the value. */
  tags: TagFilter[]
}

export interface TagFilter {
  key: string
  values: string[]
}

export const STACK_TAG = 'aws:cloudformation:stack-name'

/**
 * @param tagged ARNs that carry the tags, as the tagging API says; required where the selection asks for tags,
 * so that tags that could not be read select nothing
 */
export function selects(
  selection: Selection,
  tagged: ReadonlySet<string> | undefined,
): (fn: LambdaFunction) => boolean {
  const named = selectsName(selection)
  const runtime = anyGlob(selection.runtimes)
  const byTag = selection.tags.length > 0
  return (fn) =>
    named(fn.name) &&
    (selection.runtimes.length === 0 || (fn.runtime !== undefined && runtime(fn.runtime))) &&
    (!byTag || tagged?.has(fn.arn) === true)
}

/** Whether it has no condition at all. */
export function selectsAll({ match, exclude, runtimes, tags }: Selection): boolean {
  return [match, exclude, runtimes, tags].every((conditions) => conditions.length === 0)
}

/** Its conditions on the name alone. */
export function selectsName({ match, exclude }: Pick<Selection, 'match' | 'exclude'>): (name: string) => boolean {
  const named = anyGlob(match)
  const excluded = anyGlob(exclude)
  return (name) => (match.length === 0 || named(name)) && !excluded(name)
}

/** Whether tags satisfy every filter. */
export function carriesTags(tags: Readonly<Record<string, string>>, filters: readonly TagFilter[]): boolean {
  return filters.every(({ key, values }) => {
    const value = Object.hasOwn(tags, key) ? tags[key] : undefined
    return value !== undefined && (values.length === 0 || values.includes(value))
  })
}

/** Several values of one key are alternatives; different keys must all be there. */
export function tagFilters(words: readonly string[], stack?: string): TagFilter[] {
  const values = new Map<string, string[]>()
  for (const word of [...words, ...(stack === undefined ? [] : [`${STACK_TAG}=${stack}`])]) {
    const at = word.indexOf('=', 1)
    const key = at < 0 ? word : word.slice(0, at)
    values.set(key, [...(values.get(key) ?? []), ...(at < 0 ? [] : [word.slice(at + 1)])])
  }
  return [...values].map(([key, list]) => ({ key, values: list }))
}
