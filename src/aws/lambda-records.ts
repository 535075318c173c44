/** Copies the fields xtrace needs out of Lambda's answers; everything else, secrets first, ends here. */
import { createHmac, randomBytes } from 'node:crypto'
import type {
  AliasConfiguration,
  EventSourceMappingConfiguration,
  FunctionConfiguration,
  ListTagsResponse,
} from '@aws-sdk/client-lambda'
import { type Alias, type EventSource, type LambdaFunction, splitFunctionArn } from '../core/lambda-function.js'
import { otherTracers } from '../core/tracers.js'
import { optional, required, WrongField } from './fields.js'

export function functionOf(answer: FunctionConfiguration): LambdaFunction {
  const place = placeOf(answer)
  return {
    ...place,
    version: optional(answer, 'Version', 'text') ?? '$LATEST',
    mode: modeOf(answer),
    role: optional(answer, 'Role', 'text') ?? '',
    packageType: answer.PackageType === 'Image' ? 'Image' : 'Zip',
    memory: optional(answer, 'MemorySize', 'number') ?? 128,
    otherTracers: otherTracers(layersOf(answer), wrapperOf(answer)),
    managedInstances: Boolean(answer.CapacityProviderConfig),
    snapStart: answer.SnapStart?.ApplyOn === 'PublishedVersions',
    ...present('revisionId', optional(answer, 'RevisionId', 'text')),
    ...timeOf(optional(answer, 'LastModified', 'text')),
    ...present('state', optional(answer, 'State', 'text')),
    ...present('stateReason', optional(answer, 'StateReason', 'text')),
    ...present('updateStatus', optional(answer, 'LastUpdateStatus', 'text')),
    ...present('updateReason', optional(answer, 'LastUpdateStatusReason', 'text')),
    ...present('runtime', optional(answer, 'Runtime', 'text')),
    ...present('codeSha256', optional(answer, 'CodeSha256', 'text')),
    settings: settingsHash(answer),
    ...present('edgeReplicaOf', optional(answer, 'MasterArn', 'text')),
  }
}

/** Without an ARN it is not known which function it is. */
function placeOf(answer: { FunctionArn?: string | undefined }): ReturnType<typeof splitFunctionArn> {
  const place = splitFunctionArn(required(answer, 'FunctionArn', 'text'))
  if (!place.name) throw new WrongField('FunctionArn names no function')
  return place
}

/** Lambda leaves TracingConfig out where it was never set. */
function modeOf(answer: FunctionConfiguration): LambdaFunction['mode'] {
  const tracing = optional(answer, 'TracingConfig', 'record') ?? {}
  return optional(tracing, 'Mode', 'text') === 'Active' ? 'Active' : 'PassThrough'
}

function layersOf(answer: FunctionConfiguration): string[] {
  return (optional(answer, 'Layers', 'list') ?? []).map((layer) => required(layer, 'Arn', 'text'))
}

function wrapperOf(answer: FunctionConfiguration): string | undefined {
  const variables = answer.Environment?.Variables
  return variables && optional(variables, 'AWS_LAMBDA_EXEC_WRAPPER', 'text')
}

/** Lambda writes `2026-11-22T10:00:00.000+0000`. */
function timeOf(text: string | undefined): { modifiedAt?: number } {
  const modifiedAt = Date.parse(text ?? '')
  return Number.isNaN(modifiedAt) ? {} : { modifiedAt }
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
    name: required(answer, 'Name', 'text'),
    version: required(answer, 'FunctionVersion', 'text'),
    weights: weightsOf(answer),
    ...present('revisionId', optional(answer, 'RevisionId', 'text')),
  }
}

function weightsOf(answer: AliasConfiguration): Record<string, number> {
  const routing = optional(answer, 'RoutingConfig', 'record') ?? {}
  const weights = optional(routing, 'AdditionalVersionWeights', 'record') ?? {}
  return Object.fromEntries(Object.keys(weights).map((version) => [version, required(weights, version, 'number')]))
}

export function tagsOf(answer: ListTagsResponse): Record<string, string> {
  const tags = optional(answer, 'Tags', 'record') ?? {}
  return Object.fromEntries(Object.keys(tags).map((key) => [key, optional(tags, key, 'text') ?? '']))
}

export function eventSourceOf(answer: EventSourceMappingConfiguration): EventSource {
  return { function: placeOf(answer).arn, kind: kindOf(answer) }
}

function kindOf(answer: EventSourceMappingConfiguration): EventSource['kind'] {
  if (answer.SelfManagedEventSource || answer.SelfManagedKafkaEventSourceConfig) return 'kafka'
  if (answer.DocumentDBEventSourceConfig) return 'documentdb'
  const service = optional(answer, 'EventSourceArn', 'text')?.split(':')[2]
  if (service === 'kafka' || answer.AmazonManagedKafkaEventSourceConfig) return 'msk'
  if (service === 'mq') return 'mq'
  if (service === 'rds') return 'documentdb'
  return 'other'
}

function present<Key extends string>(key: Key, value: string | undefined): { [K in Key]?: string } {
  return value === undefined || value === '' ? {} : ({ [key]: value } as { [K in Key]?: string })
}
