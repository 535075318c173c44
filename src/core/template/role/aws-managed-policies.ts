/** What AWS's own managed policies, which roles of functions name most, say about X-Ray. */
import { TRACE_WRITE_ACTIONS } from '../../policy/permission.js'

/** Not about X-Ray at all. */
const ELSEWHERE = statement('Allow', { Action: 'logs:PutLogEvents' })
const WRITES = statement('Allow', { Action: TRACE_WRITE_ACTIONS })

/** Only what bears on writing traces. Source: the default versions in 2026. */
const ABOUT_X_RAY: Readonly<Record<string, object>> = {
  AWSXRayDaemonWriteAccess: WRITES,
  AWSXrayWriteOnlyAccess: WRITES,
  CloudWatchAgentServerPolicy: WRITES,
  AWSXrayFullAccess: statement('Allow', { Action: 'xray:*' }),
  CloudWatchFullAccessV2: statement('Allow', { Action: 'xray:*' }),
  AdministratorAccess: statement('Allow', { Action: '*' }),
  PowerUserAccess: statement('Allow', { NotAction: ['iam:*', 'organizations:*', 'account:*'] }),
  AWSDenyAll: statement('Deny', { Action: '*' }),
  CloudWatchLambdaApplicationSignalsExecutionRolePolicy: statement('Allow', {
    Action: 'xray:PutTraceSegments',
    Condition: { StringEquals: { 'aws:ResourceAccount': `\${aws:PrincipalAccount}` } },
  }),
}

/** Policies for one other service, or for deployment only. */
const ABOUT_OTHERS: ReadonlySet<string> = new Set([
  'AWSLambdaBasicExecutionRole',
  'AWSLambdaVPCAccessExecutionRole',
  'AWSLambdaENIManagementAccess',
  'AWSLambdaSQSQueueExecutionRole',
  'AWSLambdaDynamoDBExecutionRole',
  'AWSLambdaKinesisExecutionRole',
  'AWSLambdaMSKExecutionRole',
  'AWSLambdaInvocation-DynamoDB',
  'AWSLambdaExecute',
  'AWSLambdaRole',
  'AWSLambda_FullAccess',
  'AWSLambda_ReadOnlyAccess',
  'CloudWatchLambdaInsightsExecutionRolePolicy',
  'CloudWatchLogsFullAccess',
  'CloudWatchFullAccess',
  'AWSXrayReadOnlyAccess',
  'AmazonS3FullAccess',
  'AmazonS3ReadOnlyAccess',
  'AmazonDynamoDBFullAccess',
  'AmazonDynamoDBReadOnlyAccess',
  'AmazonSQSFullAccess',
  'AmazonSQSReadOnlyAccess',
  'AmazonSNSFullAccess',
  'AmazonSNSReadOnlyAccess',
  'AmazonSESFullAccess',
  'AmazonSSMReadOnlyAccess',
  'AmazonKinesisFullAccess',
  'AmazonKinesisReadOnlyAccess',
  'AmazonRDSDataFullAccess',
  'AmazonEventBridgeFullAccess',
  'AmazonBedrockFullAccess',
  'AmazonCognitoPowerUser',
  'SecretsManagerReadWrite',
  'AWSStepFunctionsFullAccess',
  'ReadOnlyAccess',
  'SecurityAudit',
  'IAMReadOnlyAccess',
])

/** @returns a policy document as far as X-Ray is concerned, or undefined for a policy that is not known here */
export function awsManagedDocument(name: string): object | undefined {
  if (Object.hasOwn(ABOUT_X_RAY, name)) return ABOUT_X_RAY[name]
  return ABOUT_OTHERS.has(name) ? ELSEWHERE : undefined
}

function statement(effect: 'Allow' | 'Deny', what: object): object {
  return { Version: '2012-10-17', Statement: { Effect: effect, Resource: '*', ...what } }
}
