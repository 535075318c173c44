/** The body of a JSON request, read with the type checks that AWS's deserializer makes. */
import { AwsError } from '../aws-error.js'

export class JsonInput {
  readonly body: Readonly<Record<string, unknown>>

  /** @throws AwsError SerializationException */
  constructor(body: string) {
    this.body = parseBody(body)
  }

  text(key: string): string | undefined {
    return this.#read(key, (value): value is string => typeof value === 'string')
  }

  number(key: string): number | undefined {
    return this.#read(key, (value): value is number => typeof value === 'number')
  }

  flag(key: string): boolean {
    return this.#read(key, (value): value is boolean => typeof value === 'boolean') ?? false
  }

  object(key: string): Readonly<Record<string, unknown>> | undefined {
    return this.#read(key, isObject)
  }

  list(key: string): readonly unknown[] | undefined {
    return this.#read(key, (value): value is readonly unknown[] => Array.isArray(value))
  }

  texts(key: string): string[] | undefined {
    return this.list(key)?.map(String)
  }

  #read<T>(key: string, fits: (value: unknown) => value is T): T | undefined {
    const value = this.body[key]
    if (value === undefined || value === null) return undefined
    if (!fits(value)) throw new AwsError(400, 'SerializationException', `Unexpected type of field ${key}`)
    return value
  }
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function parseBody(body: string): Readonly<Record<string, unknown>> {
  if (body === '') return {}
  let parsed: unknown
  try {
    parsed = JSON.parse(body)
  } catch (cause) {
    const error = new AwsError(400, 'SerializationException', 'Could not parse request body into json')
    error.cause = cause
    throw error
  }
  if (!isObject(parsed)) throw new AwsError(400, 'SerializationException', 'Could not parse request body into json')
  return parsed
}
