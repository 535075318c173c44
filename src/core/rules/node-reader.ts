/** Takes the nodes of a rules file apart strictly: whatever is not as it should be is reported where it stands. */
import { nearMiss } from './near-miss.js'
import { hasInvisible, quote, type Report } from './problem.js'
import type { YamlEntry, YamlMap, YamlNode } from './yaml-tree.js'

/**
 * @param name how messages call the value
 * @returns undefined when it, or anything in it, is wrong; that was reported
 */
export type Reader<T> = (node: YamlNode, name: string, report: Report) => T | undefined

/** A field that must be there; messages say what is needed with the words in `needs`. */
export interface Needed<T> {
  needs: string
  read: Reader<T>
}

/** Every field of T has a reader; one that must be there is marked as such. */
export type Shape<T> = {
  [K in keyof T]-?: undefined extends T[K] ? Reader<Exclude<T[K], undefined>> : Needed<T[K]>
}

/** @param judge says what is wrong with the text, as what follows after quoting it; undefined: nothing */
export function word<T extends string>(takes: string, judge: (text: string) => string | undefined): Reader<T> {
  return (node, name, report) => {
    if (node.kind !== 'word') return wrongKind(node, name, takes, report)
    const wrong = hasInvisible(node.text) ? 'holds a character that cannot be seen' : judge(node.text)
    return wrong === undefined ? (node.text as T) : report(node.at, `${quote(node.text)} ${wrong}`)
  }
}

/** A list with at least one item, each of them once in the answer; a single word needs no list. */
export function oneOrMore<T>(takes: string, item: Reader<T>): Reader<T[]> {
  const list = listOf(takes, item)
  return (node, name, report) => {
    if (node.kind === 'word') {
      const single = item(node, name, report)
      return single === undefined ? undefined : [single]
    }
    if (node.kind === 'list' && node.items.length === 0)
      return report(node.at, `${name} is an empty list: it takes ${takes}`)
    const items = list(node, name, report)
    return items && [...new Set(items)]
  }
}

export function listOf<T>(takes: string, item: Reader<T>): Reader<T[]> {
  return (node, name, report) => {
    if (node.kind !== 'list') return wrongKind(node, name, takes, report)
    const items = node.items.map((one) => item(one, `an item of ${name}`, report))
    const whole = items.filter((one) => one !== undefined)
    return whole.length === items.length ? whole : undefined
  }
}

/** Keys with their values, and no other keys than these. */
export function fields<T extends object>(shape: Shape<T>): Reader<T> {
  const readers = new Map(Object.entries<Reader<unknown> | Needed<unknown>>(shape))
  return (node, name, report) => {
    const keys = [...readers.keys()]
    if (node.kind !== 'map') return wrongKind(node, name, `a map of ${keys.join(', ')}`, report)
    const meant = new Set<string>()
    const read = node.entries.map(({ key, at, value }) => {
      const reader = readers.get(key)
      if (reader === undefined) {
        const near = nearMiss(key, keys)
        if (near !== undefined) meant.add(near)
        return report(
          at,
          `${quote(key)} is not a field of ${name}${near ? ` (did you mean "${near}"?)` : `: ${keys.join(', ')}`}`,
        )
      }
      const its = (typeof reader === 'function' ? reader : reader.read)(value, quote(key), report)
      return its === undefined ? undefined : ([key, its] as const)
    })
    for (const [key, reader] of readers)
      if (typeof reader === 'object' && !entryOf(node, key) && !meant.has(key))
        read.push(report(node.at, `${name} needs ${reader.needs}`))
    const whole = read.filter((one) => one !== undefined)
    return whole.length === read.length ? (Object.fromEntries(whole) as T) : undefined
  }
}

export function entryOf(node: YamlMap, key: string): YamlEntry | undefined {
  return node.entries.find((entry) => entry.key === key)
}

export function wrongKind(node: YamlNode, name: string, takes: string, report: Report): undefined {
  if (node.kind === 'broken') return undefined
  const kinds = { nothing: 'has no value', word: 'is a single value', list: 'is a list', map: 'is a map' }
  return report(node.at, `${name} ${kinds[node.kind]}: it takes ${takes}`)
}
