/** Takes fields out of AWS's answers: one that has not the type of the service's model is refused, its value not repeated. */

/** Tells a field's name, never what it holds. */
export class WrongField extends TypeError {
  override readonly name = 'WrongField'
}

type Kind = 'text' | 'number' | 'flag' | 'time' | 'list' | 'record'

/** The kind that a type of the SDK's models is of. */
type KindOf<T> = T extends string
  ? 'text'
  : T extends number
    ? 'number'
    : T extends boolean
      ? 'flag'
      : T extends Date
        ? 'time'
        : T extends readonly unknown[]
          ? 'list'
          : 'record'

const IS: Readonly<Record<Kind, (value: unknown) => boolean>> = {
  text: (value) => typeof value === 'string',
  number: Number.isFinite,
  flag: (value) => typeof value === 'boolean',
  time: (value) => value instanceof Date && !Number.isNaN(value.getTime()),
  list: Array.isArray,
  record: (value) => typeof value === 'object' && !Array.isArray(value) && !(value instanceof Date),
}

/** @throws WrongField also where AWS left out what it always sends; an empty text counts as left out */
export function required<A extends object, K extends keyof A>(
  answer: A,
  key: K,
  kind: KindOf<NonNullable<A[K]>>,
): NonNullable<A[K]> {
  const value = optional(answer, key, kind)
  if (value === undefined || value === '') throw new WrongField(`${String(key)} is missing`)
  return value
}

/** @throws WrongField */
export function optional<A extends object, K extends keyof A>(
  answer: A,
  key: K,
  kind: KindOf<NonNullable<A[K]>>,
): NonNullable<A[K]> | undefined {
  const value = answer[key]
  if (value === undefined || value === null) return undefined
  if (!IS[kind](value)) throw new WrongField(`${String(key)} is no ${kind}`)
  return value
}

/** The items of a list of texts or numbers. @throws WrongField */
export function each<T extends string | number>(items: readonly T[], kind: KindOf<T>): readonly T[] {
  if (!items.every(IS[kind])) throw new WrongField(`an item is no ${kind}`)
  return items
}
