/** Damages JSON in one place at a time, in every place. */

export interface Damage {
  /** `without data.runs[].id`: what was done, and where; indices are left out. */
  name: string
  value: unknown
}

/** No word of any contract. */
const NONSENSE = 'no such word'

/** Keys left out, keys too many, values of another kind, words that mean nothing, numbers below zero. */
export function damagesOf(value: unknown, path = ''): Damage[] {
  return [...replacements(value, path), ...inside(value, path)]
}

const OTHERS: ReadonlyArray<readonly [what: string, value: unknown]> = [
  ['number at', 7.5],
  ['list at', [NONSENSE]],
  ['fields at', { [NONSENSE]: true }],
  ['nonsense at', NONSENSE],
  ['null at', null],
]

function replacements(value: unknown, path: string): Damage[] {
  if (path === '') return []
  // Words are damaged by other words too, numbers by one that counts nothing.
  const others = OTHERS.filter(([, other]) => typeof value === 'string' || kindOf(value) !== kindOf(other))
  const all = typeof value === 'number' ? [...others, ['minus at', -1] as const] : others
  return all.map(([what, other]) => ({ name: `${what} ${path}`, value: other }))
}

function kindOf(value: unknown): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'list' : typeof value
}

function inside(value: unknown, path: string): Damage[] {
  if (Array.isArray(value))
    return value.flatMap((item, index) =>
      damagesOf(item, `${path}[]`).map(({ name, value: damaged }) => ({ name, value: value.with(index, damaged) })),
    )
  if (typeof value !== 'object' || value === null) return []
  const entries = Object.entries(value)
  return [
    { name: `more in ${path}`, value: { ...value, [NONSENSE]: true } },
    ...entries.flatMap(([key, its]): Damage[] => {
      const at = path === '' ? key : `${path}.${key}`
      const less = Object.fromEntries(entries.filter(([other]) => other !== key))
      return [
        { name: `without ${at}`, value: less },
        ...damagesOf(its, at).map((damage) => ({ name: damage.name, value: { ...value, [key]: damage.value } })),
      ]
    }),
  ]
}
