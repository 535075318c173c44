/** Copies the fields xtrace needs out of Lambda's answers; everything else, secrets first, ends here. */
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
    ...present('edgeReplicaOf', answer.MasterArn),
  }
}

export function aliasOf(answer: AliasConfiguration): Alias {
  return {
    name: answer.Name ?? '',
    version: answer.FunctionVersion ?? '',
    weights: { ...answer.RoutingConfig?.AdditionalVersionWeights },
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
