/** What the fields of a result are of, by their names: so that what comes of a mangled answer can be held against it. */

type Kinds = ReadonlyMap<string, ReadonlySet<string>>

/** Of all values in it, lists, maps and sets included. */
export function kindsIn(result: unknown): Kinds {
  const kinds = new Map<string, Set<string>>()
  note(result, 'result', kinds)
  return kinds
}

/** Names of the fields that are of another kind than there; names that the other does not know are of texts and numbers. */
export function unlike(kinds: Kinds, known: Kinds): string[] {
  const named = (field: string) => known.get(field) ?? new Set(['string', 'number'])
  return [...kinds].flatMap(([field, found]) =>
    [...found].filter((kind) => !named(field).has(kind)).map((kind) => `${field}: ${kind}`),
  )
}

function note(value: unknown, field: string, kinds: Map<string, Set<string>>): void {
  if (value === undefined) return
  kinds.set(field, (kinds.get(field) ?? new Set()).add(kindOf(value)))
  if (value instanceof Map) for (const one of value.values()) note(one, `${field} item`, kinds)
  else if (Array.isArray(value) || value instanceof Set) for (const one of value) note(one, `${field} item`, kinds)
  else if (typeof value === 'object' && value !== null)
    for (const [key, one] of Object.entries(value)) note(one, key, kinds)
}

function kindOf(value: unknown): string {
  if (Number.isNaN(value)) return 'NaN'
  if (value === null) return 'null'
  return typeof value === 'object' ? value.constructor.name : typeof value
}
