/** The AWS managed policies that execution roles meet, with their real default versions. */
import { type PolicyDocument, type StoredDocument, storeDocument } from './document.js'

export interface AwsManagedPolicy {
  readonly name: string
  readonly path: string
  readonly versionId: string
  readonly stored: StoredDocument
}

const allow = (actions: readonly string[], more: object = {}): PolicyDocument => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: [...actions], Resource: '*', ...more }],
})

const policy = (name: string, path: string, versionId: string, document: PolicyDocument): AwsManagedPolicy => ({
  name,
  path,
  versionId,
  stored: storeDocument(document),
})

const LOGS = ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents']
const SAMPLING = ['xray:GetSamplingRules', 'xray:GetSamplingTargets', 'xray:GetSamplingStatisticSummaries']
const XRAY_WRITE = ['xray:PutTraceSegments', 'xray:PutTelemetryRecords', ...SAMPLING]
const NETWORK_INTERFACES = [
  'ec2:CreateNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets',
  'ec2:DeleteNetworkInterface',
  'ec2:AssignPrivateIpAddresses',
  'ec2:UnassignPrivateIpAddresses',
]

const APPLICATION_SIGNALS: PolicyDocument = {
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'CloudWatchApplicationSignalsXrayWritePermissions',
      Effect: 'Allow',
      Action: ['xray:PutTraceSegments'],
      Resource: ['*'],
      Condition: { StringEquals: { 'aws:ResourceAccount': '$' + '{aws:PrincipalAccount}' } },
    },
    {
      Sid: 'CloudWatchApplicationSignalsLogGroupWritePermissions',
      Effect: 'Allow',
      Action: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
      Resource: 'arn:aws:logs:*:*:log-group:/aws/application-signals/data:*',
      Condition: { StringEquals: { 'aws:ResourceAccount': '$' + '{aws:PrincipalAccount}' } },
    },
  ],
}

const POWER_USER: PolicyDocument = {
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', NotAction: ['iam:*', 'organizations:*', 'account:*'], Resource: '*' },
    {
      Effect: 'Allow',
      Action: [
        'account:GetAccountInformation',
        'account:ListRegions',
        'iam:ListRoles',
        'organizations:DescribeOrganization',
      ],
      Resource: '*',
    },
  ],
}

const READ_ONLY = ['lambda:Get*', 'lambda:List*', 'xray:BatchGet*', 'xray:Get*', 'iam:Get*', 'iam:List*', 's3:Get*']

export const AWS_MANAGED_POLICIES: ReadonlyMap<string, AwsManagedPolicy> = new Map(
  [
    policy('AWSXRayDaemonWriteAccess', '/', 'v2', allow(XRAY_WRITE)),
    policy('AWSXrayWriteOnlyAccess', '/', 'v2', allow(XRAY_WRITE)),
    policy('AdministratorAccess', '/', 'v1', allow(['*'])),
    policy('PowerUserAccess', '/', 'v6', POWER_USER),
    policy('ReadOnlyAccess', '/', 'v149', allow(READ_ONLY)),
    policy('CloudWatchLambdaApplicationSignalsExecutionRolePolicy', '/', 'v1', APPLICATION_SIGNALS),
    policy('AWSLambdaBasicExecutionRole', '/service-role/', 'v1', allow(LOGS)),
    policy('AWSLambdaVPCAccessExecutionRole', '/service-role/', 'v3', allow([...LOGS, ...NETWORK_INTERFACES])),
    policy(
      'AWSLambdaSQSQueueExecutionRole',
      '/service-role/',
      'v1',
      allow(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', ...LOGS]),
    ),
    policy(
      'AWSLambdaMSKExecutionRole',
      '/service-role/',
      'v3',
      allow([
        'kafka:DescribeCluster',
        'kafka:DescribeClusterV2',
        'kafka:GetBootstrapBrokers',
        ...NETWORK_INTERFACES,
        ...LOGS,
      ]),
    ),
  ].map((entry) => [`${entry.path}${entry.name}`, entry]),
)
