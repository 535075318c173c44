/** Takes data from a file apart, field by field, and names the place of whatever is not as it should be. */
import { type ErrorCode, isErrorCode } from '../errors.js'

/** @throws Malformed, with where and what; it never quotes the value, which may be anything at all */
export type Reader<T> = (value: unknown, where: string) => T

export class Malformed extends Error {
  override readonly name = 'Malformed'

  constructor(where: string, what: string) {
    super(`${where} ${what}`)
  }
}

/** A field that may be missing; if it is there it must be right. */
export interface Optional<T> {
  optional: Reader<T>
}

/** Every field of T has a reader; an optional one is marked as such. */
export type Shape<T> = {
  [K in keyof T]-?: undefined extends T[K] ? Optional<Exclude<T[K], undefined>> : Reader<T[K]>
}

/** Any text, or text of one form. */
export function text(what = 'text', form = /^/): Reader<string> {
  return (value, where) => {
    if (typeof value !== 'string' || !form.test(value)) throw new Malformed(where, `is not ${what}`)
    return value
  }
}

export const flag: Reader<boolean> = (value, where) => {
  if (typeof value !== 'boolean') throw new Malformed(where, 'is not true or false')
  return value
}

export const always: Reader<true> = (value, where) => {
  if (value !== true) throw new Malformed(where, 'is not true')
  return true
}

export function numberUpTo(most: number): Reader<number> {
  return (value, where) => {
    if (typeof value !== 'number' || !(value >= 0 && value <= most))
      throw new Malformed(where, `is not a number from 0 to ${most}`)
    return value
  }
}

export function oneOf<const T extends string>(...words: T[]): Reader<T> {
  return (value, where) => {
    const found = words.find((word) => word === value)
    if (found === undefined) throw new Malformed(where, `is not ${words.join(' or ')}`)
    return found
  }
}

export const errorCode: Reader<ErrorCode> = (value, where) => {
  if (typeof value !== 'string' || !isErrorCode(value)) throw new Malformed(where, 'is not a code that is known')
  return value
}

export function listOf<T>(item: Reader<T>): Reader<T[]> {
  return (value, where) => {
    if (!Array.isArray(value)) throw new Malformed(where, 'is not a list')
    return value.map((one: unknown, index) => item(one, `${where}[${index}]`))
  }
}

/** An object whose keys are data. */
export function recordOf<T>(item: Reader<T>): Reader<Record<string, T>> {
  return (value, where) =>
    Object.fromEntries(
      Object.entries(objectAt(value, where)).map(([key, one]) => [key, item(one, `${where}.${key.slice(0, 40)}`)]),
    )
}

/** An object with these fields and no other. */
export function fields<T extends object>(shape: Shape<T>): Reader<T> {
  const readers = Object.entries<Reader<unknown> | Optional<unknown>>(shape)
  return (value, where) => {
    const given = new Map<string, unknown>(Object.entries(objectAt(value, where)))
    const read = readers.flatMap(([key, reader]) => {
      const its = given.get(key)
      const missing = !given.delete(key)
      if (typeof reader === 'function') {
        if (missing) throw new Malformed(`${where}.${key}`, 'is missing')
        return [[key, reader(its, `${where}.${key}`)] as const]
      }
      return missing ? [] : [[key, reader.optional(its, `${where}.${key}`)] as const]
    })
    for (const key of given.keys()) throw new Malformed(`${where}.${key.slice(0, 40)}`, 'is not a field that is known')
    return Object.fromEntries(read) as T
  }
}

export function objectAt(value: unknown, where: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Malformed(where, 'is not an object')
  return value as Record<string, unknown>
}
