/** The writes of the IAM gateway: the exact forms, and every way IAM is known to refuse them. */
import { describe, expect, test } from 'vitest'
import type { IamGateway } from '../../src/aws/gateways.js'
import type { ErrorCode } from '../../src/errors.js'
import { openAccess } from './support/access.js'
import { ACCOUNT, REQUEST_ID, xml, xmlError } from './support/answers.js'
import { ownEnvironment } from './support/environment.js'
import { failureOf } from './support/failure.js'
import { fakeAws } from './support/fake-aws.js'

ownEnvironment()
const aws = fakeAws()

const XRAY = 'arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess'
const document = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], Resource: '*' }],
}
const CALLS = {
  AttachRolePolicy: (iam: IamGateway) => iam.attachPolicy('orders-role', XRAY),
  PutRolePolicy: (iam: IamGateway) => iam.putInlinePolicy('orders-role', 'xtrace+trace', document),
  DetachRolePolicy: (iam: IamGateway) => iam.detachPolicy('orders-role', XRAY),
  DeleteRolePolicy: (iam: IamGateway) => iam.deleteInlinePolicy('orders-role', 'xtrace+trace'),
}
type Operation = keyof typeof CALLS
const GRANTS: Operation[] = ['AttachRolePolicy', 'PutRolePolicy']
const ALL: Operation[] = [...GRANTS, 'DetachRolePolicy', 'DeleteRolePolicy']

const forms: Array<[operation: Operation, form: object]> = [
  ['AttachRolePolicy', { RoleName: 'orders-role', PolicyArn: XRAY }],
  ['PutRolePolicy', { RoleName: 'orders-role', PolicyName: 'xtrace+trace', PolicyDocument: JSON.stringify(document) }],
  ['DetachRolePolicy', { RoleName: 'orders-role', PolicyArn: XRAY }],
  ['DeleteRolePolicy', { RoleName: 'orders-role', PolicyName: 'xtrace+trace' }],
]
test.each(forms)('%s sends one form', async (operation, form) => {
  aws().answers(xml(operation))
  expect(await CALLS[operation](await openAccess().iam())).toBeUndefined()
  const body = { Action: operation, Version: '2010-05-08', ...form }
  expect(aws().sent).toEqual([{ method: 'POST', host: 'iam.amazonaws.com', path: '/', query: {}, body }])
  expect(aws().signed[0]).toMatchObject({ region: 'us-east-1', service: 'iam' })
})

interface Row {
  of: string
  on: Operation[]
  status: number
  name: string
  text: string
  code: ErrorCode
  scp?: true
}

const sentence = `User: arn:aws:sts::${ACCOUNT}:assumed-role/R/S is not authorized to perform: iam:AttachRolePolicy on resource: role orders-role`
const ROWS: Row[] = [
  {
    of: 'a missing role',
    on: GRANTS,
    status: 404,
    name: 'NoSuchEntity',
    text: 'The role with name orders-role cannot be found.',
    code: 'ROLE_NOT_FOUND',
  },
  {
    of: 'a missing policy: that says nothing about the role',
    on: ['AttachRolePolicy'],
    status: 404,
    name: 'NoSuchEntity',
    text: `Policy ${XRAY} does not exist or is not attachable.`,
    code: 'INVALID_REQUEST',
  },
  {
    of: 'a malformed ARN',
    on: ['AttachRolePolicy'],
    status: 400,
    name: 'ValidationError',
    text: 'Invalid ARN:  Could not be parsed!',
    code: 'INVALID_REQUEST',
  },
  {
    of: 'a policy that cannot be attached',
    on: ['AttachRolePolicy'],
    status: 400,
    name: 'PolicyNotAttachable',
    text: 'Cannot attach a service role policy to a customer role.',
    code: 'INVALID_REQUEST',
  },
  {
    of: 'a full role',
    on: ['AttachRolePolicy'],
    status: 409,
    name: 'LimitExceeded',
    text: 'Cannot exceed quota for PoliciesPerRole: 10',
    code: 'POLICY_QUOTA',
  },
  {
    of: 'inline policies that are too long',
    on: ['PutRolePolicy'],
    status: 409,
    name: 'LimitExceeded',
    text: 'Maximum policy size of 10240 bytes exceeded for role orders-role',
    code: 'POLICY_QUOTA',
  },
  {
    of: 'a malformed document',
    on: ['PutRolePolicy'],
    status: 400,
    name: 'MalformedPolicyDocument',
    text: 'Syntax errors in policy.',
    code: 'INVALID_REQUEST',
  },
  {
    of: 'a role that belongs to AWS',
    on: ALL,
    status: 400,
    name: 'UnmodifiableEntity',
    text: "Cannot perform the operation on the protected role 'orders-role' - this role is only modifiable by AWS",
    code: 'ROLE_UNMODIFIABLE',
  },
  {
    of: 'no permission',
    on: ALL,
    status: 403,
    name: 'AccessDenied',
    text: `${sentence} because no identity-based policy allows the iam:AttachRolePolicy action`,
    code: 'ACCESS_DENIED',
  },
  {
    of: 'an SCP',
    on: ALL,
    status: 403,
    name: 'AccessDenied',
    text: `${sentence} with an explicit deny in a service control policy`,
    code: 'ACCESS_DENIED',
    scp: true,
  },
  {
    of: 'an expired token',
    on: ALL,
    status: 403,
    name: 'ExpiredToken',
    text: 'The security token included in the request is expired',
    code: 'EXPIRED_CREDENTIALS',
  },
  {
    of: 'keys that are not known',
    on: ALL,
    status: 403,
    name: 'InvalidClientTokenId',
    text: 'The security token included in the request is invalid.',
    code: 'INVALID_CREDENTIALS',
  },
]

describe('a refusal is met once, named, and repeated in AWS’s words', () => {
  const rows = ROWS.flatMap(({ on, ...row }) => on.map((operation) => ({ ...row, operation })))
  test.each(rows)('$operation: $of → $code', async ({ operation, status, name, text, code, scp }) => {
    aws().answers(xmlError(status, name, text))
    const access = openAccess()
    const failure = await failureOf(CALLS[operation](await access.iam()))
    expect(failure.code).toBe(code)
    expect(failure.message).toContain(text)
    expect(failure.aws).toEqual({
      service: 'iam',
      operation,
      code: expect.stringMatching(new RegExp(`^${name}(Exception)?$`)),
      status,
      requestId: REQUEST_ID,
      ...(scp && { denial: 'scp' }),
    })
    expect(aws().sent).toHaveLength(1)
    expect(access.clock.slept).toEqual([])
  })
})

const absent: Array<[operation: Operation, text: string]> = [
  ['DetachRolePolicy', `Policy ${XRAY} was not found.`],
  ['DetachRolePolicy', 'The role with name orders-role cannot be found.'],
  ['DeleteRolePolicy', 'The role policy with name xtrace+trace cannot be found.'],
  ['DeleteRolePolicy', 'The role with name orders-role cannot be found.'],
]
test.each(absent)('%s of what is away already is done: %s', async (operation, text) => {
  aws().answers(xmlError(404, 'NoSuchEntity', text))
  expect(await CALLS[operation](await openAccess().iam())).toBeUndefined()
  expect(aws().sent).toHaveLength(1)
})
