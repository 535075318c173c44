/** GetFunction, GetFunctionConfiguration and GetPolicy. */
import type { Context } from '../wire/service.js'
import { notFound } from './errors.js'
import { findFunction, readQualifiedName } from './function-name.js'
import { type FunctionView, fullConfiguration, viewOf } from './function-view.js'
import type { LambdaInput } from './input.js'
import type { LambdaResult } from './operation.js'

export function getFunction(input: LambdaInput, context: Context): LambdaResult {
  const view = readView(input, context)
  const { lambda, arn } = view
  const tagged = arn === lambda.arn && Object.keys(lambda.tags).length > 0
  const body = {
    Configuration: fullConfiguration(view),
    Code: codeLocation(view, context),
    ...(tagged ? { Tags: lambda.tags } : {}),
  }
  return { status: 200, body }
}

export function getFunctionConfiguration(input: LambdaInput, context: Context): LambdaResult {
  return { status: 200, body: fullConfiguration(readView(input, context)) }
}

/** Resource policies are not kept: there is none. */
export function getPolicy(input: LambdaInput, context: Context): LambdaResult {
  readView(input, context)
  throw notFound('The resource you requested does not exist.')
}

function readView(input: LambdaInput, context: Context): FunctionView {
  const reference = readQualifiedName(input.param('FunctionName'), input.query.get('Qualifier'), context)
  return viewOf(findFunction(reference, context), reference.qualifier)
}

function codeLocation({ lambda }: FunctionView, context: Context): Record<string, string> {
  if (lambda.imageUri !== undefined) {
    return { RepositoryType: 'ECR', ImageUri: lambda.imageUri, ResolvedImageUri: lambda.imageUri }
  }
  const { region, account } = context.caller
  const host = `awslambda-${region}-tasks.s3.${region}.amazonaws.com`
  const query = new URLSearchParams({
    versionId: lambda.revisionId,
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Expires': '600',
    'X-Amz-Security-Token': `sandbox-token-of-${lambda.name}`,
    'X-Amz-Signature': lambda.revisionId.replaceAll('-', '').repeat(2),
  })
  return { RepositoryType: 'S3', Location: `https://${host}/snapshots/${account}/${lambda.name}?${query}` }
}
