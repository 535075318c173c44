/** What a qualifier stands for, and how it is written in an answer. */
import type { PublishedVersion } from '../world/function-configuration.js'
import type { LambdaFunction } from '../world/lambda-function.js'
import { functionNotFound } from './errors.js'
import { qualifiedArn } from './function-name.js'

/** `$LATEST` or a published version, under the ARN that it was asked for by. */
export interface FunctionView {
  readonly lambda: LambdaFunction
  readonly arn: string
  /** Undefined: `$LATEST`. */
  readonly published: PublishedVersion | undefined
}

const CREATING = { reason: 'The function is being created.', code: 'Creating' } as const

/** @throws AwsError ResourceNotFoundException */
export function viewOf(lambda: LambdaFunction, qualifier: string | undefined): FunctionView {
  const arn = qualifiedArn(lambda.arn, qualifier)
  const version = qualifier === undefined ? '$LATEST' : (lambda.aliases.get(qualifier)?.version ?? qualifier)
  if (version === '$LATEST') return { lambda, arn, published: undefined }
  const published = findVersion(lambda, version)
  if (published === undefined) throw functionNotFound(arn)
  return { lambda, arn, published }
}

export function findVersion(lambda: LambdaFunction, version: string): PublishedVersion | undefined {
  return version === '$LATEST.PUBLISHED' ? lambda.latestPublished : lambda.versions.get(version)
}

/** As in lists: without states. */
export function listedConfiguration(view: FunctionView): Record<string, unknown> {
  const { lambda, published } = view
  const { configuration, revisionId, lastModified } = published ?? lambda
  return {
    FunctionName: lambda.name,
    FunctionArn: view.arn,
    ...configuration,
    LastModified: new Date(lastModified).toISOString().replace('Z', '+0000'),
    Version: published?.version ?? '$LATEST',
    RevisionId: revisionId,
  }
}

/** As in answers about one function. */
export function fullConfiguration(view: FunctionView): Record<string, unknown> {
  return {
    ...listedConfiguration(view),
    ...(view.published === undefined ? states(view.lambda) : SETTLED),
    ...runtimeVersion(view),
  }
}

const SETTLED = { State: 'Active', LastUpdateStatus: 'Successful' } as const

function states(lambda: LambdaFunction): Record<string, unknown> {
  const { state, lastUpdateStatus } = lambda
  return {
    State: state,
    ...(state === 'Pending' ? { StateReason: CREATING.reason, StateReasonCode: CREATING.code } : {}),
    ...(lastUpdateStatus === undefined ? {} : { LastUpdateStatus: lastUpdateStatus }),
    ...(lastUpdateStatus === 'InProgress'
      ? { LastUpdateStatusReason: CREATING.reason, LastUpdateStatusReasonCode: CREATING.code }
      : {}),
  }
}

function runtimeVersion({ lambda }: FunctionView): Record<string, unknown> {
  const { Runtime } = lambda.configuration
  if (Runtime === undefined) return {}
  const [, partition, , region] = lambda.arn.split(':')
  const RuntimeVersionArn = `arn:${partition}:lambda:${region}::runtime:${Buffer.from(Runtime).toString('hex')}`
  return { RuntimeVersionConfig: { RuntimeVersionArn } }
}
