/** One call of each kind that the gateways make, with an answer that AWS would give to it. */
import { everyItem } from '../../src/aws/pages.js'
import type { Access } from '../aws/support/access.js'
import { configuration, encoded, FUNCTION_ARN, members, ROLE_ARN } from '../aws/support/answers.js'

export interface AwsCall {
  call(access: Access): Promise<unknown>
  /** The body, with every field that is read; JSON is written from an object. */
  valid: object | string
  /** Of a list: the same body as a page that another one follows. */
  before?: (token: string) => object | string
  /** An answer that holds nothing is taken as one. */
  needsNothing?: true
}

const TRACE_ID = '1-58406520-a006649127e371903a2de979'

export const CALLS: Readonly<Record<string, AwsCall>> = {
  getFunction: {
    call: async (aws) => (await aws.lambda()).getFunction('orders'),
    valid: configuration({ MasterArn: FUNCTION_ARN, StateReason: 'a', LastUpdateStatusReason: 'b' }),
  },
  pollFunction: {
    call: async (aws) => (await aws.lambda()).pollFunction('orders'),
    valid: { Configuration: configuration(), Code: { Location: 'https://example.com' }, Tags: { a: 'b' } },
  },
  listFunctions: {
    call: async (aws) => everyItem((await aws.lambda()).listFunctions()),
    ...list('NextMarker', { Functions: [configuration(), configuration()] }),
  },
  listAllVersions: {
    call: async (aws) => everyItem((await aws.lambda()).listAllVersions()),
    ...list('NextMarker', { Functions: [configuration(), configuration()] }),
  },
  listVersions: {
    call: async (aws) => everyItem((await aws.lambda()).listVersions('orders')),
    ...list('NextMarker', { Versions: [configuration({ Version: '1' })] }),
  },
  listAliases: {
    call: async (aws) => (await aws.lambda()).listAliases('orders'),
    ...list('NextMarker', {
      Aliases: [
        {
          Name: 'live',
          FunctionVersion: '1',
          RoutingConfig: { AdditionalVersionWeights: { 2: 0.1 } },
          RevisionId: 'r',
        },
      ],
    }),
  },
  listEventSources: {
    call: async (aws) => (await aws.lambda()).listEventSources(),
    ...list('NextMarker', {
      EventSourceMappings: [
        {
          UUID: 'u',
          FunctionArn: FUNCTION_ARN,
          EventSourceArn: 'arn:aws:sqs:us-east-1:123456789012:q',
          LastModified: 1,
        },
      ],
    }),
  },
  listTags: {
    call: async (aws) => (await aws.lambda()).listTags(FUNCTION_ARN),
    valid: { Tags: { team: 'web' } },
    needsNothing: true,
  },
  setMode: { call: async (aws) => (await aws.lambda()).setMode('orders', 'Active', 'r'), valid: configuration() },
  publishVersion: {
    call: async (aws) => (await aws.lambda()).publishVersion('orders', { codeSha256: 'x', latestPublished: false }),
    valid: configuration({ Version: '2' }),
  },
  moveAlias: {
    call: async (aws) => (await aws.lambda()).moveAlias('orders', { name: 'live', version: '2', weights: {} }),
    valid: { Name: 'live', FunctionVersion: '2' },
  },
  readRole: {
    call: async (aws) => (await aws.iam()).readRole(ROLE_ARN),
    valid: results({
      GetRole: `<Role><Arn>${ROLE_ARN}</Arn><RoleName>orders-role</RoleName><CreateDate>2026-01-01T00:00:00Z</CreateDate>
        <AssumeRolePolicyDocument>${encoded({ Statement: [] })}</AssumeRolePolicyDocument></Role>`,
      ListAttachedRolePolicies: `<AttachedPolicies>${members('<PolicyArn>arn:aws:iam::aws:policy/X</PolicyArn>')}</AttachedPolicies>
        <IsTruncated>false</IsTruncated>`,
      ListRolePolicies: `<PolicyNames>${members('p')}</PolicyNames><IsTruncated>false</IsTruncated>`,
      GetRolePolicy: `<PolicyDocument>${encoded({ Statement: [] })}</PolicyDocument>`,
      GetPolicy: '<Policy><DefaultVersionId>v1</DefaultVersionId></Policy>',
      GetPolicyVersion: `<PolicyVersion><Document>${encoded({ Statement: [] })}</Document></PolicyVersion>`,
    }),
  },
  readAllRoles: {
    call: async (aws) => (await aws.iam()).readAllRoles(),
    valid: allRoles('<IsTruncated>false</IsTruncated>'),
    before: (token) => allRoles(`<IsTruncated>true</IsTruncated><Marker>${token}</Marker>`),
  },
  attachPolicy: {
    call: async (aws) => (await aws.iam()).attachPolicy('orders-role', 'arn:aws:iam::aws:policy/X'),
    valid: results({ AttachRolePolicy: '' }),
    needsNothing: true,
  },
  detachPolicy: {
    call: async (aws) => (await aws.iam()).detachPolicy('orders-role', 'arn:aws:iam::aws:policy/X'),
    valid: results({ DetachRolePolicy: '' }),
    needsNothing: true,
  },
  whoAmI: {
    call: async (aws) => (await aws.identity()).whoAmI(),
    valid: results({
      GetCallerIdentity: '<Account>123456789012</Account><Arn>arn:aws:iam::123456789012:user/me</Arn>',
    }),
  },
  taggedFunctions: {
    call: async ({ aws }) => (await aws.tagging('us-east-1')).taggedFunctions([{ key: 'team', values: [] }]),
    ...list('PaginationToken', {
      ResourceTagMappingList: [{ ResourceARN: FUNCTION_ARN, Tags: [{ Key: 'team', Value: 'web' }] }],
    }),
  },
  tagsOfFunctions: {
    call: async ({ aws }) => (await aws.tagging('us-east-1')).tagsOfFunctions(['team']),
    ...list('PaginationToken', {
      ResourceTagMappingList: [{ ResourceARN: FUNCTION_ARN, Tags: [{ Key: 'team', Value: 'web' }] }],
    }),
  },
  regionsOfAccount: {
    call: async ({ aws }) => (await aws.regions('us-east-1')).fromAccount(),
    ...list('NextToken', { Regions: [{ RegionName: 'us-east-1', RegionOptStatus: 'ENABLED' }] }),
  },
  regionsOfEc2: {
    call: async ({ aws }) => (await aws.regions('us-east-1')).fromEc2(),
    valid:
      '<DescribeRegionsResponse><regionInfo><item><regionName>us-east-1</regionName></item></regionInfo></DescribeRegionsResponse>',
  },
  listAccounts: {
    call: async ({ aws }) => everyItem((await aws.organizations('aws')).listAccounts()),
    ...list('NextToken', { Accounts: [{ Id: '123456789012', Name: 'a', State: 'ACTIVE', JoinedTimestamp: 1.5 }] }),
  },
  recordedFunctions: {
    call: async ({ aws }) => everyItem((await aws.config('us-east-1')).recordedFunctions()),
    ...list('NextToken', {
      Results: [JSON.stringify({ arn: FUNCTION_ARN, configuration: { functionName: 'orders', role: ROLE_ARN } })],
      QueryInfo: { SelectFields: [{ FieldName: 'arn' }] },
    }),
  },
  aggregatedPlaces: {
    call: async ({ aws }) => (await aws.config('us-east-1')).aggregatedPlaces('all'),
    ...list('NextToken', {
      AggregatedSourceStatusList: [
        {
          SourceId: '123456789012',
          SourceType: 'ACCOUNT',
          AwsRegion: 'us-east-1',
          LastUpdateStatus: 'FAILED',
          LastErrorMessage: 'not authorized',
          LastUpdateTime: 1,
        },
      ],
    }),
  },
  segmentDestination: {
    call: async ({ aws }) => (await aws.xray('us-east-1')).segmentDestination(),
    valid: { Destination: 'XRay', Status: 'ACTIVE' },
  },
  traceSummaries: {
    call: async ({ aws }) => everyItem((await aws.xray('us-east-1')).traceSummaries('f', { from: 0, to: 1000 })),
    ...list('NextToken', {
      TraceSummaries: [
        { Id: TRACE_ID, StartTime: 1480615200.5, Duration: 1.5, HasFault: true, HasError: false, HasThrottle: false },
      ],
      ApproximateTime: 1480615300,
      TracesProcessedCount: 1,
    }),
  },
  traces: {
    call: async ({ aws }) => (await aws.xray('us-east-1')).traces([TRACE_ID]),
    ...list('NextToken', {
      Traces: [{ Id: TRACE_ID, Duration: 1.5, Segments: [{ Id: '70de5b6f19ff9a0a', Document: '{"id":"70de"}' }] }],
      UnprocessedTraceIds: [],
    }),
  },
  invocations: {
    call: async ({ aws }) => {
      const found: unknown[] = []
      const window = { from: 0, to: 120_000, periodSeconds: 60 }
      for await (const one of (await aws.metrics('us-east-1')).invocations(['orders'], window)) found.push(one)
      return found
    },
    ...list('NextToken', {
      MetricDataResults: [
        { Id: 'q0', Label: 'Invocations', StatusCode: 'Complete', Timestamps: [60, 0], Values: [3, 1] },
      ],
    }),
  },
}

/** @param field of the token */
function list(field: string, page: object): Pick<AwsCall, 'valid' | 'before'> {
  return { valid: page, before: (token) => ({ ...page, [field]: token }) }
}

/** Several calls that belong together are answered with the same body, in which each finds its own result. */
function results(byAction: Record<string, string>): string {
  const all = Object.entries(byAction).map(([action, result]) => `<${action}Result>${result}</${action}Result>`)
  return `<Response>${all.join('')}<ResponseMetadata><RequestId>x</RequestId></ResponseMetadata></Response>`
}

function allRoles(paging: string): string {
  const policy = `<PolicyName>p</PolicyName><PolicyDocument>${encoded({ Statement: [] })}</PolicyDocument>`
  const version = `<VersionId>v1</VersionId><IsDefaultVersion>true</IsDefaultVersion><Document>${encoded({ Statement: [] })}</Document>`
  const role = `<Arn>${ROLE_ARN}</Arn><RoleName>orders-role</RoleName><CreateDate>2026-01-01T00:00:00Z</CreateDate>
    <RolePolicyList>${members(policy)}</RolePolicyList>
    <AttachedManagedPolicies>${members('<PolicyArn>arn:aws:iam::aws:policy/X</PolicyArn>')}</AttachedManagedPolicies>`
  return results({
    GetAccountAuthorizationDetails: `${paging}<RoleDetailList>${members(role)}</RoleDetailList><Policies>${members(
      `<Arn>arn:aws:iam::aws:policy/X</Arn><PolicyVersionList>${members(version)}</PolicyVersionList>`,
    )}</Policies>`,
  })
}
