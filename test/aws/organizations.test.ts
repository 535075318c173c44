/** The accounts of an organization: every page of them, by the state that AWS tells, and who may not ask. */
import { describe, expect, test } from 'vitest'
import type { MemberAccount } from '../../src/aws/gateways.js'
import { openAccess } from './support/access.js'
import { ACCOUNT, REQUEST_ID } from './support/answers.js'
import { ownEnvironment } from './support/environment.js'
import { failureOf } from './support/failure.js'
import { type Answer, fakeAws } from './support/fake-aws.js'

ownEnvironment()
const aws = fakeAws()

const HEADERS = { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': REQUEST_ID }
const page = (Accounts: object[], NextToken?: string): Answer => ({
  status: 200,
  body: { Accounts, ...(NextToken !== undefined && { NextToken }) },
  headers: HEADERS,
})
const refusal = (status: number, code: string, Message: string): Answer => ({
  status,
  body: { __type: code, Message },
  headers: HEADERS,
})

/** As AWS answers, the retired Status beside State. */
const account = (Id: string, more: object = {}) => ({
  Id,
  Arn: `arn:aws:organizations::${ACCOUNT}:account/o-exampleorg/${Id}`,
  Email: `${Id}@example.com`,
  Name: `account ${Id}`,
  Status: 'ACTIVE',
  State: 'ACTIVE',
  JoinedMethod: 'CREATED',
  JoinedTimestamp: 1672531200.123,
  ...more,
})

async function listed(access = openAccess(), partition = 'aws'): Promise<MemberAccount[][]> {
  const pages: MemberAccount[][] = []
  for await (const one of (await access.aws.organizations(partition)).listAccounts()) pages.push(one)
  return pages
}

test('twenty a page, to the last one: an empty page in the middle is not the end', async () => {
  aws().answers(page([account('1')], 't1'), page([], 't2'), page([account('2')]))
  expect(await listed()).toEqual([
    [{ id: '1', name: 'account 1', state: 'ACTIVE' }],
    [],
    [{ id: '2', name: 'account 2', state: 'ACTIVE' }],
  ])
  expect(aws().sent).toEqual(
    [{}, { NextToken: 't1' }, { NextToken: 't2' }].map((token) => ({
      method: 'POST',
      host: 'organizations.us-east-1.amazonaws.com',
      path: '/',
      query: {},
      body: { MaxResults: 20, ...token },
    })),
  )
})

describe('the state', () => {
  const states: Array<[what: string, fields: object, state: string]> = [
    ['is State where Status says another', { State: 'CLOSED', Status: 'SUSPENDED' }, 'CLOSED'],
    ['may be one that is not known yet', { State: 'MOVING', Status: 'ACTIVE' }, 'MOVING'],
    ['is Status where there is no State', { State: undefined, Status: 'SUSPENDED' }, 'SUSPENDED'],
    ['is unknown where there is neither', { State: undefined, Status: undefined }, 'UNKNOWN'],
  ]
  test.each(states)('%s', async (_, fields, state) => {
    aws().answers(page([account('1', fields)]))
    expect((await listed()).flat()).toEqual([{ id: '1', name: 'account 1', state }])
  })
})

const homes: Array<[partition: string, host: string, region: string]> = [
  ['aws', 'organizations.us-east-1.amazonaws.com', 'us-east-1'],
  ['aws-cn', 'organizations.cn-northwest-1.amazonaws.com.cn', 'cn-northwest-1'],
  ['aws-us-gov', 'organizations.us-gov-west-1.amazonaws.com', 'us-gov-west-1'],
]
test.each(homes)('of %s is asked and signed for at its home', async (partition, host, region) => {
  aws().answers(page([]))
  await listed(openAccess(), partition)
  expect(aws().sent[0]?.host).toBe(host)
  expect(aws().signed[0]).toMatchObject({ region, service: 'organizations' })
})

test('a page that is throttled, with status 400 as it is here, is asked for again', async () => {
  const throttled = refusal(400, 'TooManyRequestsException', 'AWS Organizations can’t complete your request because …')
  aws().answers(page([account('1')], 't1'), throttled, throttled, page([account('2')]))
  const access = openAccess()
  expect((await listed(access)).flat()).toHaveLength(2)
  expect(access.clock.slept).toEqual([200, 400])
})

describe('who may not ask', () => {
  test('another account than the management account hears whom to ask', async () => {
    aws().answers(refusal(400, 'AccessDeniedException', "You don't have permissions to access this resource."))
    const failure = await failureOf(listed())
    expect(failure).toMatchObject({ code: 'ACCESS_DENIED', exit: 'refused' })
    expect(failure.message).toBe(
      "The accounts of the organization cannot be listed: Access denied: You don't have permissions to access this resource.",
    )
    expect(failure.suggestions).toEqual([
      expect.stringContaining('management account, or of a delegated administrator'),
      expect.stringContaining('--account'),
    ])
    expect(failure.aws).toMatchObject({ service: 'organizations', operation: 'ListAccounts', requestId: REQUEST_ID })
  })

  test('an account in no organization', async () => {
    const text = 'Your account is not a member of an organization.'
    aws().answers(refusal(400, 'AWSOrganizationsNotInUseException', text))
    const failure = await failureOf(listed())
    expect(failure).toMatchObject({ code: 'INVALID_REQUEST', exit: 'refused' })
    expect(failure.message).toBe(
      'The accounts of the organization cannot be listed: this account is in no organization',
    )
    expect(failure.suggestions).toEqual([expect.stringContaining('--account')])
  })

  test('denied behind the first page is thrown: half of the accounts are not all', async () => {
    aws().answers(page([account('1')], 't1'), refusal(400, 'AccessDeniedException', 'no'))
    expect((await failureOf(listed())).code).toBe('ACCESS_DENIED')
  })

  test('an expired token stays what it is', async () => {
    aws().answers(refusal(400, 'ExpiredTokenException', 'The security token included in the request is expired'))
    const failure = await failureOf(listed())
    expect(failure).toMatchObject({ code: 'EXPIRED_CREDENTIALS', exit: 'credentials' })
    expect(failure.message).toBe('organizations:ListAccounts: The security token included in the request is expired')
  })
})
