/** Copies the fields xtrace needs out of Lambda's answers; everything else, secrets first, ends here. */
import { createHmac, randomBytes } from 'node:crypto'
import type { AliasConfiguration, EventSourceMappingConfiguration, FunctionConfiguration } from '@aws-sdk/client-lambda'
import { type Alias, type EventSource, type LambdaFunction, splitFunctionArn } from '../core/lambda-function.js'
import { otherTracers } from '../core/tracers.js'

export function functionOf(answer: FunctionConfiguration): LambdaFunction {
  const place = splitFunctionArn(answer.FunctionArn ?? '')
  return {
    ...place,
    name: place.name || (answer.FunctionName ?? ''),
    version: answer.Version ?? '$LATEST',
    mode: answer.TracingConfig?.Mode === 'Active' ? 'Active' : 'PassThrough',
    role: answer.Role ?? '',
    packageType: answer.PackageType === 'Image' ? 'Image' : 'Zip',
    memory: answer.MemorySize ?? 128,
    otherTracers: otherTracers(
      (answer.Layers ?? []).map((layer) => layer.Arn ?? ''),
      answer.Environment?.Variables?.AWS_LAMBDA_EXEC_WRAPPER,
    ),
    managedInstances: Boolean(answer.CapacityProviderConfig),
    snapStart: answer.SnapStart?.ApplyOn === 'PublishedVersions',
    ...present('revisionId', answer.RevisionId),
    ...present('state', answer.State),
    ...present('stateReason', answer.StateReason),
    ...present('updateStatus', answer.LastUpdateStatus),
    ...present('updateReason', answer.LastUpdateStatusReason),
    ...present('runtime', answer.Runtime),
    ...present('codeSha256', answer.CodeSha256),
    settings: settingsHash(answer),
    ...present('edgeReplicaOf', answer.MasterArn),
  }
}

/** New in every process: the hash can be compared with others of this process, and tells nothing to anybody else. */
const HASH_KEY = randomBytes(32)

/** Of every setting that a version locks, but tracing and the code: these are compared by themselves. */
function settingsHash(answer: FunctionConfiguration): string {
  const settings = [
    answer.Role,
    answer.Runtime,
    answer.Handler,
    answer.Timeout,
    answer.MemorySize,
    sortedEntries(answer.Environment?.Variables),
    answer.KMSKeyArn,
    answer.Layers?.map((layer) => layer.Arn),
    answer.VpcConfig && [answer.VpcConfig.SubnetIds, answer.VpcConfig.SecurityGroupIds],
    answer.DeadLetterConfig?.TargetArn,
    answer.FileSystemConfigs,
    answer.ImageConfigResponse?.ImageConfig,
    answer.EphemeralStorage?.Size,
    answer.SnapStart?.ApplyOn,
    answer.LoggingConfig,
    answer.Architectures,
  ]
  return createHmac('sha256', HASH_KEY).update(JSON.stringify(settings)).digest('base64')
}

function sortedEntries(variables: Record<string, string> | undefined): Array<[string, string]> {
  return Object.entries(variables ?? {}).sort(([a], [b]) => (a < b ? -1 : 1))
}

export function aliasOf(answer: AliasConfiguration): Alias {
  return {
    name: answer.Name ?? '',
    version: answer.FunctionVersion ?? '',
    weights: { ...answer.RoutingConfig?.AdditionalVersionWeights },
    ...present('revisionId', answer.RevisionId),
  }
}

export function eventSourceOf(answer: EventSourceMappingConfiguration): EventSource {
  return { function: splitFunctionArn(answer.FunctionArn ?? '').arn, kind: kindOf(answer) }
}

function kindOf(answer: EventSourceMappingConfiguration): EventSource['kind'] {
  if (answer.SelfManagedEventSource || answer.SelfManagedKafkaEventSourceConfig) return 'kafka'
  if (answer.DocumentDBEventSourceConfig) return 'documentdb'
  const service = (answer.EventSourceArn ?? '').split(':')[2]
  if (service === 'kafka' || answer.AmazonManagedKafkaEventSourceConfig) return 'msk'
  if (service === 'mq') return 'mq'
  if (service === 'rds') return 'documentdb'
  return 'other'
}

function present<Key extends string>(key: Key, value: string | undefined): { [K in Key]?: string } {
  return value === undefined || value === '' ? {} : ({ [key]: value } as { [K in Key]?: string })
}
