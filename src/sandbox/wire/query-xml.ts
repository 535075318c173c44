/** The wire format of IAM and STS: form-encoded queries in, XML out. */
import { AwsError } from '../aws-error.js'
import type { Answer } from './service.js'
import { element, type XmlValue } from './xml.js'

/** The parameters of a query. */
export class QueryInput {
  readonly action: string
  readonly values: Readonly<Record<string, string>>

  constructor(body: string) {
    const { Action = '', Version: _dropped, ...values } = Object.fromEntries(new URLSearchParams(body))
    this.action = Action
    this.values = values
  }

  optional(key: string): string | undefined {
    return this.values[key]
  }

  /** @throws AwsError ValidationError */
  required(key: string): string {
    const value = this.values[key]
    if (value !== undefined && value !== '') return value
    const at = key.charAt(0).toLowerCase() + key.slice(1)
    const text = `1 validation error detected: Value null at '${at}' failed to satisfy constraint: Member must not be null`
    throw new AwsError(400, 'ValidationError', text)
  }

  /** Of `KEY.member.1`, `KEY.member.2`, … */
  list(key: string): string[] {
    const prefix = `${key}.member.`
    return Object.keys(this.values)
      .filter((name) => name.startsWith(prefix))
      .map((name) => this.values[name] ?? '')
  }

  /** Of `KEY.1`, `KEY.2`, …, as EC2 writes lists. */
  numbered(key: string): string[] {
    const found: string[] = []
    for (let number = 1; ; number += 1) {
      const value = this.values[`${key}.${number}`]
      if (value === undefined) return found
      found.push(value)
    }
  }
}

export function writeXml(operation: string, result: XmlValue, namespace: string, requestId: string): Answer {
  const inner = result === undefined ? '' : element(`${operation}Result`, result)
  const metadata = element('ResponseMetadata', { RequestId: requestId })
  const name = `${operation}Response`
  return answer(200, `<${name} xmlns="${namespace}">${inner}${metadata}</${name}>`, requestId, {})
}

export function writeXmlError(error: AwsError, namespace: string, requestId: string): Answer {
  const inner = element('Error', {
    Type: error.status >= 500 ? 'Receiver' : 'Sender',
    Code: error.code,
    Message: error.text ?? '',
  })
  const body = `<ErrorResponse xmlns="${namespace}">${inner}${element('RequestId', requestId)}</ErrorResponse>`
  return answer(error.status, body, requestId, error.detail.headers ?? {})
}

/** IAM's and STS's dates: seconds, no fraction. */
export function isoDate(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`
}

function answer(status: number, xml: string, requestId: string, headers: Readonly<Record<string, string>>): Answer {
  return { status, headers: { ...headers, 'content-type': 'text/xml', 'x-amzn-requestid': requestId }, body: xml }
}
