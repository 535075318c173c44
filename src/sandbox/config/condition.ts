/** What follows WHERE, and whether it holds for a configuration item. */
import { isObject } from '../wire/json-input.js'

export type Condition =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Condition[] }
  | { readonly kind: 'not'; readonly part: Condition }
  /** Holds where a value of the property is, or for `!=` is not, one of those listed. */
  | { readonly kind: 'in' | '!='; readonly property: string; readonly values: readonly string[] }
  /** @param pattern with one `%` or `_` at its end */
  | { readonly kind: 'like'; readonly property: string; readonly pattern: string }

/** Each comparison looks at all elements of an array by itself; a value that is absent satisfies none. */
export function holds(condition: Condition, item: object): boolean {
  switch (condition.kind) {
    case 'and':
      return condition.parts.every((part) => holds(part, item))
    case 'or':
      return condition.parts.some((part) => holds(part, item))
    case 'not':
      return !holds(condition.part, item)
    case 'in':
      return valuesAt(item, condition.property).some((value) => condition.values.includes(value))
    case '!=':
      return valuesAt(item, condition.property).some((value) => !condition.values.includes(value))
    case 'like':
      return valuesAt(item, condition.property).some((value) => isLike(value, condition.pattern))
  }
}

function valuesAt(item: object, property: string): string[] {
  let found: unknown[] = [item]
  for (const key of property.split('.')) {
    found = found.flatMap((value) => (isObject(value) ? (value[key] ?? []) : []))
  }
  return found.map(String)
}

function isLike(value: string, pattern: string): boolean {
  const stem = pattern.slice(0, -1)
  return value.startsWith(stem) && (pattern.endsWith('%') || value.length === pattern.length)
}
