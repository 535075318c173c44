/** IAM's paging: MaxItems, Marker, IsTruncated. */
import { AwsError } from '../aws-error.js'
import type { QueryInput } from '../wire/query-xml.js'

export interface IamPage<T> {
  readonly items: readonly T[]
  readonly paging: { readonly IsTruncated: boolean; readonly Marker?: string }
}

/** @param share of MaxItems that a page holds at most @throws AwsError ValidationError */
export function pageOf<T>(all: readonly T[], input: QueryInput, share = 1): IamPage<T> {
  const asked = Number(input.optional('MaxItems') ?? 100)
  if (!Number.isInteger(asked) || asked < 1 || asked > 1000) {
    const text = `1 validation error detected: Value '${asked}' at 'maxItems' failed to satisfy constraint: Member must have value less than or equal to 1000`
    throw new AwsError(400, 'ValidationError', text)
  }
  const from = readMarker(input.optional('Marker'))
  const to = from + Math.ceil(asked * share)
  const paging = to < all.length ? { IsTruncated: true, Marker: writeMarker(to) } : { IsTruncated: false }
  return { items: all.slice(from, to), paging }
}

function writeMarker(offset: number): string {
  return Buffer.from(`offset:${offset}`).toString('base64')
}

function readMarker(marker: string | undefined): number {
  if (marker === undefined) return 0
  const offset = Number(/^offset:(\d+)$/.exec(Buffer.from(marker, 'base64').toString('utf8'))?.[1])
  if (Number.isNaN(offset)) throw new AwsError(400, 'ValidationError', `Invalid Marker: ${marker}`)
  return offset
}
