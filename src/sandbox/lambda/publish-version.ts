/** PublishVersion, for numbered versions and for `$LATEST.PUBLISHED`. */
import type { Context } from '../wire/service.js'
import type { LambdaFunction } from '../world/lambda-function.js'
import { invalidParameter, validation } from './errors.js'
import { findFunction, readName } from './function-name.js'
import { fullConfiguration, viewOf } from './function-view.js'
import { refuseQualifier, refuseStaleRevision, refuseWhileSettling } from './guards.js'
import type { LambdaInput } from './input.js'
import type { LambdaResult } from './operation.js'

export function publishVersion(input: LambdaInput, context: Context): LambdaResult {
  const reference = readName(input.param('FunctionName'), 'change', context)
  refuseQualifier(reference)
  const lambda = findFunction({ name: reference.name, qualifier: undefined }, context)
  refuseWhileSettling(lambda)
  refuseStaleRevision(lambda.revisionId, input.text('RevisionId'))
  refuseOtherCode(lambda, input.text('CodeSha256'))
  const version = publish(lambda, input, context)
  return { status: 201, body: fullConfiguration(viewOf(lambda, version)) }
}

function publish(lambda: LambdaFunction, input: LambdaInput, context: Context): string {
  const to = input.text('PublishTo')
  if (to !== undefined) {
    if (to !== 'LATEST_PUBLISHED')
      throw validation(to, 'publishTo', 'Member must satisfy enum value set: [LATEST_PUBLISHED]')
    if (!lambda.managedInstances) {
      throw invalidParameter('PublishTo is supported only for functions that use a capacity provider.')
    }
    return lambda.publishLatest(context.now).version
  }
  const newest = lambda.newestVersion()
  if (newest !== undefined && !lambda.changedSincePublish) return newest.version
  const description = input.text('Description')
  const { configuration } = lambda
  return lambda.publish(
    context.now,
    description === undefined ? configuration : { ...configuration, Description: description },
  ).version
}

function refuseOtherCode(lambda: LambdaFunction, given: string | undefined): void {
  const current = lambda.configuration.CodeSha256
  if (given === undefined || given === '' || given === current) return
  throw invalidParameter(
    `CodeSHA256 (${given}) is different from current CodeSHA256 in $LATEST (${current}). ` +
      'Please try again with the CodeSHA256 in $LATEST.',
  )
}
