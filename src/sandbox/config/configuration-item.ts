/** A recorded function as the configuration item that queries see: no environment, and camel case throughout. */
import type { RecordedFunction } from '../world/recorder.js'

const FUNCTION_TYPE = 'AWS::Lambda::Function'

/** What is costly is made only where a query asks for it. */
export function configurationItem(recorded: RecordedFunction, place: { account: string; region: string }): object {
  return {
    version: '1.3',
    accountId: place.account,
    awsRegion: place.region,
    arn: recorded.arn,
    resourceType: FUNCTION_TYPE,
    resourceId: recorded.name,
    resourceName: recorded.name,
    availabilityZone: 'Not Applicable',
    configurationItemStatus: 'OK',
    configurationStateId: String(recorded.capturedAt),
    get configurationItemCaptureTime() {
      return new Date(recorded.capturedAt).toISOString()
    },
    get tags() {
      return Object.entries(recorded.tags).map(([key, value]) => ({ key, value, tag: `${key}=${value}` }))
    },
    get relationships() {
      const resourceName = recorded.configuration.Role.split('/').at(-1) ?? ''
      return [{ resourceType: 'AWS::IAM::Role', resourceName }]
    },
    get configuration() {
      return configurationOf(recorded)
    },
  }
}

function configurationOf(recorded: RecordedFunction): object {
  const { configuration } = recorded
  const { TracingConfig, Layers } = configuration
  return {
    functionName: recorded.name,
    functionArn: recorded.arn,
    version: '$LATEST',
    revisionId: recorded.revisionId,
    lastModified: new Date(recorded.lastModified).toISOString().replace('Z', '+0000'),
    state: { value: recorded.state },
    lastUpdateStatus: recorded.lastUpdateStatus,
    role: configuration.Role,
    runtime: configuration.Runtime,
    handler: configuration.Handler,
    codeSize: configuration.CodeSize,
    codeSha256: configuration.CodeSha256,
    description: configuration.Description,
    timeout: configuration.Timeout,
    memorySize: configuration.MemorySize,
    packageType: configuration.PackageType,
    architectures: configuration.Architectures,
    tracingConfig: TracingConfig && { mode: TracingConfig.Mode },
    layers: (Layers ?? []).map((layer) => ({ arn: layer.Arn, codeSize: layer.CodeSize })),
    ephemeralStorage: { size: configuration.EphemeralStorage.Size },
    kmskeyArn: configuration.KMSKeyArn,
  }
}
