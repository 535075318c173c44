/** The wire format of JSON 1.0 and 1.1 services: the operation in a header, errors named in the body. */
import type { AwsError } from '../aws-error.js'
import type { HttpRequest } from './http-request.js'
import type { Answer } from './service.js'

type JsonVersion = '1.0' | '1.1'

/** The operation of `X-Amz-Target: PREFIX.Operation`; undefined where the target is another one. */
export function targetOf(request: HttpRequest, prefix: string): string | undefined {
  const target = request.headers['x-amz-target']
  if (typeof target !== 'string' || !target.startsWith(`${prefix}.`)) return undefined
  return target.slice(prefix.length + 1)
}

export function writeJsonRpc(body: object, requestId: string, version: JsonVersion = '1.1'): Answer {
  return answer(200, body, requestId, {}, version)
}

/** @param modelled codes of the service's own errors, which spell it `Message` */
export function writeJsonRpcError(
  error: AwsError,
  requestId: string,
  modelled: ReadonlySet<string>,
  version: JsonVersion = '1.1',
): Answer {
  const key = modelled.has(error.code) ? 'Message' : 'message'
  const body = {
    __type: error.code,
    ...error.detail.fields,
    ...(error.text === undefined ? {} : { [key]: error.text }),
  }
  return answer(error.status, body, requestId, error.detail.headers ?? {}, version)
}

function answer(
  status: number,
  body: object,
  requestId: string,
  headers: Readonly<Record<string, string>>,
  version: JsonVersion,
): Answer {
  const type = { 'content-type': `application/x-amz-json-${version}`, 'x-amzn-requestid': requestId }
  return { status, headers: { ...headers, ...type }, body: JSON.stringify(body) }
}
