/** The configuration keys of CreateFunction and UpdateFunctionConfiguration, checked and brought into the stored form. */
import type { FunctionConfiguration, TracingMode } from '../world/function-configuration.js'
import { invalidParameter, validation } from './errors.js'
import type { LambdaInput } from './input.js'

const ROLE_PATTERN = 'arn:(aws[a-zA-Z-]*)?:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+'
const MODES: readonly string[] = ['Active', 'PassThrough'] satisfies TracingMode[]

const BLOCKED_RUNTIMES = new Set([
  'nodejs',
  'nodejs4.3',
  'nodejs6.10',
  'nodejs8.10',
  'nodejs10.x',
  'nodejs12.x',
  'python2.7',
  'python3.6',
  'ruby2.5',
  'dotnetcore1.0',
  'dotnetcore2.0',
  'dotnetcore2.1',
  'dotnetcore3.1',
])

/** Only the keys that were sent. @throws AwsError ValidationException */
export function readConfiguration(input: LambdaInput): Partial<FunctionConfiguration> {
  const environment = input.object('Environment')
  return withoutUndefined({
    Role: readRole(input),
    Runtime: input.text('Runtime'),
    Handler: input.text('Handler'),
    Description: input.text('Description'),
    Timeout: input.number('Timeout'),
    MemorySize: input.number('MemorySize'),
    Environment: environment && { Variables: variables(environment.Variables) },
    TracingConfig: readTracing(input),
    Layers: input.texts('Layers')?.map((Arn) => ({ Arn, CodeSize: 20_480 })),
    Architectures: input.texts('Architectures'),
    VpcConfig: input.object('VpcConfig'),
    DeadLetterConfig: input.object('DeadLetterConfig'),
    KMSKeyArn: input.text('KMSKeyArn'),
    FileSystemConfigs: input.list('FileSystemConfigs'),
    CapacityProviderConfig: input.object('CapacityProviderConfig'),
    ImageConfigResponse: input.object('ImageConfig') && { ImageConfig: input.object('ImageConfig') },
  }) as Partial<FunctionConfiguration>
}

/** @throws AwsError InvalidParameterValueException */
export function refuseBlockedRuntime(runtime: string | undefined): void {
  if (runtime === undefined || !BLOCKED_RUNTIMES.has(runtime)) return
  throw invalidParameter(
    `The runtime parameter of ${runtime} is no longer supported for creating or updating AWS Lambda functions. ` +
      'We recommend you use a supported runtime while creating or updating functions.',
  )
}

function readRole(input: LambdaInput): string | undefined {
  const role = input.text('Role')
  if (role === undefined || new RegExp(`^(?:${ROLE_PATTERN})$`).test(role)) return role
  throw validation(role, 'role', `Member must satisfy regular expression pattern: ${ROLE_PATTERN}`)
}

function readTracing(input: LambdaInput): { Mode: TracingMode } | undefined {
  const mode = input.object('TracingConfig')?.Mode
  if (mode === undefined || mode === null) return undefined
  if (isMode(mode)) return { Mode: mode }
  throw validation(String(mode), 'tracingConfig.mode', `Member must satisfy enum value set: [${MODES.join(', ')}]`)
}

function isMode(mode: unknown): mode is TracingMode {
  return typeof mode === 'string' && MODES.includes(mode)
}

function variables(given: unknown): Record<string, string> {
  return typeof given === 'object' && given !== null ? { ...given } : {}
}

function withoutUndefined(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))
}
