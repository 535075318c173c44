/** Which functions of a region a command means, when they are not named one by one. */
import picomatch from 'picomatch'
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
  const named = anyOf(selection.match)
  const excluded = anyOf(selection.exclude)
  const runtime = anyOf(selection.runtimes)
  const byTag = selection.tags.length > 0
  return (fn) =>
    (selection.match.length === 0 || named(fn.name)) &&
    !excluded(fn.name) &&
    (selection.runtimes.length === 0 || (fn.runtime !== undefined && runtime(fn.runtime))) &&
    (!byTag || tagged?.has(fn.arn) === true)
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

function anyOf(globs: readonly string[]): (text: string) => boolean {
  return globs.length === 0 ? () => false : picomatch([...globs], { dot: true, bash: true })
}
