/** BEHAVIOUR G, and W4, W7, W11, W12, F2 and F3 of Account Management and EC2: which regions an account may use. */
import { ListRegionsCommand, type ListRegionsCommandInput, paginateListRegions } from '@aws-sdk/client-account'
import { DescribeRegionsCommand, type DescribeRegionsCommandInput } from '@aws-sdk/client-ec2'
import { ListRolesCommand } from '@aws-sdk/client-iam'
import { ListFunctionsCommand } from '@aws-sdk/client-lambda'
import { GetResourcesCommand } from '@aws-sdk/client-resource-groups-tagging-api'
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { FaultRule } from '../../src/sandbox/server.js'
import { type Clients, KEYS, refusal, sandboxClients } from './sandbox-clients.js'

const OPT_IN = ['af-south-1', 'ap-east-1', 'me-south-1']
const INVALID_TOKEN = 'The security token included in the request is invalid.'

describe('G: regions', () => {
  let clients: Clients

  beforeEach(async () => {
    clients = await sandboxClients()
  })
  afterEach(() => clients.close())

  const account = () => clients.sandbox.world.account()
  const list = (input: ListRegionsCommandInput = {}) => clients.account().send(new ListRegionsCommand(input))
  const listed = async (...RegionOptStatusContains: NonNullable<ListRegionsCommandInput['RegionOptStatusContains']>) =>
    (await list({ RegionOptStatusContains, MaxResults: 50 })).Regions?.map((region) => region.RegionName)
  const describeRegions = (input: DescribeRegionsCommandInput = {}) =>
    clients.ec2().send(new DescribeRegionsCommand(input))
  const described = async (input: DescribeRegionsCommandInput = {}) =>
    (await describeRegions(input)).Regions?.map((region) => region.RegionName)

  it('G1 has 17 regions always on and 17 to opt into', async () => {
    const on = await listed('ENABLED_BY_DEFAULT')
    const off = await listed('DISABLED')
    expect([on?.length, off?.length]).toEqual([17, 17])
    expect(on).toEqual(expect.arrayContaining(['us-east-1', 'eu-west-1', 'ap-northeast-3']))
    expect(off).toEqual(expect.arrayContaining(OPT_IN))
    expect(await listed('ENABLED', 'ENABLING', 'DISABLING')).toEqual([])
  })

  it('G1 opts in and out, account by account', async () => {
    account().enableRegions('me-south-1', 'ap-east-1', 'us-east-1')
    expect(await listed('ENABLED')).toEqual(['ap-east-1', 'me-south-1'])
    expect(await listed('ENABLED', 'ENABLED_BY_DEFAULT')).toHaveLength(19)
    account().disableRegions('ap-east-1')
    account().optIns.set('af-south-1', 'ENABLING')
    expect([await listed('ENABLED'), await listed('ENABLING')]).toEqual([['me-south-1'], ['af-south-1']])
    const other = clients.account('us-east-1', { ...KEYS, accessKeyId: 'AKIA111111111111TEST' })
    expect(await other.send(new ListRegionsCommand({ RegionOptStatusContains: ['ENABLED'] }))).toMatchObject({
      Regions: [],
    })
  })

  it('G2 pages by MaxResults, 20 without it', async () => {
    const pages = async (pageSize?: number) => {
      const found: number[] = []
      const names: Array<string | undefined> = []
      for await (const { Regions } of paginateListRegions({ client: clients.account(), pageSize }, {})) {
        found.push(Regions?.length ?? 0)
        names.push(...(Regions ?? []).map((region) => region.RegionName))
      }
      expect(names).toEqual([...names].sort())
      return [...found, new Set(names).size]
    }
    expect(await pages()).toEqual([20, 14, 34])
    expect(await pages(50)).toEqual([34, 34])
    expect(await pages(17)).toEqual([17, 17, 34])
    expect((await list({ MaxResults: 50 })).NextToken).toBeUndefined()
  })

  it.each([
    { MaxResults: 0 },
    { MaxResults: 51 },
    { NextToken: 'nonsense' },
    { RegionOptStatusContains: ['ON' as 'ENABLED'] },
  ])('G2 refuses %j', async (input) => {
    expect(await refusal(list(input))).toMatchObject({ name: 'ValidationException', status: 400 })
  })

  it('G2 refuses another account, and answers in any region', async () => {
    expect(await refusal(list({ AccountId: '111111111111' }))).toMatchObject({
      name: 'AccessDeniedException',
      status: 403,
    })
    const { Regions } = await clients.account('eu-west-1').send(new ListRegionsCommand({}))
    expect(Regions?.[0]).toEqual({ RegionName: 'af-south-1', RegionOptStatus: 'DISABLED' })
  })

  it('G3 has no Account Management outside aws and aws-cn, where EC2 answers', async () => {
    const inPartition = async (region: string, id: string) => {
      const keys = { ...KEYS, accessKeyId: `AKIA${id}TEST` }
      const { Regions } = await clients.ec2(region, keys).send(new DescribeRegionsCommand({}))
      const listing = clients.account(region, keys).send(new ListRegionsCommand({}))
      return { listing, names: Regions?.map((found) => found.RegionName), endpoint: Regions?.[0]?.Endpoint }
    }
    const gov = await inPartition('us-gov-west-1', '222222222222')
    expect(gov.names).toEqual(['us-gov-east-1', 'us-gov-west-1'])
    expect(await refusal(gov.listing)).toMatchObject({ name: 'UnknownOperationException', status: 404 })
    const china = await inPartition('cn-north-1', '333333333333')
    expect(china.endpoint).toBe('ec2.cn-north-1.amazonaws.com.cn')
    expect((await china.listing).Regions).toEqual([
      { RegionName: 'cn-north-1', RegionOptStatus: 'ENABLED_BY_DEFAULT' },
      { RegionName: 'cn-northwest-1', RegionOptStatus: 'ENABLED_BY_DEFAULT' },
    ])
  })

  it('G4 describes the regions that can be used, or all', async () => {
    account().enableRegions('ap-east-1')
    expect(await described()).toHaveLength(18)
    expect(await described({ AllRegions: false })).toHaveLength(18)
    expect(await described({ AllRegions: true })).toHaveLength(34)
    const { Regions } = await describeRegions({ RegionNames: ['us-east-1', 'ap-east-1', 'me-south-1'] })
    expect(Regions).toEqual([
      { RegionName: 'ap-east-1', Endpoint: 'ec2.ap-east-1.amazonaws.com', OptInStatus: 'opted-in' },
      { RegionName: 'me-south-1', Endpoint: 'ec2.me-south-1.amazonaws.com', OptInStatus: 'not-opted-in' },
      { RegionName: 'us-east-1', Endpoint: 'ec2.us-east-1.amazonaws.com', OptInStatus: 'opt-in-not-required' },
    ])
  })

  it('G4 filters, and refuses what it does not know', async () => {
    account().enableRegions('ap-east-1')
    const by = (Name: string, ...Values: string[]) => ({ Name, Values })
    expect(await described({ Filters: [by('opt-in-status', 'opted-in')] })).toEqual(['ap-east-1'])
    expect(await described({ Filters: [by('opt-in-status', 'opted-in', 'opt-in-not-required')] })).toHaveLength(18)
    const both = [by('region-name', 'us-east-1', 'ap-east-1'), by('opt-in-status', 'opt-in-not-required')]
    expect(await described({ AllRegions: true, Filters: both })).toEqual(['us-east-1'])
    expect(await described({ Filters: [by('endpoint', 'ec2.eu-west-1.amazonaws.com')] })).toEqual(['eu-west-1'])
    const invalid = { name: 'InvalidParameterValue', status: 400 }
    expect(await refusal(describeRegions({ Filters: [by('zone', 'a')] }))).toMatchObject(invalid)
    expect(await refusal(describeRegions({ RegionNames: ['us-east-99'] }))).toMatchObject(invalid)
  })

  it('G5 refuses Lambda and tagging in a disabled region, and no other service', async () => {
    const calls = (region: string) => [
      clients.lambda(region).send(new ListFunctionsCommand({})),
      clients.tagging(region).send(new GetResourcesCommand({})),
    ]
    const [lambda, tagging] = await Promise.all(calls('ap-east-1').map(refusal))
    expect(lambda).toEqual({ name: 'UnrecognizedClientException', status: 403, message: INVALID_TOKEN })
    expect(tagging).toEqual({ name: 'UnrecognizedClientException', status: 400, message: INVALID_TOKEN })
    expect(clients.sandbox.calls.map(({ operation, errorCode }) => `${operation} ${errorCode}`).sort()).toEqual([
      'GetResources UnrecognizedClientException',
      'ListFunctions UnrecognizedClientException',
    ])
    await clients.iam('ap-east-1').send(new ListRolesCommand({}))
    await clients.sts('ap-east-1').send(new GetCallerIdentityCommand({}))
    await clients.ec2('ap-east-1').send(new DescribeRegionsCommand({}))
    account().enableRegions('ap-east-1')
    account().optIns.set('me-south-1', 'DISABLING')
    for (const region of ['ap-east-1', 'me-south-1', 'us-east-1', 'xx-unheard-1']) await Promise.all(calls(region))
  })

  it('G5 lets faults speak first, and keeps what is in the region', async () => {
    const region = account().region('ap-east-1')
    region.addFunction({ name: 'fn', role: 'arn:aws:iam::123456789012:role/r' })
    const functions = () => clients.lambda('ap-east-1').send(new ListFunctionsCommand({}))
    clients.sandbox.faults.push({ match: { region: 'ap-east-1' }, kind: 'scp-deny', times: 1 })
    expect(await refusal(functions())).toMatchObject({ name: 'AccessDeniedException' })
    expect(await refusal(functions())).toMatchObject({ name: 'UnrecognizedClientException' })
    account().enableRegions('ap-east-1')
    expect((await functions()).Functions).toHaveLength(1)
  })

  it('S3 leaves the snapshot as it is', async () => {
    account()
      .region('us-east-1')
      .addFunction({ name: 'fn', role: 'arn:aws:iam::1:role/r', tags: { team: 'a' } })
    const before = clients.sandbox.world.snapshot()
    await Promise.all([list(), describeRegions(), clients.tagging('eu-west-1').send(new GetResourcesCommand({}))])
    account().enableRegions('ap-east-1')
    expect(clients.sandbox.world.snapshot()).toEqual(before)
  })

  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  const signed = (service: string) => ({
    authorization: `AWS4-HMAC-SHA256 Credential=AKIA123456789012TEST/20260601/us-east-1/${service}/aws4_request`,
  })
  const post = (path: string, headers: Record<string, string>, body: string) =>
    fetch(clients.sandbox.url + path, { method: 'POST', headers, body })

  it('W11 writes errors of Account Management without a Type', async () => {
    const answer = await post('/listRegions', signed('account'), '{"AccountId":"111111111111"}')
    expect([answer.status, answer.headers.get('x-amzn-errortype')]).toEqual([403, 'AccessDeniedException'])
    expect(Object.keys((await answer.json()) as object)).toEqual(['message'])
  })

  it('W12 writes EC2’s own XML', async () => {
    const query = 'Action=DescribeRegions&Version=2016-11-15&RegionName.1=us-east-1'
    const answer = await post('/', { ...form, ...signed('ec2') }, query)
    expect(await answer.text()).toMatch(
      /^<\?xml version="1.0" encoding="UTF-8"\?>\n<DescribeRegionsResponse xmlns="http:\/\/ec2.amazonaws.com\/doc\/2016-11-15\/"><requestId>[0-9a-f-]{36}<\/requestId><regionInfo><item><regionName>us-east-1<\/regionName><regionEndpoint>ec2.us-east-1.amazonaws.com<\/regionEndpoint><optInStatus>opt-in-not-required<\/optInStatus><\/item><\/regionInfo><\/DescribeRegionsResponse>$/,
    )
    const refused = await post('/', { ...form, ...signed('ec2') }, 'Action=RunInstances&Version=2016-11-15')
    expect([refused.status, await refused.text()]).toEqual([
      400,
      expect.stringMatching(
        /<Response><Errors><Error><Code>InvalidAction<\/Code><Message>.+<\/Message><\/Error><\/Errors><RequestID>[0-9a-f-]{36}<\/RequestID><\/Response>$/,
      ),
    ])
  })

  it('W4 and W7 refuse what is not signed or not known', async () => {
    const listing = await post('/listRegions', {}, '{}')
    expect([listing.status, listing.headers.get('x-amzn-errortype')]).toEqual([
      403,
      'MissingAuthenticationTokenException',
    ])
    const ec2 = await post('/', form, 'Action=DescribeRegions&Version=2016-11-15')
    expect([ec2.status, await ec2.text()]).toEqual([400, expect.stringContaining('<Code>MissingParameter</Code>')])
    expect((await post('/getRegionOptStatus', signed('account'), '{}')).status).toBe(404)
  })

  const user = 'User: arn:aws:iam::123456789012:user/operator is not authorized to perform:'
  const denied = 'because no identity-based policy allows the'

  it.each<[kind: FaultRule['kind'], account: string, ec2: string]>([
    [
      'access-denied',
      `403 AccessDeniedException: ${user} account:ListRegions ${denied} account:ListRegions action`,
      `403 UnauthorizedOperation: You are not authorized to perform this operation. ${user} ec2:DescribeRegions ${denied} ec2:DescribeRegions action`,
    ],
    [
      'scp-deny',
      `403 AccessDeniedException: ${user} account:ListRegions with an explicit deny in a service control policy`,
      `403 UnauthorizedOperation: You are not authorized to perform this operation. ${user} ec2:DescribeRegions with an explicit deny in a service control policy`,
    ],
    [
      'region-off',
      `403 UnrecognizedClientException: ${INVALID_TOKEN}`,
      '401 AuthFailure: AWS was not able to validate the provided access credentials',
    ],
    [
      'expired-token',
      '403 ExpiredTokenException: The security token included in the request is expired',
      '400 RequestExpired: Request has expired.',
    ],
    ['throttle', '429 TooManyRequestsException: Rate exceeded', '503 RequestLimitExceeded: Request limit exceeded.'],
    [
      'http-500',
      '500 InternalServerException: An internal error occurred.',
      '500 InternalError: An internal error has occurred',
    ],
    [
      'http-503',
      '503 ServiceUnavailableException: Service is unavailable',
      '503 Unavailable: The service is unavailable. Please try again shortly.',
    ],
  ])('F2 and F3 answer %s', async (kind, ofAccount, ofEc2) => {
    clients.sandbox.faults.push({ match: { operation: ['ListRegions', 'DescribeRegions'], write: false }, kind })
    const words = async (call: Promise<unknown>) => {
      const { status, name, message } = await refusal(call)
      return `${status} ${name}: ${message}`
    }
    expect(await words(list())).toBe(ofAccount)
    expect(await words(describeRegions())).toBe(ofEc2)
  })
})
