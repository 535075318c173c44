/** The parts of a Lambda request: path, query and body. */
import type { HttpRequest } from '../wire/http-request.js'
import { JsonInput } from '../wire/json-input.js'
import { invalidParameter, validation } from './errors.js'

export class LambdaInput extends JsonInput {
  /** From the path. */
  readonly params: Readonly<Record<string, string>>
  readonly query: URLSearchParams

  /** @throws AwsError SerializationException */
  constructor(params: Readonly<Record<string, string>>, request: HttpRequest) {
    super(request.body)
    this.params = params
    this.query = request.query
  }

  param(key: string): string {
    return this.params[key] ?? ''
  }

  /** @throws AwsError ValidationException */
  required(key: string): string {
    const value = this.text(key)
    if (value === undefined) throw validation(null, key, 'Member must not be null')
    return value
  }

  /** Where a list goes on. @throws AwsError */
  marker(): string | undefined {
    const marker = this.query.get('Marker')
    if (marker === null || marker === '') return undefined
    const text = Buffer.from(marker, 'base64url').toString('utf8')
    if (writeMarker(text) !== marker) throw invalidParameter('Invalid pagination token.')
    return text
  }

  /** MaxItems, cut to what a page may hold. */
  pageSize(most: number): number {
    const asked = Number(this.query.get('MaxItems') ?? most)
    return Number.isInteger(asked) && asked > 0 ? Math.min(asked, most) : most
  }
}

export function writeMarker(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64url')
}
