/** BEHAVIOUR T, and W4, W7, W11, F2 and F3 of tagging: functions by their tags. */
import { TagResourceCommand } from '@aws-sdk/client-lambda'
import {
  GetResourcesCommand,
  type GetResourcesCommandInput,
  paginateGetResources,
} from '@aws-sdk/client-resource-groups-tagging-api'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { FaultRule } from '../../src/sandbox/server.js'
import { type Clients, refusal, sandboxClients } from './sandbox-clients.js'

const TAGS: Record<string, Record<string, string>> = {
  checkout: { team: 'orders', tier: 'gold' },
  invoices: { team: 'billing', tier: 'gold' },
  refunds: { team: 'billing', tier: 'silver' },
  reports: { team: 'billing', 'aws:cloudformation:stack-name': 'reporting' },
  sandboxed: { Team: 'orders', owner: '' },
  untagged: {},
}
const arnOf = (name: string) => `arn:aws:lambda:us-east-1:123456789012:function:${name}`

describe('T: tags', () => {
  let clients: Clients

  beforeEach(async () => {
    clients = await sandboxClients()
    const account = clients.sandbox.world.account()
    const role = account.addRole({ name: 'worker' }).arn
    for (const [name, tags] of Object.entries(TAGS).reverse()) {
      account.region('us-east-1').addFunction({ name, role, tags, versions: [{}] })
    }
    account.region('eu-west-1').addFunction({ name: 'european', role, tags: { team: 'orders' } })
  })
  afterEach(() => clients.close())

  const get = (input: GetResourcesCommandInput = {}) => clients.tagging().send(new GetResourcesCommand(input))
  const names = async (input: GetResourcesCommandInput = {}) =>
    (await get(input)).ResourceTagMappingList?.map(({ ResourceARN }) => ResourceARN?.split(':').at(-1))
  const raw = (init: { headers?: Record<string, string>; body?: string }) =>
    fetch(clients.sandbox.url, {
      method: 'POST',
      ...init,
      headers: { 'content-type': 'application/x-amz-json-1.1', ...init.headers },
    })
  const authorization = 'AWS4-HMAC-SHA256 Credential=AKIA123456789012TEST/20260601/us-east-1/tagging/aws4_request'
  const target = (operation: string) => ({ 'x-amz-target': `ResourceGroupsTaggingAPI_20170126.${operation}` })

  it('T1 lists tagged functions of the region with their tags', async () => {
    const { ResourceTagMappingList, PaginationToken } = await get()
    expect(PaginationToken).toBe('')
    expect(ResourceTagMappingList?.map(({ ResourceARN }) => ResourceARN)).toEqual(
      ['checkout', 'invoices', 'refunds', 'reports', 'sandboxed'].map(arnOf),
    )
    expect(ResourceTagMappingList?.[0]?.Tags).toEqual([
      { Key: 'team', Value: 'orders' },
      { Key: 'tier', Value: 'gold' },
    ])
    const european = await clients.tagging('eu-west-1').send(new GetResourcesCommand({}))
    expect(european.ResourceTagMappingList?.map(({ ResourceARN }) => ResourceARN)).toEqual([
      'arn:aws:lambda:eu-west-1:123456789012:function:european',
    ])
    const empty = await clients.tagging('sa-east-1').send(new GetResourcesCommand({}))
    expect(empty).toMatchObject({ PaginationToken: '', ResourceTagMappingList: [] })
  })

  it('T1 follows tags that are set by Lambda', async () => {
    const Tags = { team: 'platform' }
    await clients.lambda().send(new TagResourceCommand({ Resource: arnOf('untagged'), Tags }))
    expect(await names({ TagFilters: [{ Key: 'team', Values: ['platform'] }] })).toEqual(['untagged'])
  })

  it.each([
    [['lambda:function'], 5],
    [['lambda'], 5],
    [['s3', 'lambda:function'], 5],
    [[], 5],
    [['s3:bucket'], 0],
    [['lambda:event-source-mapping'], 0],
  ])('T2 filters by the types %j: %i', async (ResourceTypeFilters, count) => {
    expect(await names({ ResourceTypeFilters })).toHaveLength(count)
  })

  it.each<[GetResourcesCommandInput['TagFilters'], string[]]>([
    [[{ Key: 'team', Values: ['billing'] }], ['invoices', 'refunds', 'reports']],
    [[{ Key: 'team', Values: ['orders', 'billing'] }], ['checkout', 'invoices', 'refunds', 'reports']],
    [
      [
        { Key: 'team', Values: ['billing'] },
        { Key: 'tier', Values: ['gold', 'bronze'] },
      ],
      ['invoices'],
    ],
    [[{ Key: 'tier' }], ['checkout', 'invoices', 'refunds']],
    [
      [{ Key: 'tier', Values: [] }, { Key: 'team' }],
      ['checkout', 'invoices', 'refunds'],
    ],
    [[{ Key: 'Team', Values: ['orders'] }], ['sandboxed']],
    [[{ Key: 'owner' }], ['sandboxed']],
    [[{ Key: 'team', Values: ['Billing'] }], []],
    [[{ Key: 'aws:cloudformation:stack-name', Values: ['reporting'] }], ['reports']],
    [[{ Key: 'toString' }], []],
  ])('T3 filters by %j', async (TagFilters, found) => {
    expect(await names({ TagFilters })).toEqual(found)
  })

  it('T4 pages by ResourcesPerPage, 50 without it', async () => {
    const region = clients.sandbox.world.account().region('us-west-2')
    for (let index = 0; index < 120; index += 1) {
      region.addFunction({ name: `fn-${index}`, role: 'arn:aws:iam::123456789012:role/r', tags: { n: String(index) } })
    }
    const pages = async (input: GetResourcesCommandInput) => {
      const found: number[] = []
      const seen = new Set<string | undefined>()
      for await (const page of paginateGetResources({ client: clients.tagging('us-west-2') }, input)) {
        found.push(page.ResourceTagMappingList?.length ?? 0)
        for (const { ResourceARN } of page.ResourceTagMappingList ?? []) seen.add(ResourceARN)
      }
      return [...found, seen.size]
    }
    expect(await pages({})).toEqual([50, 50, 20, 120])
    expect(await pages({ ResourcesPerPage: 100 })).toEqual([100, 20, 120])
    expect(await pages({ ResourcesPerPage: 60 })).toEqual([60, 60, 120])
    expect(await pages({ TagFilters: [{ Key: 'n', Values: ['7', '77'] }], ResourcesPerPage: 1 })).toEqual([1, 1, 2])
  })

  it('T4 lets tokens expire', async () => {
    const { PaginationToken } = await get({ ResourcesPerPage: 2 })
    clients.clock.advance(15 * 60_000)
    expect(await names({ ResourcesPerPage: 2, PaginationToken })).toEqual(['refunds', 'reports'])
    clients.clock.advance(1)
    expect(await refusal(get({ PaginationToken }))).toMatchObject({
      name: 'PaginationTokenExpiredException',
      status: 400,
    })
  })

  it.each<GetResourcesCommandInput>([
    { ResourcesPerPage: 0 },
    { ResourcesPerPage: 101 },
    { PaginationToken: 'nonsense' },
    { TagFilters: [{ Values: ['orders'] }] },
    { TagFilters: Array.from({ length: 51 }, (_, index) => ({ Key: `k${index}` })) },
    { TagFilters: [{ Key: 'team', Values: Array.from({ length: 21 }, (_, index) => `v${index}`) }] },
    { ResourceARNList: [arnOf('checkout')] },
    { TagsPerPage: 100 },
  ])('T5 refuses %j', async (input) => {
    expect(await refusal(get(input))).toMatchObject({ name: 'InvalidParameterException', status: 400 })
  })

  it('W11 writes errors as JSON 1.1 with the code in the body', async () => {
    clients.sandbox.faults.push({ match: { service: 'tagging' }, kind: 'throttle' })
    const answer = await raw({ headers: { authorization, ...target('GetResources') }, body: '{}' })
    expect([answer.status, answer.headers.get('content-type')]).toEqual([400, 'application/x-amz-json-1.1'])
    expect(await answer.text()).toBe('{"__type":"ThrottledException","Message":"Rate exceeded"}')
  })

  it('W4 and W7 refuse what is not signed or not known', async () => {
    const unsigned = await raw({ headers: target('GetResources'), body: '{}' })
    expect([unsigned.status, await unsigned.json()]).toEqual([
      400,
      { __type: 'MissingAuthenticationTokenException', message: 'Missing Authentication Token' },
    ])
    for (const headers of [target('TagResources'), { 'x-amz-target': 'Other_1.GetResources' }, {}]) {
      const unknown = await raw({ headers: { authorization, ...headers }, body: '{}' })
      expect([unknown.status, await unknown.json()]).toEqual([400, { __type: 'UnknownOperationException' }])
    }
  })

  const USER = 'User: arn:aws:iam::123456789012:user/operator is not authorized to perform: tag:GetResources'

  it.each<[kind: FaultRule['kind'], name: string, status: number, message: string]>([
    [
      'access-denied',
      'AccessDeniedException',
      400,
      `${USER} because no identity-based policy allows the tag:GetResources action`,
    ],
    ['explicit-deny', 'AccessDeniedException', 400, `${USER} with an explicit deny in an identity-based policy`],
    ['scp-deny', 'AccessDeniedException', 400, `${USER} with an explicit deny in a service control policy`],
    ['region-off', 'UnrecognizedClientException', 400, 'The security token included in the request is invalid.'],
    ['expired-token', 'ExpiredTokenException', 400, 'The security token included in the request is expired'],
    ['throttle', 'ThrottledException', 400, 'Rate exceeded'],
    ['http-500', 'InternalServiceException', 500, 'The request processing failed.'],
    ['http-503', 'ServiceUnavailableException', 503, 'Service is unavailable'],
  ])('F2 and F3 answer %s as %s %i', async (kind, name, status, message) => {
    clients.sandbox.faults.push({ match: { service: 'tagging', operation: 'GetResources', write: false }, kind })
    expect(await refusal(get())).toEqual({ name, status, message })
  })
})
