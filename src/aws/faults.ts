/** Turns what the SDK throws into xtrace's own codes: by name, status and, where the name serves for many faults, by text. */
import { type AwsAnswer, type ErrorCode, XtraceError } from '../errors.js'

/** Which call failed, for messages. */
export interface CallName {
  service: 'lambda' | 'iam' | 'sts' | 'tagging' | 'account' | 'ec2' | 'organizations' | 'config' | 'xray' | 'cloudwatch'
  operation: string
}

interface Thrown {
  name: string
  message: string
  status?: number
  requestId?: string
  retryAfterMs?: number
  /** The answer broke off, or is not in AWS's format: a proxy's page. */
  unreadable?: true
}

export function faultOf(thrown: unknown, call: CallName): XtraceError {
  if (thrown instanceof XtraceError) return thrown
  const seen = look(thrown)
  const code = codeOf(seen, call)
  // These texts repeat parts of the body or of the signed request: they end here.
  const cause = seen.unreadable || code === 'INVALID_CREDENTIALS' ? undefined : thrown
  return new XtraceError(code, messageOf(code, seen, call), { aws: answerOf(seen, call), cause })
}

type Rule = readonly [code: ErrorCode, applies: (seen: Thrown, call: CallName) => boolean]

/** First match wins. Sources: the service models, and answers of AWS recorded in public tests and reports. */
const RULES: readonly Rule[] = [
  [
    'EXPIRED_CREDENTIALS',
    ({ name }) => /^(ExpiredToken|ExpiredTokenException|TokenRefreshRequired|RequestExpired)$/.test(name),
  ],
  ['EXPIRED_CREDENTIALS', ({ name, message }) => isProviderFault(name) && /expired/i.test(message)],
  ['NO_CREDENTIALS', ({ name }) => isProviderFault(name)],
  ['INVALID_CREDENTIALS', ({ name }) => INVALID_CREDENTIALS.has(name)],
  ['ROLE_LACKS_XRAY', ({ message }) => /does not have permissions to call PutTraceSegments on XRAY/i.test(message)],
  ['ROLE_NOT_ASSUMABLE', ({ message }) => /role defined for the function cannot be assumed by Lambda/i.test(message)],
  ['THROTTLED', ({ message }) => /request has been throttled by EC2|throttled by EC2/i.test(message)],
  ['RUNTIME_BLOCKED', ({ message }) => /runtime parameter of .+ is no longer supported/i.test(message)],
  ['PUBLISHED_VERSION', ({ message }) => /does not support versions other than \$LATEST/i.test(message)],
  ['POLICY_QUOTA', ({ name }, { service }) => service === 'iam' && /^LimitExceeded(Exception)?$/.test(name)],
  ['ROLE_UNMODIFIABLE', ({ name }) => /^UnmodifiableEntity(Exception)?$/.test(name)],
  [
    'ROLE_NOT_FOUND',
    ({ name, message }, { service }) =>
      service === 'iam' && /^NoSuchEntity(Exception)?$/.test(name) && !/^(The role )?policy /i.test(message),
  ],
  ['CONFLICT', ({ name }) => /^ConcurrentModification(Exception)?$/.test(name)],
  ['THROTTLED', ({ name, status }) => status === 429 || THROTTLING.has(name)],
  ['CONNECTION_LOST', ({ unreadable, status }) => unreadable === true && !(status !== undefined && status >= 500)],
  ['FUNCTION_EXISTS', ({ name, message }) => name === 'ResourceConflictException' && /already exist/i.test(message)],
  ['CONFLICT', ({ name }) => name === 'ResourceConflictException'],
  ['PRECONDITION', ({ name, status }) => name === 'PreconditionFailedException' || status === 412],
  ['FUNCTION_NOT_FOUND', ({ name }, { service }) => service === 'lambda' && name === 'ResourceNotFoundException'],
  [
    'ACCESS_DENIED',
    ({ name, status }) => /^AccessDenied(Exception)?$|^UnauthorizedOperation$/.test(name) || status === 403,
  ],
  ['SERVER_ERROR', ({ status }) => status !== undefined && status >= 500],
  ['CONNECTION_LOST', (seen) => seen.status === undefined && isNetworkFault(seen)],
  ['INVALID_REQUEST', ({ status }) => status !== undefined && status >= 400],
]

function codeOf(seen: Thrown, call: CallName): ErrorCode {
  return RULES.find(([, applies]) => applies(seen, call))?.[0] ?? 'FAULT'
}

/** A region that is not enabled answers with these as well; only a second question elsewhere can tell. */
const INVALID_CREDENTIALS = new Set([
  'UnrecognizedClientException',
  'InvalidClientTokenId',
  'InvalidAccessKeyId',
  'SignatureDoesNotMatch',
  'InvalidSignatureException',
  'IncompleteSignature',
  'MissingAuthenticationToken',
  'MissingAuthenticationTokenException',
  'AuthFailure',
  'NotSignedUp',
])

const THROTTLING = new Set([
  'TooManyRequestsException',
  'Throttling',
  'ThrottlingException',
  'ThrottledException',
  'RequestLimitExceeded',
  'RequestThrottled',
  'SlowDown',
  'EC2ThrottledException',
])

const NETWORK = new Set([
  'ECONNRESET',
  'ECONNREFUSED',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'TimeoutError',
  'RequestTimeout',
  'RequestTimeoutException',
])

function isProviderFault(name: string): boolean {
  return /^(CredentialsProviderError|TokenProviderError|ProviderError)$/.test(name)
}

function isNetworkFault({ name, message }: Thrown): boolean {
  return (
    NETWORK.has(name) ||
    /socket hang up|aborted|network|timed? ?out|certificate|\bTLS\b|ECONN|Parse Error/i.test(message)
  )
}

function look(thrown: unknown): Thrown {
  const error = (typeof thrown === 'object' && thrown !== null ? thrown : {}) as {
    name?: unknown
    code?: unknown
    message?: unknown
    $metadata?: { httpStatusCode?: number; requestId?: string }
    $response?: { headers?: Record<string, string>; statusCode?: number }
    retryAfterSeconds?: unknown
  }
  const named = typeof error.name === 'string' && error.name !== 'Error' && error.name !== 'AggregateError'
  const name = named ? String(error.name) : String(error.code ?? 'Error')
  const message = typeof error.message === 'string' ? error.message : String(thrown)
  const retryAfter = Number(error.retryAfterSeconds ?? error.$response?.headers?.['retry-after'])
  const status = error.$metadata?.httpStatusCode ?? error.$response?.statusCode
  const requestId = error.$metadata?.requestId
  // AWS redirects nobody: a proxy does, or a network that wants to be signed in to.
  const redirected = status !== undefined && status >= 300 && status < 400
  const unreadable = redirected || message.includes(UNREADABLE)
  return {
    name,
    message: unreadable ? `the answer (status ${status}) broke off or is not in AWS's format` : message,
    ...(status !== undefined && { status }),
    ...(requestId !== undefined && { requestId }),
    ...(retryAfter > 0 && { retryAfterMs: retryAfter * 1000 }),
    ...(unreadable && { unreadable }),
  }
}

/** The SDK's hint behind whatever its parser said; that quotes the body. */
const UNREADABLE = 'Deserialization error: to see the raw response'

function answerOf(seen: Thrown, { service, operation }: CallName): AwsAnswer {
  const { name, status, requestId, retryAfterMs } = seen
  return {
    service,
    operation,
    code: name,
    ...(status !== undefined && { status }),
    ...(requestId !== undefined && { requestId }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    ...(SCP_DENIAL.test(seen.message) && { denial: 'scp' as const }),
  }
}

/** An explicit deny in an SCP, one that AWS does not place, or an SCP that does not allow. */
const SCP_DENIAL =
  /explicit deny in a service control policy|with an explicit deny\.?$|because no service control policy allows/

function messageOf(code: ErrorCode, seen: Thrown, { service, operation }: CallName): string {
  const text = code === 'INVALID_CREDENTIALS' ? withoutRequest(seen.message) : seen.message
  const said = NOTHING.has(text) ? '' : text
  if (code === 'NO_CREDENTIALS') return `No AWS credentials: ${said || 'none were found'}`
  if (code === 'CONNECTION_LOST') return `No answer from AWS (${service}:${operation}): ${said || seen.name}`
  if (code === 'ACCESS_DENIED')
    return said ? `Access denied: ${said}` : `Access denied: AWS gave no reason for ${service}:${operation}`
  if (said && SELF_EXPLAINING.has(code)) return said
  const unnamed = NOTHING.has(seen.name) ? `AWS answered ${seen.status} and gave no reason` : seen.name
  return `${service}:${operation}: ${said || unnamed}`
}

/** What the SDK puts where AWS said nothing. */
const NOTHING = new Set(['', 'null', 'Unknown', 'UnknownError'])

/** A wrong signature is answered with the request that was signed, session token included. */
function withoutRequest(message: string): string {
  return message.replace(/\s*(The Canonical String|Authorization( header|=))[\s\S]*/i, '')
}

/** Codes whose text from AWS says by itself what was asked and refused. */
const SELF_EXPLAINING: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'FUNCTION_NOT_FOUND',
  'FUNCTION_EXISTS',
  'ROLE_LACKS_XRAY',
  'ROLE_NOT_ASSUMABLE',
  'ROLE_UNMODIFIABLE',
  'RUNTIME_BLOCKED',
  'CONFLICT',
])
