/** Builds a function from the few words that a seed says about it. */
import { createHash } from 'node:crypto'
import type { Identifiers } from '../random.js'
import type { Traffic } from '../traffic/traffic.js'
import type { EventSourceSeed } from './event-source.js'
import type { FunctionConfiguration, TracingMode } from './function-configuration.js'
import { LambdaFunction } from './lambda-function.js'
import type { TraceTrouble } from './trace-trouble.js'

export interface FunctionSeed {
  name: string
  /** ARN of the execution role. */
  role: string
  /** Absent: no TracingConfig in answers. */
  mode?: TracingMode | undefined
  runtime?: string
  handler?: string
  packageType?: 'Zip' | 'Image'
  memorySize?: number
  timeout?: number
  environment?: Record<string, string>
  /** ARNs of layer versions. */
  layers?: string[]
  tags?: Record<string, string>
  description?: string
  architectures?: string[]
  managedInstances?: boolean
  /** What `$LATEST.PUBLISHED` of managed instances has locked; absent: the function's own. */
  latestPublishedMode?: TracingMode
  /** An update is in progress, counted from the first look. */
  updating?: boolean
  state?: string
  /** Of the function that a Lambda@Edge replica copies. */
  masterArn?: string
  /** Published 1, 2, … with the mode that each has locked. */
  versions?: Array<{ mode?: TracingMode | undefined }>
  aliases?: Array<{ name: string; version: string; weights?: Record<string, number> }>
  eventSources?: EventSourceSeed[]
  codeSha256?: string
  /** New environments of published versions come from a snapshot. */
  snapStart?: boolean
  /** Absent: it is never invoked. */
  traffic?: Traffic
  traceTroubles?: TraceTrouble[]
}

/** When everything in a seeded world was made. */
export const SEEDED_AT = Date.UTC(2026, 0, 15, 9, 30)

export function functionFromSeed(seed: FunctionSeed, arn: string, ids: Identifiers): LambdaFunction {
  const configuration = seedConfiguration(seed, arn)
  const made = new LambdaFunction({ name: seed.name, arn }, configuration, SEEDED_AT, ids)
  made.tags = { ...seed.tags }
  made.traffic = seed.traffic
  for (const trouble of seed.traceTroubles ?? []) made.traceTroubles.add(trouble)
  if (configuration.PackageType === 'Image') made.imageUri = imageUri(seed.name, arn)
  for (const version of seed.versions ?? []) made.publish(SEEDED_AT, withMode(configuration, version.mode))
  made.changedSincePublish =
    made.newestVersion()?.configuration.TracingConfig?.Mode !== seed.mode || made.versions.size === 0
  if (seed.managedInstances === true) {
    made.publishLatest(SEEDED_AT, withMode(configuration, seed.latestPublishedMode ?? seed.mode))
  }
  for (const alias of seed.aliases ?? []) {
    made.setAlias({ name: alias.name, version: alias.version, weights: { ...alias.weights }, description: '' })
  }
  if (seed.state === 'Pending') made.beginSettling('creating')
  else if (seed.state !== undefined) made.state = seed.state
  if (seed.updating === true) made.beginSettling('updating')
  return made
}

export function codeHash(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('base64')
}

export function withMode(configuration: FunctionConfiguration, mode: TracingMode | undefined): FunctionConfiguration {
  const { TracingConfig: _dropped, ...rest } = configuration
  return mode === undefined ? rest : { ...rest, TracingConfig: { Mode: mode } }
}

function seedConfiguration(seed: FunctionSeed, arn: string): FunctionConfiguration {
  const image = seed.packageType === 'Image'
  return {
    Role: seed.role,
    ...(image ? {} : { Runtime: seed.runtime ?? 'nodejs22.x', Handler: seed.handler ?? 'index.handler' }),
    CodeSize: 1024 + seed.name.length * 37,
    CodeSha256: seed.codeSha256 ?? codeHash(seed.name),
    Description: seed.description ?? '',
    Timeout: seed.timeout ?? 10,
    MemorySize: seed.memorySize ?? 256,
    PackageType: image ? 'Image' : 'Zip',
    Architectures: seed.architectures ?? ['x86_64'],
    ...(seed.environment === undefined ? {} : { Environment: { Variables: { ...seed.environment } } }),
    ...(seed.mode === undefined ? {} : { TracingConfig: { Mode: seed.mode } }),
    ...(seed.layers === undefined ? {} : { Layers: seed.layers.map((Arn) => ({ Arn, CodeSize: 20_480 })) }),
    ...(seed.masterArn === undefined ? {} : { MasterArn: seed.masterArn }),
    EphemeralStorage: { Size: 512 },
    SnapStart: { ApplyOn: seed.snapStart === true ? 'PublishedVersions' : 'None', OptimizationStatus: 'Off' },
    LoggingConfig: { LogFormat: 'Text', LogGroup: `/aws/lambda/${seed.name}` },
    ...(seed.managedInstances === true ? { CapacityProviderConfig: capacityProvider(arn) } : {}),
  }
}

function capacityProvider(arn: string): object {
  const [, partition, , region, account] = arn.split(':')
  return {
    LambdaManagedInstancesCapacityProviderConfig: {
      CapacityProviderArn: `arn:${partition}:lambda:${region}:${account}:capacity-provider:default`,
      PerExecutionEnvironmentMaxConcurrency: 10,
    },
  }
}

function imageUri(name: string, arn: string): string {
  const [, , , region, account] = arn.split(':')
  return `${account}.dkr.ecr.${region}.amazonaws.com/${name}:latest`
}
