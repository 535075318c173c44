/** Lambda's wire format: JSON bodies, and errors named in a header. */
import type { AwsError } from '../aws-error.js'
import type { Answer } from './service.js'

const CAPITAL_MESSAGE = new Set(['ResourceNotFoundException', 'ServiceException'])
const WITHOUT_TYPE = new Set([
  'ValidationException',
  'AccessDeniedException',
  'MissingAuthenticationTokenException',
  'UnrecognizedClientException',
  'ExpiredTokenException',
])

export function writeJson(status: number, body: unknown, requestId: string): Answer {
  const text = status === 204 || body === undefined ? '' : JSON.stringify(body)
  return { status, headers: { 'content-type': 'application/json', 'x-amzn-requestid': requestId }, body: text }
}

export function writeJsonError(error: AwsError, requestId: string): Answer {
  const type = error.status >= 500 ? 'Service' : 'User'
  const body = {
    ...error.detail.fields,
    ...(WITHOUT_TYPE.has(error.code) ? {} : { Type: type }),
    [CAPITAL_MESSAGE.has(error.code) ? 'Message' : 'message']: error.text ?? null,
  }
  const answer = writeJson(error.status, body, requestId)
  return { ...answer, headers: { ...answer.headers, ...error.detail.headers, 'x-amzn-errortype': error.code } }
}
