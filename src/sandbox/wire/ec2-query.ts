/** What EC2 does differently from the other query services: flat answers, lists of `item`, errors in a row. */
import type { AwsError } from '../aws-error.js'
import type { Answer } from './service.js'
import { element, type XmlValue } from './xml.js'

const NAMESPACE = 'http://ec2.amazonaws.com/doc/2016-11-15/'
const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'

export function writeEc2Xml(
  operation: string,
  result: { readonly [key: string]: XmlValue },
  requestId: string,
): Answer {
  const members = Object.entries(result).map(([key, value]) => element(key, value, 'item'))
  const inner = [element('requestId', requestId), ...members].join('')
  const name = `${operation}Response`
  return answer(200, `<${name} xmlns="${NAMESPACE}">${inner}</${name}>`, requestId, {})
}

export function writeEc2Error(error: AwsError, requestId: string): Answer {
  const Errors = { Error: { Code: error.code, Message: error.text ?? '' } }
  const xml = element('Response', { Errors, RequestID: requestId })
  return answer(error.status, xml, requestId, error.detail.headers ?? {})
}

function answer(status: number, xml: string, requestId: string, headers: Readonly<Record<string, string>>): Answer {
  const type = { 'content-type': 'text/xml;charset=UTF-8', 'x-amzn-requestid': requestId }
  return { status, headers: { ...headers, ...type }, body: DECLARATION + xml }
}
