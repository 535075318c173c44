/** The properties that a query about Lambda functions may name: those that AWS's published list has. */
import { invalidExpression } from './errors.js'

const TOP = `accountId arn availabilityZone awsRegion configurationItemCaptureTime configurationItemStatus
  configurationStateId resourceCreationTime resourceId resourceName resourceType version`

const CONFIGURATION = `architectures codeSha256 codeSize deadLetterConfig.targetArn description ephemeralStorage.size
  fileSystemConfigs.arn fileSystemConfigs.localMountPath functionArn functionName handler
  imageConfigResponse.error.errorCode imageConfigResponse.imageConfig.entryPoint
  imageConfigResponse.imageConfig.workingDirectory kmskeyArn lastModified lastUpdateStatus lastUpdateStatusReasonCode
  layers.arn layers.codeSize layers.signingJobArn layers.signingProfileVersionArn memorySize packageType revisionId role
  runtime signingJobArn signingProfileVersionArn state.value stateReason.value stateReasonCode timeout
  tracingConfig.mode version vpcConfig.securityGroupIds vpcConfig.subnetIds`

const OTHERS = `relationships.resourceId relationships.resourceName relationships.resourceType
  supplementaryConfiguration.Concurrency.reservedConcurrentExecutions tags.key tags.tag tags.value`

/** What `SELECT *` gives: the simple properties of the top level. */
export const SIMPLE: readonly string[] = namesIn(TOP)

const LEAVES = [...SIMPLE, ...namesIn(CONFIGURATION).map((name) => `configuration.${name}`), ...namesIn(OTHERS)]

/** Every leaf, and whatever leads to one: `configuration`, `configuration.layers`. */
const SELECTABLE: ReadonlySet<string> = new Set(LEAVES.flatMap((leaf) => [leaf, ...prefixesOf(leaf)]))
const COMPARABLE: ReadonlySet<string> = new Set(LEAVES)

/** @throws AwsError InvalidExpressionException */
export function refuseUnknown(property: string, use: 'select' | 'compare'): void {
  const known = use === 'select' ? SELECTABLE : COMPARABLE
  if (!known.has(property)) throw invalidExpression(`The property ${property} is not supported.`)
}

function prefixesOf(leaf: string): string[] {
  const parts = leaf.split('.')
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('.'))
}

function namesIn(text: string): string[] {
  return text.split(/\s+/)
}
