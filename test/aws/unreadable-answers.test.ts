/** Answers of status 200 that lack what the call asked for: an error that says so, never "there is none". */
import { describe, expect, test } from 'vitest'
import { type Access, openAccess } from './support/access.js'
import { configuration, FUNCTION_ARN, json, ROLE_ARN, xml } from './support/answers.js'
import { ownEnvironment } from './support/environment.js'
import { failureOf } from './support/failure.js'
import { type Answer, fakeAws } from './support/fake-aws.js'

ownEnvironment()
const aws = fakeAws()

async function toTheEnd(pages: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of pages);
}

type Call = (access: Access) => Promise<unknown>

const LISTS: Array<[operation: string, list: string, call: Call]> = [
  ['lambda:ListFunctions', 'Functions', async (to) => toTheEnd((await to.lambda()).listFunctions())],
  ['lambda:ListFunctions', 'Functions', async (to) => toTheEnd((await to.lambda()).listAllVersions())],
  ['lambda:ListVersionsByFunction', 'Versions', async (to) => toTheEnd((await to.lambda()).listVersions('orders'))],
  ['lambda:ListAliases', 'Aliases', async (to) => (await to.lambda()).listAliases('orders')],
  ['lambda:ListEventSourceMappings', 'EventSourceMappings', async (to) => (await to.lambda()).listEventSources()],
  [
    'tagging:GetResources',
    'ResourceTagMappingList',
    async (to) => (await to.aws.tagging('us-east-1')).taggedFunctions([{ key: 'team', values: [] }]),
  ],
  ['account:ListRegions', 'Regions', async (to) => (await to.aws.regions('us-east-1')).fromAccount()],
  [
    'organizations:ListAccounts',
    'Accounts',
    async (to) => toTheEnd((await to.aws.organizations('aws')).listAccounts()),
  ],
  [
    'config:SelectResourceConfig',
    'Results',
    async (to) => toTheEnd((await to.aws.config('us-east-1')).recordedFunctions()),
  ],
  [
    'config:SelectAggregateResourceConfig',
    'Results',
    async (to) => toTheEnd((await to.aws.config('us-east-1')).recordedFunctions('all')),
  ],
  [
    'config:DescribeConfigurationAggregatorSourcesStatus',
    'AggregatedSourceStatusList',
    async (to) => (await to.aws.config('us-east-1')).aggregatedPlaces('all'),
  ],
  [
    'xray:GetTraceSummaries',
    'TraceSummaries',
    async (to) => toTheEnd((await to.aws.xray('us-east-1')).traceSummaries('f', { from: 0, to: 1000 })),
  ],
  ['xray:BatchGetTraces', 'Traces', async (to) => (await to.aws.xray('us-east-1')).traces(['1'])],
  [
    'cloudwatch:GetMetricData',
    'MetricDataResults',
    async (to) =>
      toTheEnd((await to.aws.metrics('us-east-1')).invocations(['a'], { from: 0, to: 60_000, periodSeconds: 60 })),
  ],
]

describe.each(LISTS)('%s', (operation, list, call) => {
  const told = (detail: string) => `${operation} answered something that is not in its format (${detail}).`
  const page = (items: unknown, token?: unknown) =>
    json({ [list]: items, NextMarker: token, NextToken: token, PaginationToken: token })

  async function messageAfter(access: Access, ...answers: Answer[]): Promise<string> {
    aws().answers(...answers)
    const failure = await failureOf(call(access))
    expect(failure.code).toBe('SERVER_ERROR')
    return failure.message
  }

  test(`without ${list}, or with something else in its place`, async () => {
    const access = openAccess()
    for (const body of [{}, [], '', '"text"', { [list]: null }])
      expect(await messageAfter(access, json(body)), JSON.stringify(body)).toBe(told(`${list} is missing`))
    for (const odd of [{}, 'abc', 42]) expect(await messageAfter(access, page(odd))).toBe(told(`${list} is no list`))
    for (const item of [null, 42, {}, []]) await messageAfter(access, page([item]))
  })

  test('half of it is no list: without the rest, or the way there', async () => {
    const access = openAccess()
    expect(await messageAfter(access, page([], 't'), json({}))).toBe(told(`${list} is missing`))
    expect(await messageAfter(access, page([], 7))).toMatch(/\((NextMarker|NextToken|PaginationToken) is no text\)/)
  })

  test('whose last page leads to itself', async () => {
    const again = page([], 't')
    expect(await messageAfter(openAccess(), again, again, again)).toBe(
      `${operation} said twice that the same page follows: the list would never end.`,
    )
    expect(aws().sent).toHaveLength(2)
  })
})

const ONE: Array<[what: string, call: Call, missing: string, answers: unknown[]]> = [
  ['GetFunctionConfiguration', async (to) => (await to.lambda()).getFunction('a'), 'FunctionArn', [{}, '']],
  ['GetFunction', async (to) => (await to.lambda()).pollFunction('a'), 'Configuration', [{}, '', { Code: {} }]],
  ['GetFunction', async (to) => (await to.lambda()).pollFunction('a'), 'FunctionArn', [{ Configuration: {} }]],
  ['UpdateFunctionConfiguration', async (to) => (await to.lambda()).setMode('a', 'Active'), 'FunctionArn', [{}, '']],
  [
    'PublishVersion',
    async (to) => (await to.lambda()).publishVersion('a', { codeSha256: 'x', latestPublished: false }),
    'FunctionArn',
    [{}, ''],
  ],
  [
    'UpdateAlias',
    async (to) => (await to.lambda()).moveAlias('a', { name: 'live', version: '1', weights: {} }),
    'Name',
    [{}, ''],
  ],
  [
    'CreateFunction',
    async (to) =>
      (await to.lambda()).createFunction({
        name: 'a',
        role: ROLE_ARN,
        code: { s3Bucket: 'b', s3Key: 'k' },
        publish: false,
      }),
    'FunctionArn',
    [{}, ''],
  ],
  [
    'GetTraceSegmentDestination',
    async (to) => (await to.aws.xray('us-east-1')).segmentDestination(),
    'Destination',
    [{}, ''],
  ],
]

test.each(ONE)('%s', async (operation, call, missing, answers) => {
  const access = openAccess()
  for (const body of answers) {
    aws().answers(json(body))
    const failure = await failureOf(call(access))
    expect(failure).toMatchObject({ code: 'SERVER_ERROR', aws: { operation } })
    expect(failure.message).toBe(
      `${failure.aws?.service}:${operation} answered something that is not in its format (${missing} is missing).`,
    )
  }
  expect(aws().sent, 'a write is not sent again').toHaveLength(answers.length)
})

test('a function with a field of another type', async () => {
  const fields: Array<[field: string, value: unknown]> = [
    ['FunctionArn', 1],
    ['FunctionArn', 'orders'],
    ['FunctionArn', {}],
    ['Role', 7],
    ['TracingConfig', 'Active'],
    ['TracingConfig', { Mode: 1 }],
    ['Layers', {}],
    ['Layers', [null]],
    ['MemorySize', '512'],
    ['State', []],
    ['RevisionId', 7],
    ['Version', 7],
    ['Environment', { Variables: { AWS_LAMBDA_EXEC_WRAPPER: 7 } }],
  ]
  const lambda = await openAccess().lambda()
  for (const [field, value] of fields) {
    aws().answers(json(configuration({ [field]: value })))
    expect((await failureOf(lambda.getFunction('orders'))).code, field).toBe('SERVER_ERROR')
  }
})

test('an alias with a field of another type', async () => {
  const fields: Array<[field: string, value: unknown]> = [
    ['Name', 7],
    ['FunctionVersion', 7],
    ['RoutingConfig', 'none'],
    ['RoutingConfig', { AdditionalVersionWeights: { 1: 'half' } }],
  ]
  const lambda = await openAccess().lambda()
  for (const [field, value] of fields) {
    aws().answers(json({ Aliases: [{ Name: 'live', FunctionVersion: '1', [field]: value }] }))
    expect((await failureOf(lambda.listAliases('orders'))).code, field).toBe('SERVER_ERROR')
  }
})

test('an item of any other list with a field of another type', async () => {
  const access = openAccess()
  const asked = (operation: string) => LISTS.find(([name]) => name === operation)?.[2] ?? expect.unreachable(operation)
  const answers: Array<[operation: string, body: object]> = [
    ['tagging:GetResources', { ResourceTagMappingList: [{ ResourceARN: FUNCTION_ARN, Tags: [{ Value: 'web' }] }] }],
    ['tagging:GetResources', { ResourceTagMappingList: [{ ResourceARN: FUNCTION_ARN, Tags: [{ Key: 7 }] }] }],
    ['organizations:ListAccounts', { Accounts: [{ Id: '1', Name: 7 }] }],
    ['xray:GetTraceSummaries', { TraceSummaries: [{ Id: '1', HasFault: 'no' }] }],
    ['xray:GetTraceSummaries', { TraceSummaries: [{ Id: '1', Duration: '1 s' }] }],
    ['xray:GetTraceSummaries', { TraceSummaries: [{ Id: '1', StartTime: 1e308 }] }],
    ['xray:BatchGetTraces', { Traces: [{ Id: '1', Segments: {} }] }],
    ['xray:BatchGetTraces', { Traces: [{ Id: '1', Segments: [{ Document: {} }] }] }],
    ['xray:BatchGetTraces', { Traces: [], UnprocessedTraceIds: [7] }],
    ['cloudwatch:GetMetricData', { MetricDataResults: [{ StatusCode: 'Complete', Values: [1] }] }],
    ['cloudwatch:GetMetricData', { MetricDataResults: [{ Id: 'q0', Values: [1] }] }],
    ['cloudwatch:GetMetricData', { MetricDataResults: [{ Id: 'q0', StatusCode: 'Complete', Values: ['1', null] }] }],
  ]
  for (const [operation, body] of answers) {
    aws().answers(json(body))
    const failure = await failureOf(asked(operation)(access))
    expect(failure.message, JSON.stringify(body)).toContain(`${operation} answered something that is not in its format`)
  }
  expect(aws().sent).toHaveLength(answers.length)
})

test('tags of a function that are no texts', async () => {
  aws().answers(json({ Tags: { team: ['web'] } }))
  expect((await failureOf((await openAccess().lambda()).listTags(FUNCTION_ARN))).code).toBe('SERVER_ERROR')
})

describe('IAM and STS', () => {
  const sweep: Call = async (to) => (await to.iam()).readAllRoles()
  const details = (result: string): Answer => xml('GetAccountAuthorizationDetails', result)
  const page = '<p>Sign in</p>'

  const listedRole = (policies: string) =>
    `<IsTruncated>false</IsTruncated><RoleDetailList><member><Arn>${ROLE_ARN}</Arn>${policies}</member></RoleDetailList>`

  const unreadable: Array<[what: string, answer: Answer, field: string]> = [
    ['nothing', { status: 200, body: '' }, 'IsTruncated is missing'],
    ['another page', { status: 200, body: page }, 'IsTruncated is missing'],
    ['no result', { status: 200, body: '<GetAccountAuthorizationDetailsResponse/>' }, 'IsTruncated is missing'],
    ['an empty result', details(''), 'IsTruncated is missing'],
    ['more, and no marker to it', details('<IsTruncated>true</IsTruncated><RoleDetailList/>'), 'Marker is missing'],
    [
      'a role without its ARN',
      details('<IsTruncated>false</IsTruncated><RoleDetailList><member/></RoleDetailList>'),
      'Arn is missing',
    ],
    [
      'a policy without its ARN',
      details(listedRole('<AttachedManagedPolicies><member/></AttachedManagedPolicies>')),
      'PolicyArn is missing',
    ],
    [
      'a policy without its document',
      details(listedRole('<RolePolicyList><member><PolicyName>p</PolicyName></member></RolePolicyList>')),
      'PolicyDocument is missing',
    ],
  ]
  test.each(unreadable)('all roles: %s', async (_, answer, field) => {
    aws().answers(answer)
    const failure = await failureOf(sweep(openAccess()))
    expect(failure.code).toBe('SERVER_ERROR')
    expect(failure.message).toContain(`(${field})`)
  })

  test.each(['', '<RoleDetailList/>', '<RoleDetailList></RoleDetailList><Policies/>'])(
    'all roles: none, as IAM says it: %j',
    async (lists) => {
      aws().answers(details(`<IsTruncated>false</IsTruncated>${lists}`))
      expect(await sweep(openAccess())).toEqual(new Map())
    },
  )

  const whole: Record<string, Answer> = {
    GetRole: xml('GetRole', `<Role><Arn>${ROLE_ARN}</Arn></Role>`),
    ListAttachedRolePolicies: xml('ListAttachedRolePolicies', '<AttachedPolicies/><IsTruncated>false</IsTruncated>'),
    ListRolePolicies: xml('ListRolePolicies', '<PolicyNames/><IsTruncated>false</IsTruncated>'),
  }
  test.each(Object.keys(whole))('one role, of which %s answers nothing, is not known', async (action) => {
    for (const [name, answer] of Object.entries(whole)) aws().on(name, name === action ? xml(name) : answer)
    const role = await (await openAccess().iam()).readRole(ROLE_ARN)
    expect(role.unreadable).toMatch(new RegExp(`^iam:${action} answered something that is not in its format`))
  })

  const policies: Array<[action: string, result: string]> = [
    ['GetPolicy', '<Policy/>'],
    ['GetPolicyVersion', '<PolicyVersion/>'],
    ['GetRolePolicy', ''],
  ]
  test.each(policies)(
    'of one role, a policy of which %s answers nothing, the rest is known',
    async (action, result) => {
      aws().on('GetRole', xml('GetRole', `<Role><Arn>${ROLE_ARN}</Arn></Role>`))
      const attached =
        '<AttachedPolicies><member><PolicyArn>arn:aws:iam::aws:policy/X</PolicyArn></member></AttachedPolicies>'
      aws().on(
        'ListAttachedRolePolicies',
        xml('ListAttachedRolePolicies', `${attached}<IsTruncated>false</IsTruncated>`),
      )
      const names = '<PolicyNames><member>inline</member></PolicyNames>'
      aws().on('ListRolePolicies', xml('ListRolePolicies', `${names}<IsTruncated>false</IsTruncated>`))
      aws().on('GetPolicy', xml('GetPolicy', '<Policy><DefaultVersionId>v1</DefaultVersionId></Policy>'))
      aws().on('GetPolicyVersion', xml('GetPolicyVersion', '<PolicyVersion><Document>{}</Document></PolicyVersion>'))
      aws().on('GetRolePolicy', xml('GetRolePolicy', '<PolicyDocument>{}</PolicyDocument>'))
      aws().on(action, xml(action, result))
      const role = await (await openAccess().iam()).readRole(ROLE_ARN)
      expect(role).not.toHaveProperty('unreadable')
      const unread = role.policies.filter(({ unreadable }) => unreadable !== undefined)
      expect(unread).toEqual([
        expect.objectContaining({ unreadable: expect.stringContaining(`iam:${action} answered something`) }),
      ])
      expect(role.policies).toHaveLength(2)
    },
  )

  test('one role with a policy that has no ARN is not known', async () => {
    for (const [name, answer] of Object.entries(whole)) aws().on(name, answer)
    const nameless = '<AttachedPolicies><member/></AttachedPolicies><IsTruncated>false</IsTruncated>'
    aws().on('ListAttachedRolePolicies', xml('ListAttachedRolePolicies', nameless))
    const role = await (await openAccess().iam()).readRole(ROLE_ARN)
    expect(role.unreadable).toContain('(PolicyArn is missing)')
  })

  test('one role without policies is known', async () => {
    for (const [name, answer] of Object.entries(whole)) aws().on(name, answer)
    const role = await (await openAccess().iam()).readRole(ROLE_ARN)
    expect(role).not.toHaveProperty('unreadable')
    expect(role.policies).toEqual([])
  })

  test.each([xml('GetCallerIdentity', '', 'sts'), { status: 200, body: page }])('nobody', async (answer) => {
    aws().answers(answer)
    const failure = await failureOf((await openAccess().identity()).whoAmI())
    expect(failure.message).toBe(
      'sts:GetCallerIdentity answered something that is not in its format (Account is missing).',
    )
  })

  test.each(['<DescribeRegionsResponse/>', page])('the regions of EC2: %s', async (body) => {
    aws().answers({ status: 200, body })
    const regions = await openAccess().aws.regions('us-east-1')
    expect((await failureOf(regions.fromEc2())).message).toBe(
      'ec2:DescribeRegions answered something that is not in its format (Regions is missing).',
    )
  })

  const endless: Array<[action: string, call: Call]> = [
    ['GetAccountAuthorizationDetails', async (to) => (await to.iam()).readAllRoles()],
    ['ListAttachedRolePolicies', async (to) => (await to.iam()).readRole(ROLE_ARN)],
    ['ListRolePolicies', async (to) => (await to.iam()).readRole(ROLE_ARN)],
  ]
  test.each(endless)('iam:%s, whose last page leads to itself', async (action, call) => {
    aws().on('GetRole', xml('GetRole', `<Role><Arn>${ROLE_ARN}</Arn></Role>`))
    for (const other of ['ListAttachedRolePolicies', 'ListRolePolicies'])
      aws().on(other, xml(other, '<IsTruncated>false</IsTruncated>'))
    aws().on(action, xml(action, '<IsTruncated>true</IsTruncated><Marker>m</Marker>'))
    const told = await call(openAccess()).catch((error: unknown) => error)
    const text = told instanceof Error ? told.message : String(Reflect.get(Object(told), 'unreadable'))
    expect(text).toContain(`iam:${action} said twice that the same page follows`)
    expect(aws().forms(action)).toHaveLength(2)
  })
})
