/** Each way Lambda is known to refuse, in AWS's own words, and the code that xtrace gives it. */
import { describe, expect, test } from 'vitest'
import type { LambdaGateway } from '../../src/aws/gateways.js'
import type { ErrorCode } from '../../src/errors.js'
import { openAccess } from './support/access.js'
import { ACCOUNT, FUNCTION_ARN, lambdaError, REQUEST_ID, ROLE_ARN } from './support/answers.js'
import { ownEnvironment } from './support/environment.js'
import { failureOf } from './support/failure.js'
import { fakeAws } from './support/fake-aws.js'
import { SECRETS } from './support/secrets.js'

ownEnvironment()
const aws = fakeAws()

const CALLS = {
  GetFunctionConfiguration: (lambda: LambdaGateway) => lambda.getFunction('orders'),
  GetFunction: (lambda: LambdaGateway) => lambda.pollFunction('orders'),
  ListVersionsByFunction: (lambda: LambdaGateway) => lambda.listVersions('orders')[Symbol.asyncIterator]().next(),
  ListAliases: (lambda: LambdaGateway) => lambda.listAliases('orders'),
  ListTags: (lambda: LambdaGateway) => lambda.listTags(`${FUNCTION_ARN}:live`),
  UpdateFunctionConfiguration: (lambda: LambdaGateway) => lambda.setMode('orders', 'Active', 'revision'),
  PublishVersion: (lambda: LambdaGateway) =>
    lambda.publishVersion('orders', { codeSha256: 'X', revisionId: 'revision', latestPublished: false }),
  UpdateAlias: (lambda: LambdaGateway) =>
    lambda.moveAlias('orders', { name: 'live', version: '10', weights: {}, revisionId: 'revision' }),
  CreateFunction: (lambda: LambdaGateway) =>
    lambda.createFunction({
      name: 'orders',
      role: ROLE_ARN,
      code: { s3Bucket: 'b', s3Key: 'k' },
      publish: false,
      environment: { PASSWORD: SECRETS.variable },
    }),
}
type Operation = keyof typeof CALLS

interface Row {
  of: string
  on: Operation[]
  status: number
  name: string
  text: string
  code: ErrorCode
}

const BUSY = 'The operation cannot be performed at this time.'
const NAME_PATTERN =
  "1 validation error detected: Value 'my-function!' at 'functionName' failed to satisfy constraint: Member must satisfy regular expression pattern: (arn:(aws[a-zA-Z-]*)?:lambda:)?"
const invalid = { status: 400, name: 'InvalidParameterValueException' }
const conflict = { status: 409, name: 'ResourceConflictException', code: 'CONFLICT' as const }
const notFound = { status: 404, name: 'ResourceNotFoundException', code: 'FUNCTION_NOT_FOUND' as const }
const malformed = { status: 400, name: 'ValidationException', code: 'INVALID_REQUEST' as const }

const ROWS: Row[] = [
  {
    of: 'an update of a published version',
    on: ['UpdateFunctionConfiguration'],
    ...invalid,
    text: 'Current operation does not support versions other than $LATEST. Please set the version to $LATEST or do not set a version in your request.',
    code: 'PUBLISHED_VERSION',
  },
  {
    of: 'a role that cannot write traces',
    on: ['UpdateFunctionConfiguration', 'CreateFunction'],
    ...invalid,
    text: 'The provided execution role does not have permissions to call PutTraceSegments on XRAY',
    code: 'ROLE_LACKS_XRAY',
  },
  {
    of: 'a role that Lambda cannot assume',
    on: ['UpdateFunctionConfiguration', 'CreateFunction'],
    ...invalid,
    text: 'The role defined for the function cannot be assumed by Lambda.',
    code: 'ROLE_NOT_ASSUMABLE',
  },
  {
    of: 'an update while another runs',
    on: ['UpdateFunctionConfiguration', 'PublishVersion'],
    ...conflict,
    text: `${BUSY} An update is in progress for resource: ${FUNCTION_ARN}`,
  },
  {
    of: 'an update of a pending function',
    on: ['UpdateFunctionConfiguration'],
    ...conflict,
    text: `${BUSY} The function is currently in the following state: Pending`,
  },
  {
    of: 'an update of a pending function, the other wording',
    on: ['UpdateFunctionConfiguration'],
    ...conflict,
    text: `${BUSY} The resource ${FUNCTION_ARN} is currently in the following state: 'Pending'. StateReasonCode: 'Creating'`,
  },
  {
    of: 'a function that exists',
    on: ['CreateFunction'],
    ...conflict,
    text: 'Function already exist: orders',
    code: 'FUNCTION_EXISTS',
  },
  {
    of: 'a stale RevisionId',
    on: ['UpdateFunctionConfiguration', 'PublishVersion', 'UpdateAlias'],
    status: 412,
    name: 'PreconditionFailedException',
    text: 'The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id',
    code: 'PRECONDITION',
  },
  {
    of: 'a missing function',
    on: [
      'GetFunctionConfiguration',
      'GetFunction',
      'ListVersionsByFunction',
      'ListAliases',
      'ListTags',
      'UpdateFunctionConfiguration',
    ],
    ...notFound,
    text: `Function not found: ${FUNCTION_ARN}`,
  },
  {
    of: 'a missing version or alias',
    on: ['GetFunctionConfiguration'],
    ...notFound,
    text: `Function not found: ${FUNCTION_ARN}:live`,
  },
  {
    of: '$latest in lower case',
    on: ['GetFunctionConfiguration'],
    ...notFound,
    text: `Function not found: ${FUNCTION_ARN}:$latest`,
  },
  {
    of: 'an ARN of another region',
    on: ['GetFunctionConfiguration'],
    ...notFound,
    text: "Functions from 'eu-west-1' are not reachable in this region ('us-east-1')",
  },
  {
    of: 'two different qualifiers',
    on: ['GetFunctionConfiguration'],
    ...invalid,
    text: 'The derived qualifier from the function name does not match the specified qualifier.',
    code: 'INVALID_REQUEST',
  },
  { of: 'a malformed name', on: ['GetFunctionConfiguration'], ...malformed, text: NAME_PATTERN },
  {
    of: 'a name of 65 characters',
    on: ['CreateFunction'],
    ...invalid,
    text: "1 validation error detected: Value at 'functionName' failed to satisfy constraint: Member must have length less than or equal to 64",
    code: 'INVALID_REQUEST',
  },
  {
    of: 'a role that is not an ARN',
    on: ['CreateFunction'],
    ...malformed,
    text: "1 validation error detected: Value 'r1' at 'role' failed to satisfy constraint: Member must satisfy regular expression pattern: arn:(aws[a-zA-Z-]*)?:iam::",
  },
  {
    of: 'tags of an alias',
    on: ['ListTags'],
    ...invalid,
    text: 'Tags on function aliases and versions are not supported. Please specify a function ARN.',
    code: 'INVALID_REQUEST',
  },
  {
    of: 'code that has changed since it was read',
    on: ['PublishVersion'],
    ...invalid,
    text: 'CodeSHA256 (X) is different from current CodeSHA256 in $LATEST (Y). Please try again with the CodeSHA256 in $LATEST.',
    code: 'INVALID_REQUEST',
  },
  {
    of: 'a missing alias',
    on: ['UpdateAlias'],
    ...notFound,
    text: `Alias not found: ${FUNCTION_ARN}:live`,
  },
  {
    of: 'an alias to a missing version',
    on: ['UpdateAlias'],
    ...notFound,
    text: `Function not found: ${FUNCTION_ARN}:10`,
  },
  {
    of: 'a second weight on the same version',
    on: ['UpdateAlias'],
    ...invalid,
    text: 'Invalid function version 1. Function version 1 is already included in routing configuration.',
    code: 'INVALID_REQUEST',
  },
  {
    of: 'a runtime past its block date',
    on: ['UpdateFunctionConfiguration', 'CreateFunction'],
    ...invalid,
    text: 'The runtime parameter of nodejs12.x is no longer supported for creating or updating AWS Lambda functions.',
    code: 'RUNTIME_BLOCKED',
  },
  {
    of: 'an expired token',
    on: ['GetFunctionConfiguration', 'GetFunction', 'UpdateFunctionConfiguration'],
    status: 403,
    name: 'ExpiredTokenException',
    text: 'The security token included in the request is expired',
    code: 'EXPIRED_CREDENTIALS',
  },
  {
    of: 'keys that are not known, or a region that is not enabled',
    on: ['GetFunctionConfiguration', 'UpdateFunctionConfiguration'],
    status: 403,
    name: 'UnrecognizedClientException',
    text: 'The security token included in the request is invalid.',
    code: 'INVALID_CREDENTIALS',
  },
]

describe('a refusal is met once, named, and repeated in AWS’s words', () => {
  const rows = ROWS.flatMap(({ on, ...row }) => on.map((operation) => ({ ...row, operation })))
  test.each(rows)('$operation: $of → $code', async ({ operation, status, name, text, code }) => {
    aws().answers(lambdaError(status, name, text))
    const access = openAccess()
    const failure = await failureOf(CALLS[operation](await access.lambda()))
    expect(failure.code).toBe(code)
    expect(failure.message).toContain(text)
    expect(failure.aws).toEqual({ service: 'lambda', operation, code: name, status, requestId: REQUEST_ID })
    expect(aws().sent).toHaveLength(1)
    expect(access.clock.slept).toEqual([])
  })
})

describe('access denied', () => {
  const sentence = `User: arn:aws:sts::${ACCOUNT}:assumed-role/R/S is not authorized to perform: lambda:GetFunctionConfiguration on resource: ${FUNCTION_ARN}`
  const denials: Array<[text: string, scp: boolean]> = [
    [`${sentence} because no identity-based policy allows the lambda:GetFunctionConfiguration action`, false],
    [`${sentence} with an explicit deny in an identity-based policy`, false],
    [`${sentence} with an explicit deny in a permissions boundary`, false],
    [`${sentence} with an explicit deny in a session policy`, false],
    [`${sentence} because no session policy allows the lambda:GetFunctionConfiguration action`, false],
    [`${sentence} with an explicit deny`, true],
    [`${sentence} with an explicit deny in a service control policy`, true],
    [
      `${sentence} with an explicit deny in a service control policy: arn:aws:organizations::111122223333:policy/o-1/service_control_policy/p-1`,
      true,
    ],
    [`${sentence} because no service control policy allows the lambda:GetFunctionConfiguration action`, true],
  ]
  test.each(denials)('%s', async (text, scp) => {
    aws().answers(lambdaError(403, 'AccessDeniedException', text))
    const failure = await failureOf((await openAccess().lambda()).getFunction('orders'))
    expect(failure.code).toBe('ACCESS_DENIED')
    expect(failure.message).toBe(`Access denied: ${text}`)
    expect(failure.aws?.denial).toBe(scp ? 'scp' : undefined)
    expect(aws().sent).toHaveLength(1)
  })

  const silent: Array<[what: string, body: unknown]> = [
    ['null', { Message: null }],
    ['empty', { message: '' }],
    ['absent, as for a role of another account', {}],
    ['absent with the body', ''],
  ]
  test.each(silent)('without a reason (%s) names the call', async (_, body) => {
    const answer = lambdaError(403, 'AccessDeniedException', null)
    aws().answers({ ...answer, body })
    const failure = await failureOf(CALLS.CreateFunction(await openAccess().lambda()))
    expect(failure.message).toBe('Access denied: AWS gave no reason for lambda:CreateFunction')
    expect(failure.aws).toMatchObject({ code: 'AccessDeniedException', status: 403, requestId: REQUEST_ID })
  })
})
