/** BEHAVIOUR O, and W4, W11, F2 and F3 of Organizations: who is in the organization, and what becomes of its accounts. */
import { ListRolesCommand } from '@aws-sdk/client-iam'
import { ListFunctionsCommand } from '@aws-sdk/client-lambda'
import {
  type Account,
  DescribeOrganizationCommand,
  ListAccountsCommand,
  type ListAccountsCommandInput,
  paginateListAccounts,
} from '@aws-sdk/client-organizations'
import { GetResourcesCommand } from '@aws-sdk/client-resource-groups-tagging-api'
import { AssumeRoleCommand, type AssumeRoleCommandInput } from '@aws-sdk/client-sts'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { FaultRule } from '../../src/sandbox/server.js'
import type { Organization } from '../../src/sandbox/world/organization.js'
import { type Clients, keysOf, refusal, sandboxClients } from './sandbox-clients.js'

const MANAGEMENT = '123456789012'
const MEMBER = '111111111111'
const OTHER = '222222222222'
const DENIED = {
  name: 'AccessDeniedException',
  status: 400,
  message: "You don't have permissions to access this resource.",
}

describe('O: organizations', () => {
  let clients: Clients
  let organization: Organization

  beforeEach(async () => {
    clients = await sandboxClients()
    organization = clients.sandbox.world.createOrganization(MANAGEMENT, 'Headquarters')
    organization.addAccount({ id: MEMBER, name: 'Shop' })
  })
  afterEach(() => clients.close())

  const list = (input: ListAccountsCommandInput = {}, account = MANAGEMENT) =>
    clients.organizations('us-east-1', keysOf(account)).send(new ListAccountsCommand(input))
  const enter = (account: string, role: string, more: Partial<AssumeRoleCommandInput> = {}) =>
    clients
      .sts()
      .send(new AssumeRoleCommand({ RoleArn: `arn:aws:iam::${account}:role/${role}`, RoleSessionName: 's', ...more }))
  const functions = (account: string, region = 'us-east-1') =>
    clients.lambda(region, keysOf(account)).send(new ListFunctionsCommand({}))

  it('O1 gives a member the role by which the management account enters', async () => {
    const { AssumedRoleUser } = await enter(MEMBER, 'OrganizationAccountAccessRole')
    expect(AssumedRoleUser?.Arn).toBe(`arn:aws:sts::${MEMBER}:assumed-role/OrganizationAccountAccessRole/s`)
    const role = clients.sandbox.world.account(MEMBER).role('OrganizationAccountAccessRole')
    expect(role.managed).toEqual(['arn:aws:iam::aws:policy/AdministratorAccess'])
    expect(clients.sandbox.world.account(MANAGEMENT).roles.size).toBe(0)
    expect(() => clients.sandbox.world.createOrganization(OTHER)).toThrow('has an organization already')
  })

  it('O1 can name that role otherwise, guard it, or leave it out', async () => {
    organization.addAccount({ id: OTHER, name: 'Guarded', role: 'Auditor', externalId: 'e-1' })
    expect(await refusal(enter(OTHER, 'Auditor'))).toMatchObject({ name: 'AccessDenied' })
    expect((await enter(OTHER, 'Auditor', { ExternalId: 'e-1' })).Credentials).toBeDefined()
    expect(await refusal(enter(OTHER, 'OrganizationAccountAccessRole'))).toMatchObject({ name: 'AccessDenied' })
    const invited = organization.addAccount({ id: '333333333333', name: 'Bought', role: false })
    expect(invited.roles.size).toBe(0)
  })

  it('O2 lists accounts with their state, and the retired status', async () => {
    const states = ['SUSPENDED', 'CLOSED', 'PENDING_ACTIVATION', 'PENDING_CLOSURE'] as const
    for (const [index, state] of states.entries()) {
      organization.addAccount({ id: `44444444444${index}`, name: `Old ${index}`, state, joinedMethod: 'INVITED' })
    }
    const { Accounts, NextToken } = await list()
    expect(NextToken).toBeUndefined()
    expect(Accounts?.map(({ Id, Name, State, Status }) => [Id, Name, State, Status])).toEqual([
      [MANAGEMENT, 'Headquarters', 'ACTIVE', 'ACTIVE'],
      [MEMBER, 'Shop', 'ACTIVE', 'ACTIVE'],
      ['444444444440', 'Old 0', 'SUSPENDED', 'SUSPENDED'],
      ['444444444441', 'Old 1', 'CLOSED', 'SUSPENDED'],
      ['444444444442', 'Old 2', 'PENDING_ACTIVATION', 'SUSPENDED'],
      ['444444444443', 'Old 3', 'PENDING_CLOSURE', 'PENDING_CLOSURE'],
    ])
    expect(organization.id).toMatch(/^o-[a-z]{10}$/)
    expect(Accounts?.[1]).toEqual({
      Id: MEMBER,
      Arn: `arn:aws:organizations::${MANAGEMENT}:account/${organization.id}/${MEMBER}`,
      Email: `aws+${MEMBER}@example.com`,
      Name: 'Shop',
      State: 'ACTIVE',
      Status: 'ACTIVE',
      JoinedMethod: 'CREATED',
      JoinedTimestamp: new Date(Date.UTC(2026, 0, 15, 9, 30)),
    })
    expect(Accounts?.[2]?.JoinedMethod).toBe('INVITED')
  })

  it('O3 sends an empty page in the middle', async () => {
    for (let index = 0; index < 48; index += 1) {
      organization.addAccount({ id: String(500_000_000_000 + index), name: `Account ${index}` })
    }
    const pages: Account[][] = []
    for await (const { Accounts } of paginateListAccounts({ client: clients.organizations() }, {})) {
      pages.push(Accounts ?? [])
    }
    expect(pages.map((page) => page.length)).toEqual([20, 0, 20, 10])
    expect(pages.flat().map(({ Id }) => Id)).toEqual([...organization.members.keys()])
    const first = await list({ MaxResults: 7 })
    expect([first.Accounts?.length, (await list({ NextToken: first.NextToken })).Accounts?.length]).toEqual([7, 0])
  })

  it.each([
    [{ MaxResults: 0 }, 'MIN_VALUE_EXCEEDED'],
    [{ MaxResults: 21 }, 'MAX_VALUE_EXCEEDED'],
    [{ NextToken: 'nonsense' }, 'INVALID_NEXT_TOKEN'],
  ])('O4 refuses %j', async (input, Reason) => {
    await expect(list(input)).rejects.toMatchObject({ name: 'InvalidInputException', Reason })
  })

  it('O5 lets the management account and delegated administrators list', async () => {
    expect(await refusal(list({}, MEMBER))).toEqual(DENIED)
    organization.delegate(MEMBER)
    expect((await list({}, MEMBER)).Accounts).toHaveLength(2)
    expect(() => organization.delegate(OTHER)).toThrow(`${OTHER} is not in the organization`)
  })

  it('O6 knows accounts in no organization', async () => {
    const outside = {
      name: 'AWSOrganizationsNotInUseException',
      status: 400,
      message: 'Your account is not a member of an organization.',
    }
    expect(await refusal(list({}, OTHER))).toEqual(outside)
    const { organizations, close } = await sandboxClients()
    expect(await refusal(organizations().send(new DescribeOrganizationCommand({})))).toEqual(outside)
    await close()
  })

  it('O7 and O8 describe the organization to every member, in any region', async () => {
    const client = clients.organizations('eu-west-1', keysOf(MEMBER))
    const described = await client.send(new DescribeOrganizationCommand({}))
    expect(described.Organization).toMatchObject({
      Id: organization.id,
      Arn: `arn:aws:organizations::${MANAGEMENT}:organization/${organization.id}`,
      FeatureSet: 'ALL',
      MasterAccountArn: `arn:aws:organizations::${MANAGEMENT}:account/${organization.id}/${MANAGEMENT}`,
      MasterAccountId: MANAGEMENT,
      MasterAccountEmail: `aws+${MANAGEMENT}@example.com`,
    })
    expect((await clients.organizations('eu-west-1').send(new ListAccountsCommand({}))).Accounts).toHaveLength(2)
  })

  it('O9 refuses whatever a suspended account asks, and lets nobody in', async () => {
    await functions(MEMBER)
    organization.setState(MEMBER, 'SUSPENDED')
    expect(await refusal(functions(MEMBER))).toMatchObject({ name: 'AccessDeniedException', status: 403 })
    const roles = clients.iam('us-east-1', keysOf(MEMBER)).send(new ListRolesCommand({}))
    expect(await refusal(roles)).toMatchObject({ name: 'AccessDenied', status: 403 })
    expect(await refusal(enter(MEMBER, 'OrganizationAccountAccessRole'))).toMatchObject({ name: 'AccessDenied' })
    organization.setState(MEMBER, 'PENDING_CLOSURE')
    await functions(MEMBER)
    await enter(MEMBER, 'OrganizationAccountAccessRole')
  })

  it('O10 denies regions to an account, and no other', async () => {
    organization.addAccount({ id: OTHER, name: 'Free' })
    organization.denyRegions(MEMBER, 'eu-west-1')
    expect(await refusal(functions(MEMBER, 'eu-west-1'))).toEqual({
      name: 'AccessDeniedException',
      status: 403,
      message: `User: arn:aws:iam::${MEMBER}:user/operator is not authorized to perform: lambda:ListFunctions on resource: * with an explicit deny in a service control policy`,
    })
    const tagged = clients.tagging('eu-west-1', keysOf(MEMBER)).send(new GetResourcesCommand({}))
    expect(await refusal(tagged)).toMatchObject({ name: 'AccessDeniedException', status: 400 })
    await Promise.all([functions(MEMBER), functions(OTHER, 'eu-west-1')])
    await clients.iam('eu-west-1', keysOf(MEMBER)).send(new ListRolesCommand({}))
    clients.sandbox.world.account(MEMBER).disableRegions('eu-west-1')
    expect(await refusal(functions(MEMBER, 'eu-west-1'))).toMatchObject({ name: 'UnrecognizedClientException' })
    expect(() => organization.denyRegions(MANAGEMENT, 'eu-west-1')).toThrow('no service control policy binds')
  })

  it.each<[FaultRule['kind'], object]>([
    ['access-denied', DENIED],
    ['scp-deny', DENIED],
    ['throttle', { name: 'TooManyRequestsException', status: 400 }],
    ['expired-token', { name: 'ExpiredTokenException', status: 400 }],
    ['http-500', { name: 'ServiceException', status: 500 }],
  ])('F2 and F3 put %s as Organizations does', async (kind, answer) => {
    clients.sandbox.faults.push({ match: { operation: 'ListAccounts' }, kind })
    expect(await refusal(list())).toMatchObject(answer)
  })

  it('W4 and W11 refuse what is not signed, in JSON 1.1', async () => {
    const target = { 'x-amz-target': 'AWSOrganizationsV20161128.ListAccounts' }
    const answer = await fetch(clients.sandbox.url, { method: 'POST', headers: target, body: '{}' })
    expect([answer.status, answer.headers.get('content-type')]).toEqual([400, 'application/x-amz-json-1.1'])
    expect(await answer.json()).toMatchObject({ __type: 'MissingAuthenticationTokenException' })
  })
})
