/** Pagination tokens: where the next page begins, for fifteen minutes. */
import { AwsError } from '../aws-error.js'
import { invalidParameter } from './errors.js'

const LIFETIME_MS = 15 * 60_000

export function writeToken(firstName: string, now: number): string {
  return Buffer.from(`${now}:${firstName}`, 'utf8').toString('base64')
}

/** Name of the page's first function; '' for the first page. @throws AwsError */
export function readToken(token: string | undefined, now: number): string {
  if (token === undefined || token === '') return ''
  const [, issued, name = ''] = /^(\d+):(.+)$/.exec(Buffer.from(token, 'base64').toString('utf8')) ?? []
  if (issued === undefined) throw invalidParameter('The PaginationToken is not valid.')
  if (now - Number(issued) > LIFETIME_MS) {
    throw new AwsError(400, 'PaginationTokenExpiredException', 'The PaginationToken has expired.')
  }
  return name
}
