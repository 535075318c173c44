/** What the operations of AWS Config have in common in their requests. */
import type { JsonInput } from '../wire/json-input.js'
import { invalidLimit, invalidNextToken, validation } from './errors.js'

const LARGEST_PAGE = 100

/** @throws AwsError ValidationException */
export function requiredText(input: JsonInput, key: string): string {
  const text = input.text(key)
  if (text !== undefined && text !== '') return text
  const at = key.charAt(0).toLowerCase() + key.slice(1)
  throw validation('null', at, 'Member must not be null')
}

/** Of Limit, or MaxResults; 0 means as without. @throws AwsError InvalidLimitException */
export function pageSize(input: JsonInput, otherwise: number): number {
  const size = input.number('Limit') ?? input.number('MaxResults') ?? 0
  if (!Number.isInteger(size) || size < 0 || size > LARGEST_PAGE) throw invalidLimit()
  return size === 0 ? otherwise : size
}

export interface ConfigPage<T> {
  readonly items: readonly T[]
  readonly paging: { readonly NextToken?: string }
}

/** @throws AwsError InvalidNextTokenException or InvalidLimitException */
export function pageOf<T>(all: readonly T[], input: JsonInput): ConfigPage<T> {
  const token = input.text('NextToken') ?? '0'
  if (!/^\d+$/.test(token)) throw invalidNextToken()
  const from = Number(token)
  const to = from + pageSize(input, LARGEST_PAGE)
  return { items: all.slice(from, to), paging: to < all.length ? { NextToken: String(to) } : {} }
}
