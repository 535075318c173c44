/** CreateFunction and DeleteFunction. */
import { AwsError } from '../aws-error.js'
import type { Context } from '../wire/service.js'
import type { FunctionConfiguration } from '../world/function-configuration.js'
import { LambdaFunction } from '../world/lambda-function.js'
import { readConfiguration, refuseBlockedRuntime } from './configuration-input.js'
import { conflict, invalidParameter, validation } from './errors.js'
import { findFunction, readName, readQualifiedName, regionOf } from './function-name.js'
import { fullConfiguration, viewOf } from './function-view.js'
import type { LambdaInput } from './input.js'
import type { LambdaResult } from './operation.js'
import { checkRole } from './role-check.js'
import { readCode } from './update-function.js'

export function createFunction(input: LambdaInput, context: Context): LambdaResult {
  const name = readNewName(input, context)
  const configuration = newConfiguration(name, input)
  const region = regionOf(context)
  if (region.functions.has(name)) throw conflict(`Function already exist: ${name}`)
  checkRole(configuration.Role, configuration.TracingConfig?.Mode === 'Active', context)
  const identity = { name, arn: region.arnOf(name) }
  const lambda = new LambdaFunction(identity, configuration, context.now, context.world.ids)
  const tags = Object.entries(input.object('Tags') ?? {}).map(([key, value]) => [key, String(value)])
  lambda.tags = Object.fromEntries(tags)
  const imageUri = input.object('Code')?.ImageUri
  if (typeof imageUri === 'string') lambda.imageUri = imageUri
  lambda.beginSettling('creating', context.now)
  region.put(lambda)
  const answer = fullConfiguration(viewOf(lambda, undefined))
  if (!input.flag('Publish')) return { status: 201, body: { ...answer, RevisionId: lambda.revisionId } }
  const { version } = lambda.publish(context.now)
  return { status: 201, body: { ...answer, RevisionId: lambda.revisionId, Version: version } }
}

export function deleteFunction(input: LambdaInput, context: Context): LambdaResult {
  const reference = readQualifiedName(input.param('FunctionName'), input.query.get('Qualifier'), context)
  const lambda = findFunction(reference, context)
  const { qualifier } = reference
  if (qualifier === undefined) {
    regionOf(context).remove(reference.name)
    return { status: 204 }
  }
  const users = [...lambda.aliases.values()].filter(
    (alias) => alias.version === qualifier || qualifier in alias.weights,
  )
  if (users.length > 0) {
    const names = users.map((alias) => alias.name).join(', ')
    throw conflict(`Version ${qualifier} of function ${lambda.name} is used by the aliases: ${names}`)
  }
  lambda.versions.delete(qualifier)
  return { status: 204 }
}

function readNewName(input: LambdaInput, context: Context): string {
  const raw = input.required('FunctionName')
  const { name } = readName(raw, 'change', context)
  if (name.length <= 64) return name
  const { text } = validation(raw, 'functionName', 'Member must have length less than or equal to 64')
  throw new AwsError(400, 'InvalidParameterValueException', text)
}

function newConfiguration(name: string, input: LambdaInput): FunctionConfiguration {
  input.required('Role')
  const code = input.object('Code') ?? {}
  const image = input.text('PackageType') === 'Image'
  const given = readConfiguration(input)
  if (!image && (given.Runtime === undefined || given.Handler === undefined)) {
    throw invalidParameter(
      'Runtime and Handler are mandatory parameters for functions created with deployment packages.',
    )
  }
  if (image && (given.Runtime ?? given.Handler ?? given.Layers) !== undefined) {
    throw invalidParameter(
      "Please don't provide Runtime, Handler, or Layer when the intended function PackageType is Image.",
    )
  }
  if (Object.keys(code).length === 0) throw invalidParameter('Please provide a source for function code.')
  refuseBlockedRuntime(given.Runtime)
  return {
    Role: '',
    Description: '',
    Timeout: 3,
    MemorySize: 128,
    PackageType: image ? 'Image' : 'Zip',
    Architectures: ['x86_64'],
    TracingConfig: { Mode: 'PassThrough' },
    EphemeralStorage: { Size: 512 },
    SnapStart: { ApplyOn: 'None', OptimizationStatus: 'Off' },
    LoggingConfig: { LogFormat: 'Text', LogGroup: `/aws/lambda/${name}` },
    ...readCode({ text: (key) => (typeof code[key] === 'string' ? code[key] : undefined) }),
    ...given,
  }
}
