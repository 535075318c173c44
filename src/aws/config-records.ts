/** What is asked of AWS Config about functions, and what a row of its answer says of one. */
import { splitFunctionArn } from '../core/lambda-function.js'
import { otherTracers } from '../core/tracers.js'
import { XtraceError } from '../errors.js'
import type { RecordedFunction } from './gateways.js'

/** Of the properties in awslabs/aws-config-resource-schema; versions, aliases and variables are not among them. */
const PROPERTIES = [
  'arn',
  'configurationItemCaptureTime',
  'tags',
  'configuration.functionName',
  'configuration.role',
  'configuration.tracingConfig.mode',
  'configuration.runtime',
  'configuration.packageType',
  'configuration.memorySize',
  'configuration.layers.arn',
]

export const FUNCTIONS_QUERY = `SELECT ${PROPERTIES.join(', ')} WHERE resourceType = 'AWS::Lambda::Function'`

/** As sent; any of it may be missing, and what was never set is. */
interface Row {
  arn?: unknown
  configurationItemCaptureTime?: unknown
  tags?: unknown
  configuration?: {
    functionName?: unknown
    role?: unknown
    tracingConfig?: { mode?: unknown } | null
    runtime?: unknown
    packageType?: unknown
    memorySize?: unknown
    layers?: unknown
  }
}

/** @throws XtraceError for a row that names no function: to leave it out would hide one */
export function recordOf(text: string): RecordedFunction {
  const { arn, configuration, tags, configurationItemCaptureTime: takenAt } = rowOf(text)
  const place = splitFunctionArn(typeof arn === 'string' ? arn : '')
  if (!place.name || !configuration) throw unreadableRow()
  const { functionName, role, tracingConfig, runtime, packageType, memorySize, layers } = configuration
  return {
    fn: {
      ...place,
      name: typeof functionName === 'string' ? functionName : place.name,
      version: '$LATEST',
      mode: tracingConfig?.mode === 'Active' ? 'Active' : 'PassThrough',
      role: typeof role === 'string' ? role : '',
      packageType: packageType === 'Image' ? 'Image' : 'Zip',
      memory: typeof memorySize === 'number' ? memorySize : 128,
      otherTracers: otherTracers(itemsOf(layers).flatMap((layer) => textIn(layer, 'arn'))),
      managedInstances: false,
      snapStart: false,
      ...(typeof runtime === 'string' && runtime && { runtime }),
    },
    tags: Object.fromEntries(
      itemsOf(tags).flatMap((tag) => textIn(tag, 'key').map((key) => [key, textIn(tag, 'value')[0] ?? ''])),
    ),
    ...(typeof takenAt === 'string' && { recordedAt: takenAt }),
  }
}

function rowOf(text: string): Row {
  try {
    const row: unknown = JSON.parse(text)
    if (typeof row === 'object' && row !== null) return row
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  throw unreadableRow()
}

function unreadableRow(): XtraceError {
  return new XtraceError('SERVER_ERROR', 'AWS Config answered with a row that is not the record of a function.')
}

function itemsOf(list: unknown): unknown[] {
  return Array.isArray(list) ? list : []
}

function textIn(item: unknown, key: string): string[] {
  const value: unknown = typeof item === 'object' && item !== null ? Reflect.get(item, key) : undefined
  return typeof value === 'string' ? [value] : []
}
