/** BEHAVIOUR C, and F2 and F3 of AWS Config: what was recorded, and what queries see of it. */
import {
  DescribeConfigurationAggregatorSourcesStatusCommand,
  DescribeConfigurationAggregatorsCommand,
  paginateSelectAggregateResourceConfig,
  SelectAggregateResourceConfigCommand,
  SelectResourceConfigCommand,
  type SelectResourceConfigCommandInput,
} from '@aws-sdk/client-config-service'
import { TagResourceCommand, UpdateFunctionConfigurationCommand } from '@aws-sdk/client-lambda'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { FaultRule } from '../../src/sandbox/server.js'
import type { Aggregator } from '../../src/sandbox/world/aggregator.js'
import type { Region } from '../../src/sandbox/world/region.js'
import { type Clients, keysOf, refusal, sandboxClients } from './sandbox-clients.js'

const ACCOUNT = '123456789012'
const ROLE = `arn:aws:iam::${ACCOUNT}:role/worker`
const NOON = Date.UTC(2026, 4, 1, 12)
const FUNCTIONS = "WHERE resourceType = 'AWS::Lambda::Function'"

describe('C: AWS Config', () => {
  let clients: Clients
  let region: Region

  beforeEach(async () => {
    clients = await sandboxClients({ settings: { settleMs: 0, roleCheck: false } })
    region = clients.sandbox.world.account().region('us-east-1')
    const tags = { team: 'a', tier: 'gold' }
    region.addFunction({ name: 'orders', role: ROLE, mode: 'Active', description: "it's mine", tags })
    region.addFunction({ name: 'billing', role: ROLE, mode: 'PassThrough', memorySize: 1024, runtime: 'java21' })
    region.addFunction({ name: 'pictures', role: ROLE, packageType: 'Image', environment: { KEY: 's3cr3t' } })
    region.recorder.record(NOON)
  })
  afterEach(() => clients.close())

  const select = (Expression: string, more: Partial<SelectResourceConfigCommandInput> = {}) =>
    clients.config().send(new SelectResourceConfigCommand({ Expression, ...more }))
  const rows = async (Expression: string) =>
    (await select(Expression)).Results?.map((result): unknown => JSON.parse(result))
  const namesWhere = async (condition: string) =>
    ((await rows(`SELECT resourceName WHERE ${condition}`)) as Array<{ resourceName: string }>).map(
      ({ resourceName }) => resourceName,
    )

  it('C1 gives nothing where the recorder is off', async () => {
    const elsewhere = clients.config('eu-west-1').send(new SelectResourceConfigCommand({ Expression: `SELECT arn` }))
    expect((await elsewhere).Results).toEqual([])
    region.recorder.stop()
    expect(await rows('SELECT arn')).toEqual([])
  })

  it('C1 sees what happened later only when it has recorded again', async () => {
    const captured = () => rows('SELECT resourceName, configuration.tracingConfig.mode, configurationItemCaptureTime')
    const at = (name: string, time: string, mode?: string) => ({
      resourceName: name,
      ...(mode === undefined ? {} : { configuration: { tracingConfig: { mode } } }),
      configurationItemCaptureTime: time,
    })
    const [noon, later] = ['2026-05-01T12:00:00.000Z', '2026-05-01T13:00:00.000Z']
    const before = [at('billing', noon, 'PassThrough'), at('orders', noon, 'Active'), at('pictures', noon)]
    const TracingConfig = { Mode: 'Active' as const }
    await clients.lambda().send(new UpdateFunctionConfigurationCommand({ FunctionName: 'billing', TracingConfig }))
    region.remove('orders')
    region.addFunction({ name: 'new', role: ROLE })
    expect(await captured()).toEqual(before)
    region.recorder.record(NOON + 3_600_000)
    expect(await captured()).toEqual([at('billing', later, 'Active'), at('new', later), at('pictures', noon)])
    const Resource = region.arnOf('pictures')
    await clients.lambda().send(new TagResourceCommand({ Resource, Tags: { team: 'b' } }))
    expect(await namesWhere("tags.value = 'b'")).toEqual([])
    region.recorder.record(NOON + 3_600_000)
    expect((await captured())?.[2]).toEqual(at('pictures', later))
    expect(await namesWhere("tags.value = 'b'")).toEqual(['pictures'])
  })

  it('C2 records what a function is, and not its environment', async () => {
    region.addFunction({
      name: 'layered',
      role: ROLE,
      mode: 'Active',
      layers: ['arn:aws:lambda:us-east-1:1:layer:a:1', 'arn:aws:lambda:us-east-1:1:layer:b:2'],
      masterArn: 'arn:aws:lambda:us-east-1:1:function:edge:1',
      aliases: [{ name: 'live', version: '$LATEST' }],
    })
    region.recorder.record(NOON)
    const [found] = (await rows(
      "SELECT accountId, awsRegion, arn, resourceId, resourceName, resourceType, tags, configuration WHERE resourceName = 'layered'",
    )) as [Record<string, unknown>]
    const arn = `arn:aws:lambda:us-east-1:${ACCOUNT}:function:layered`
    expect(found).toMatchObject({
      accountId: ACCOUNT,
      awsRegion: 'us-east-1',
      arn,
      resourceId: 'layered',
      resourceName: 'layered',
      resourceType: 'AWS::Lambda::Function',
      tags: [],
      configuration: {
        functionName: 'layered',
        functionArn: arn,
        role: ROLE,
        runtime: 'nodejs22.x',
        packageType: 'Zip',
        memorySize: 256,
        tracingConfig: { mode: 'Active' },
        layers: [{ arn: 'arn:aws:lambda:us-east-1:1:layer:a:1' }, { arn: 'arn:aws:lambda:us-east-1:1:layer:b:2' }],
        state: { value: 'Active' },
      },
    })
    const everything = JSON.stringify(await rows(`SELECT configuration, tags ${FUNCTIONS}`))
    expect(everything).not.toMatch(/s3cr3t|environment|masterArn|live/i)
    expect(await namesWhere("resourceType = 'AWS::EC2::Instance'")).toEqual([])
  })

  it('C3 answers the caller’s own account and region', async () => {
    const other = clients.config('us-east-1', keysOf('111111111111'))
    expect((await other.send(new SelectResourceConfigCommand({ Expression: 'SELECT arn' }))).Results).toEqual([])
    expect(await rows(`select resourceName\n where resourceType in ('AWS::Lambda::Function') `)).toHaveLength(3)
    expect((await rows("SELECT * WHERE resourceName = 'orders'"))?.[0]).toEqual({
      version: '1.3',
      accountId: ACCOUNT,
      awsRegion: 'us-east-1',
      arn: `arn:aws:lambda:us-east-1:${ACCOUNT}:function:orders`,
      availabilityZone: 'Not Applicable',
      configurationItemCaptureTime: '2026-05-01T12:00:00.000Z',
      configurationItemStatus: 'OK',
      configurationStateId: String(NOON),
      resourceId: 'orders',
      resourceName: 'orders',
      resourceType: 'AWS::Lambda::Function',
    })
  })

  it('C4 nests results as properties are, and leaves out what is absent', async () => {
    const answer = await select(
      "SELECT accountId, configuration.functionName, configuration.runtime, configuration.tracingConfig.mode, tags.key WHERE configuration.functionName IN ('orders', 'pictures')",
    )
    expect(answer.QueryInfo).toEqual({
      SelectFields: [
        { Name: 'accountId' },
        { Name: 'configuration.functionName' },
        { Name: 'configuration.runtime' },
        { Name: 'configuration.tracingConfig.mode' },
        { Name: 'tags.key' },
      ],
    })
    expect(answer.Results?.map((result): unknown => JSON.parse(result))).toEqual([
      {
        accountId: ACCOUNT,
        configuration: { functionName: 'orders', runtime: 'nodejs22.x', tracingConfig: { mode: 'Active' } },
        tags: [{ key: 'team' }, { key: 'tier' }],
      },
      { accountId: ACCOUNT, configuration: { functionName: 'pictures' }, tags: [] },
    ])
    const [mode] = (await select("SELECT configuration.tracingConfig.mode WHERE resourceId = 'pictures'")).Results ?? []
    expect(mode).toBe('{}')
  })

  it.each<[string, string[]]>([
    ["configuration.tracingConfig.mode = 'Active'", ['orders']],
    ["configuration.tracingConfig.mode != 'Active'", ['billing']],
    ["NOT configuration.tracingConfig.mode = 'Active'", ['billing', 'pictures']],
    ["configuration.runtime IN ('java21', 'ruby3.4')", ['billing']],
    ['configuration.memorySize = 1024', ['billing']],
    ["configuration.memorySize = '1024'", ['billing']],
    ["tags.tag = 'team=a' AND tags.key = 'tier'", ['orders']],
    ["tags.key = 'team' AND tags.value = 'gold'", ['orders']],
    ["tags.key != 'team'", ['orders']],
    ["resourceName = 'billing' OR resourceName = 'orders' AND accountId = '9'", ['billing']],
    ["(resourceName = 'billing' OR resourceName = 'orders') AND accountId = '9'", []],
    ["resourceName LIKE 'pic%'", ['pictures']],
    ["resourceName LIKE 'order_'", ['orders']],
    ["resourceName LIKE 'pictures_'", []],
    ["configuration.description = 'it''s mine'", ['orders']],
  ])('C5 and C6 find where %s', async (condition, names) => {
    expect(await namesWhere(condition)).toEqual(names)
  })

  it.each<[string, number]>([
    ['SELECT accountId FROM functions', 18],
    ['SELECT DISTINCT accountId', 8],
    ['SELECT accountId AS account', 18],
    ["SELECT arn WHERE resourceName = 'a' resourceId = 'b'", 37],
    ['SELECT arn WHERE resourceName IS NULL', 31],
    ['SELECT arn WHERE resourceName = NULL', 33],
    ['SELECT arn GROUP BY arn', 12],
    ['SELECT arn ORDER BY arn', 12],
    ['SELECT arn WHERE configuration.memorySize BETWEEN 1 AND 2', 43],
    ["SELECT arn WHERE resourceName = 'open", 33],
    ["SELECT arn WHERE (resourceName = 'a'", 37],
    ['SELECT arn,', 12],
    ['UPDATE arn', 1],
  ])('C7 finds the syntax error of %s at column %i', async (query, column) => {
    expect(await refusal(select(query))).toEqual({
      name: 'InvalidExpressionException',
      status: 400,
      message: `syntax error at line 1, column ${column}`,
    })
  })

  it('C7 counts lines, and refuses what it does not know', async () => {
    expect((await refusal(select('SELECT arn\nWHERE\n arn ?'))).message).toBe('syntax error at line 3, column 6')
    const invalid = { name: 'InvalidExpressionException', status: 400 }
    expect(await refusal(select('SELECT configuration.tracing.mode'))).toMatchObject(invalid)
    expect(await refusal(select('SELECT configuration.environment'))).toMatchObject(invalid)
    expect(await refusal(select("SELECT arn WHERE configuration = 'a'"))).toMatchObject(invalid)
    expect(await refusal(select("SELECT arn WHERE resourceName LIKE '%ers'"))).toMatchObject(invalid)
    expect(await refusal(select("SELECT arn WHERE resourceName LIKE 'or%'"))).toMatchObject(invalid)
    expect(await refusal(select("SELECT arn WHERE resourceName LIKE 'ord%rs%'"))).toMatchObject(invalid)
    const long = `SELECT arn WHERE resourceName = '${'x'.repeat(4062)}'`
    expect(await rows(long)).toEqual([])
    expect(await refusal(select(`${long} `))).toMatchObject({ name: 'ValidationException', status: 400 })
    expect(await refusal(select(''))).toMatchObject({ name: 'ValidationException', status: 400 })
  })

  it('C8 pages by Limit, 25 without it', async () => {
    for (let index = 0; index < 60; index += 1) region.addFunction({ name: `more-${100 + index}`, role: ROLE })
    region.recorder.record(NOON)
    const size = async (Limit?: number) => (await select('SELECT arn', { Limit })).Results?.length
    expect([await size(), await size(0), await size(63), await size(100)]).toEqual([25, 25, 63, 63])
    expect((await select('SELECT arn', { Limit: 63 })).NextToken).toBeUndefined()
    const found: string[] = []
    const query = "SELECT resourceName WHERE resourceName LIKE 'more-1_' OR resourceName LIKE 'more-1%'"
    let NextToken: string | undefined
    do {
      const page = await select(query, { Limit: 25, NextToken })
      found.push(...(page.Results ?? []))
      NextToken = page.NextToken
    } while (NextToken !== undefined)
    expect([found.length, new Set(found).size]).toEqual([60, 60])
    const limit = { name: 'InvalidLimitException', status: 400 }
    expect(await refusal(select('SELECT arn', { Limit: 101 }))).toMatchObject(limit)
    expect(await refusal(select('SELECT arn', { Limit: -1 }))).toMatchObject(limit)
    expect(await refusal(select('SELECT arn', { NextToken: 'nonsense' }))).toMatchObject({
      name: 'InvalidNextTokenException',
      status: 400,
    })
  })

  describe('aggregators', () => {
    let aggregator: Aggregator

    beforeEach(() => {
      const { world } = clients.sandbox
      const organization = world.createOrganization(ACCOUNT)
      for (const id of ['111111111111', '222222222222', '333333333333']) {
        const account = organization.addAccount({ id, name: `Account ${id}` })
        for (const name of ['us-east-1', 'eu-west-1']) {
          account.region(name).addFunction({ name: `fn-${id.slice(0, 1)}`, role: `arn:aws:iam::${id}:role/r` })
          account.region(name).recorder.record(NOON)
        }
      }
      organization.setState('333333333333', 'SUSPENDED')
      organization.denyRegions('222222222222', 'eu-west-1')
      aggregator = region.addAggregator({ name: 'org' })
    })

    const aggregate = (ConfigurationAggregatorName: string, client = clients.config()) =>
      client.send(
        new SelectAggregateResourceConfigCommand({
          ConfigurationAggregatorName,
          Expression: 'SELECT accountId, awsRegion, resourceName',
        }),
      )
    const found = async (name: string) =>
      (await aggregate(name)).Results?.map((result) => Object.values(JSON.parse(result) as object).join(' '))
    const ALL = [
      '111111111111 eu-west-1 fn-1',
      '111111111111 us-east-1 fn-1',
      `${ACCOUNT} us-east-1 billing`,
      `${ACCOUNT} us-east-1 orders`,
      `${ACCOUNT} us-east-1 pictures`,
      '222222222222 eu-west-1 fn-2',
      '222222222222 us-east-1 fn-2',
    ]

    it('C9 collects from the organization, whatever service control policies deny', async () => {
      expect(await found('org')).toEqual(ALL)
      aggregator.setStatus('111111111111', 'us-east-1', { status: 'FAILED', errorCode: 'e', errorMessage: 'm' })
      aggregator.setStatus('111111111111', 'eu-west-1', { status: 'OUTDATED' })
      expect(await found('org')).toEqual(ALL.filter((row) => row !== ALL[1]))
    })

    it('C9 collects from given accounts and regions', async () => {
      region.addAggregator({ name: 'two', accounts: ['222222222222', '111111111111'], regions: ['eu-west-1'] })
      expect(await found('two')).toEqual(['111111111111 eu-west-1 fn-1', '222222222222 eu-west-1 fn-2'])
      region.addAggregator({ name: 'one-region', regions: ['us-east-1'] })
      expect(await found('one-region')).toEqual(ALL.filter((row) => row.includes('us-east-1')))
    })

    it('C9 pages through all places', async () => {
      const pages: number[] = []
      const results: string[] = []
      const input = { ConfigurationAggregatorName: 'org', Expression: 'SELECT arn' }
      const configuration = { client: clients.config(), pageSize: 2 }
      for await (const page of paginateSelectAggregateResourceConfig(configuration, { ...input })) {
        pages.push(page.Results?.length ?? 0)
        results.push(...(page.Results ?? []))
      }
      expect([pages, new Set(results).size]).toEqual([[2, 2, 2, 1], 7])
      const MaxResults = 3
      const page = await clients.config().send(new SelectAggregateResourceConfigCommand({ ...input, MaxResults }))
      expect(page.Results).toHaveLength(3)
    })

    it('C10 and C11 know aggregators of the account and region only', async () => {
      const missing = {
        name: 'NoSuchConfigurationAggregatorException',
        status: 400,
        message: 'The configuration aggregator does not exist. Check the configuration aggregator name and try again.',
      }
      expect(await refusal(aggregate('none'))).toEqual(missing)
      expect(await refusal(aggregate('org', clients.config('eu-west-1')))).toEqual(missing)
      expect(await refusal(aggregate('org', clients.config('us-east-1', keysOf('111111111111'))))).toEqual(missing)
      region.addAggregator({ name: 'two', accounts: ['222222222222'], regions: ['eu-west-1'] })
      const describe = (...names: string[]) =>
        clients
          .config()
          .send(
            new DescribeConfigurationAggregatorsCommand(
              names.length === 0 ? {} : { ConfigurationAggregatorNames: names },
            ),
          )
      const { ConfigurationAggregators } = await describe()
      expect(ConfigurationAggregators).toMatchObject([
        { ConfigurationAggregatorName: 'org', OrganizationAggregationSource: { AllAwsRegions: true } },
        {
          ConfigurationAggregatorName: 'two',
          AccountAggregationSources: [
            { AccountIds: ['222222222222'], AllAwsRegions: false, AwsRegions: ['eu-west-1'] },
          ],
        },
      ])
      expect(ConfigurationAggregators?.[0]?.ConfigurationAggregatorArn).toMatch(
        /^arn:aws:config:us-east-1:123456789012:config-aggregator\/config-aggregator-[a-z]{8}$/,
      )
      expect((await describe('two')).ConfigurationAggregators).toHaveLength(1)
      expect(await refusal(describe('none'))).toEqual(missing)
      expect((await refusal(describe('org', 'none'))).message).toMatch(/^At least one of the configuration aggregators/)
    })

    it('C12 tells how the collecting from each source went', async () => {
      const status = async (more: object = {}) =>
        clients
          .config()
          .send(
            new DescribeConfigurationAggregatorSourcesStatusCommand({ ConfigurationAggregatorName: 'org', ...more }),
          )
      const first = await status()
      expect(first.AggregatedSourceStatusList).toHaveLength(52)
      expect(first.AggregatedSourceStatusList?.[0]).toMatchObject({
        SourceId: expect.stringMatching(/^o-/),
        SourceType: 'ORGANIZATION',
      })
      const accounts = new Set(first.AggregatedSourceStatusList?.map(({ SourceId }) => SourceId))
      expect([...accounts].slice(1)).toEqual([ACCOUNT, '111111111111', '222222222222'])
      expect((await status({ Limit: 50 })).AggregatedSourceStatusList).toHaveLength(50)
      const NextToken = (await status({ Limit: 50 })).NextToken
      expect((await status({ NextToken })).AggregatedSourceStatusList).toHaveLength(2)
      expect(await refusal(status({ Limit: 101 }))).toMatchObject({ name: 'InvalidLimitException' })
      aggregator.setStatus('111111111111', 'us-east-1', {
        status: 'FAILED',
        errorCode: 'E1',
        errorMessage: 'No access',
      })
      expect((await status({ UpdateStatus: ['FAILED', 'OUTDATED'] })).AggregatedSourceStatusList).toEqual([
        {
          SourceId: '111111111111',
          SourceType: 'ACCOUNT',
          AwsRegion: 'us-east-1',
          LastUpdateStatus: 'FAILED',
          LastUpdateTime: new Date(Date.UTC(2026, 0, 15, 9, 30)),
          LastErrorCode: 'E1',
          LastErrorMessage: 'No access',
        },
      ])
      clients.sandbox.world.account('222222222222').enableRegions('ap-east-1')
      expect((await status()).AggregatedSourceStatusList).toHaveLength(53)
      const organization = clients.sandbox.world.organization?.id ?? ''
      aggregator.setStatus(organization, 'us-east-1', { status: 'FAILED' })
      expect((await status()).AggregatedSourceStatusList).toMatchObject([
        { SourceId: organization, SourceType: 'ORGANIZATION', AwsRegion: 'us-east-1', LastUpdateStatus: 'FAILED' },
      ])
      expect(await found('org')).toEqual([])
    })
  })

  it.each<[FaultRule['kind'], object]>([
    [
      'access-denied',
      {
        name: 'AccessDeniedException',
        status: 400,
        message: `User: arn:aws:iam::${ACCOUNT}:user/operator is not authorized to perform: config:SelectResourceConfig on resource: arn:aws:config:us-east-1:${ACCOUNT}:* because no identity-based policy allows the config:SelectResourceConfig action`,
      },
    ],
    ['throttle', { name: 'ThrottlingException', status: 400 }],
    ['expired-token', { name: 'ExpiredTokenException', status: 400 }],
    ['region-off', { name: 'UnrecognizedClientException', status: 400 }],
    ['http-503', { name: 'ServiceUnavailableException', status: 503 }],
  ])('F2 and F3 put %s as Config does', async (kind, answer) => {
    clients.sandbox.faults.push({ match: { service: 'config' }, kind })
    expect(await refusal(select('SELECT arn'))).toMatchObject(answer)
  })

  it('G5 refuses a disabled region', async () => {
    const elsewhere = clients.config('ap-east-1').send(new SelectResourceConfigCommand({ Expression: 'SELECT arn' }))
    expect(await refusal(elsewhere)).toMatchObject({ name: 'UnrecognizedClientException', status: 400 })
  })

  it('S3 leaves the snapshot as it is', async () => {
    const before = clients.sandbox.world.snapshot()
    await rows('SELECT *')
    region.recorder.record(NOON + 1)
    region.addAggregator({ name: 'org' })
    clients.sandbox.world.createOrganization(ACCOUNT)
    expect(clients.sandbox.world.snapshot()).toEqual(before)
  })
})
