/** AWS's answers in the form they have on the wire. */
import type { Answer } from './fake-aws.js'
import { SECRETS } from './secrets.js'

export const ACCOUNT = '123456789012'
export const FUNCTION_ARN = `arn:aws:lambda:us-east-1:${ACCOUNT}:function:orders`
export const ROLE_ARN = `arn:aws:iam::${ACCOUNT}:role/service-role/orders-role`
export const REQUEST_ID = '8f5ad8cb-0d9a-4f0b-9d5c-6f6f1a2b3c4d'

const IDENTIFIED = { 'x-amzn-requestid': REQUEST_ID }

export function json(body: unknown): Answer {
  return { status: 200, body, headers: { 'content-type': 'application/json', ...IDENTIFIED } }
}

/** ResourceNotFoundException writes `Message`, the others `message`; Type is there where Lambda itself refuses. */
export function lambdaError(
  status: number,
  code: string,
  message: string | null,
  headers: Record<string, string> = {},
): Answer {
  const upper = code === 'ResourceNotFoundException' || code === 'AccessDeniedException'
  const typed = !/^(Validation|AccessDenied|UnrecognizedClient|ExpiredToken|InvalidSignature)/.test(code)
  return {
    status,
    body: {
      ...(typed && { Type: status < 500 ? 'User' : 'Service' }),
      ...(code === 'TooManyRequestsException' && { Reason: 'CallerRateLimitExceeded' }),
      [upper ? 'Message' : 'message']: message,
    },
    headers: { 'content-type': 'application/json', 'x-amzn-errortype': code, ...IDENTIFIED, ...headers },
  }
}

export function throttled(headers: Record<string, string> = {}): Answer {
  return lambdaError(429, 'TooManyRequestsException', 'Rate exceeded', headers)
}

/** @param result the elements inside `<ActionResult>` */
export function xml(action: string, result = '', service: 'iam' | 'sts' = 'iam'): Answer {
  const body = `<${action}Response xmlns="${NAMESPACE[service]}"><${action}Result>${result}</${action}Result>
    <ResponseMetadata><RequestId>${REQUEST_ID}</RequestId></ResponseMetadata></${action}Response>`
  return { status: 200, body, headers: { 'content-type': 'text/xml', ...IDENTIFIED } }
}

export function xmlError(
  status: number,
  code: string,
  message: string,
  headers: Record<string, string> = {},
  service: 'iam' | 'sts' = 'iam',
): Answer {
  const body = `<ErrorResponse xmlns="${NAMESPACE[service]}"><Error><Type>${status < 500 ? 'Sender' : 'Receiver'}</Type>
    <Code>${code}</Code><Message>${message}</Message></Error><RequestId>${REQUEST_ID}</RequestId></ErrorResponse>`
  return { status, body, headers: { 'content-type': 'text/xml', ...IDENTIFIED, ...headers } }
}

const NAMESPACE = {
  iam: 'https://iam.amazonaws.com/doc/2010-05-08/',
  sts: 'https://sts.amazonaws.com/doc/2011-06-15/',
}

/** `<member>`s of an IAM list. */
export function members(...items: string[]): string {
  return items.map((item) => `<member>${item}</member>`).join('')
}

/** A policy document as IAM sends it. */
export function encoded(document: object): string {
  return encodeURIComponent(JSON.stringify(document))
}

export function reset(): Error {
  return Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' })
}

/** GetFunctionConfiguration's answer at rest, with every secret that Lambda puts into one. */
export function configuration(overrides: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    FunctionName: 'orders',
    FunctionArn: FUNCTION_ARN,
    Runtime: 'nodejs20.x',
    Role: ROLE_ARN,
    Handler: 'index.handler',
    CodeSize: 276,
    Description: 'takes orders',
    Timeout: 3,
    MemorySize: 512,
    LastModified: '2026-05-31T09:30:00.000+0000',
    CodeSha256: 'pBrkQ0uA3OKPAPA9jQ1BIdWEmPv6H0nAV4ZYBUxM4Uo=',
    Version: '$LATEST',
    Environment: { Variables: { DB_PASSWORD: SECRETS.variable } },
    TracingConfig: { Mode: 'PassThrough' },
    RevisionId: 'a1b2c3d4-0000-4000-8000-000000000001',
    Layers: [{ Arn: `arn:aws:lambda:us-east-1:${ACCOUNT}:layer:Datadog-Node20-x:45`, CodeSize: 1 }],
    State: 'Active',
    LastUpdateStatus: 'Successful',
    PackageType: 'Zip',
    Architectures: ['x86_64'],
    EphemeralStorage: { Size: 512 },
    SnapStart: { ApplyOn: 'None', OptimizationStatus: 'Off' },
    RuntimeVersionConfig: { RuntimeVersionArn: 'arn:aws:lambda:us-east-1::runtime:0cdcfbdefbc5e7d3343f73c2' },
    LoggingConfig: { LogFormat: 'Text', LogGroup: '/aws/lambda/orders' },
    ...overrides,
  }
}
