/** UpdateFunctionConfiguration and UpdateFunctionCode. */
import type { Context } from '../wire/service.js'
import { codeHash } from '../world/function-seed.js'
import type { LambdaFunction } from '../world/lambda-function.js'
import { readConfiguration, refuseBlockedRuntime } from './configuration-input.js'
import { findFunction, readName } from './function-name.js'
import { fullConfiguration, viewOf } from './function-view.js'
import { refuseQualifier, refuseStaleRevision, refuseWhileSettling } from './guards.js'
import type { LambdaInput } from './input.js'
import type { LambdaResult } from './operation.js'
import { checkRole } from './role-check.js'

export function updateFunctionConfiguration(input: LambdaInput, context: Context): LambdaResult {
  const changes = readConfiguration(input)
  const lambda = changeable(input, context)
  const configuration = { ...lambda.configuration, ...changes }
  refuseBlockedRuntime(configuration.Runtime)
  const tracing = changes.TracingConfig?.Mode === 'Active'
  if (tracing || changes.Role !== undefined) checkRole(configuration.Role, tracing, context)
  lambda.update(configuration, context.now)
  return { status: 200, body: fullConfiguration(viewOf(lambda, undefined)) }
}

export function updateFunctionCode(input: LambdaInput, context: Context): LambdaResult {
  const lambda = changeable(input, context)
  refuseBlockedRuntime(lambda.configuration.Runtime)
  if (input.flag('DryRun')) return { status: 200, body: fullConfiguration(viewOf(lambda, undefined)) }
  lambda.imageUri = input.text('ImageUri') ?? lambda.imageUri
  lambda.update({ ...lambda.configuration, ...readCode(input) }, context.now)
  if (!input.flag('Publish')) return { status: 200, body: fullConfiguration(viewOf(lambda, undefined)) }
  const { version } = lambda.publish(context.now)
  return { status: 200, body: { ...fullConfiguration(viewOf(lambda, version)), State: 'Pending' } }
}

/** Size and hash of the code that a request names or holds. */
export function readCode(input: { text(key: string): string | undefined }): { CodeSha256: string; CodeSize: number } {
  const zip = input.text('ZipFile')
  if (zip !== undefined) {
    const content = Buffer.from(zip, 'base64')
    return { CodeSha256: codeHash(content), CodeSize: content.byteLength }
  }
  const source = ['S3Bucket', 'S3Key', 'S3ObjectVersion', 'ImageUri'].map((key) => input.text(key) ?? '').join('/')
  return { CodeSha256: codeHash(source), CodeSize: 4096 }
}

function changeable(input: LambdaInput, context: Context): LambdaFunction {
  const reference = readName(input.param('FunctionName'), 'change', context)
  refuseQualifier(reference)
  const lambda = findFunction({ name: reference.name, qualifier: undefined }, context)
  refuseWhileSettling(lambda)
  refuseStaleRevision(lambda.revisionId, input.text('RevisionId'))
  return lambda
}
