/** What stands between a request and a change: an update in progress, and a stale RevisionId. */
import type { LambdaFunction } from '../world/lambda-function.js'
import { conflict, invalidParameter, staleRevision } from './errors.js'
import type { FunctionReference } from './function-name.js'

/** @throws AwsError ResourceConflictException */
export function refuseWhileSettling(lambda: LambdaFunction): void {
  const sentence = 'The operation cannot be performed at this time.'
  if (lambda.state === 'Pending') {
    throw conflict(`${sentence} The function is currently in the following state: Pending`)
  }
  if (lambda.lastUpdateStatus === 'InProgress') {
    throw conflict(`${sentence} An update is in progress for resource: ${lambda.arn}`)
  }
}

/** @throws AwsError PreconditionFailedException */
export function refuseStaleRevision(current: string, given: string | undefined): void {
  if (given !== undefined && given !== current) throw staleRevision()
}

/** @throws AwsError InvalidParameterValueException */
export function refuseQualifier(reference: FunctionReference): void {
  if (reference.qualifier === undefined || reference.qualifier === '$LATEST') return
  throw invalidParameter(
    'Current operation does not support versions other than $LATEST. ' +
      'Please set the version to $LATEST or do not set a version in your request.',
  )
}
