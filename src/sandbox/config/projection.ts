/** Takes the selected properties out of a configuration item; what is absent is left out. */
import { isObject } from '../wire/json-input.js'

/** What to take of an object; `true`: all of it. */
export type Selection = true | { readonly [key: string]: Selection }

/** @param fields dotted, which reach into every element of an array */
export function selectionOf(fields: readonly string[]): Selection {
  const selection: Selection = Object.fromEntries(
    [...new Set(fields.map((field) => field.split('.')[0] ?? ''))].map((key) => {
      const inner = fields.filter((field) => field === key || field.startsWith(`${key}.`))
      return [key, inner.includes(key) ? true : selectionOf(inner.map((field) => field.slice(key.length + 1)))]
    }),
  )
  return selection
}

/** Undefined where nothing of what is selected is there. */
export function project(value: unknown, selection: Selection): unknown {
  if (selection === true) return value
  if (Array.isArray(value)) return value.map((element: unknown) => project(element, selection) ?? {})
  if (!isObject(value)) return undefined
  const taken = Object.entries(selection)
    .map(([key, inner]) => [key, project(value[key], inner)] as const)
    .filter(([, found]) => found !== undefined)
  return taken.length === 0 ? undefined : Object.fromEntries(taken)
}
