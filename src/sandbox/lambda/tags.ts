/** ListTags, TagResource and UntagResource: tags live on the unqualified function. */
import type { Context } from '../wire/service.js'
import type { LambdaFunction } from '../world/lambda-function.js'
import { invalidParameter, validation } from './errors.js'
import { findFunction, readName } from './function-name.js'
import { refuseWhileSettling } from './guards.js'
import type { LambdaInput } from './input.js'
import type { LambdaResult } from './operation.js'

export function listTags(input: LambdaInput, context: Context): LambdaResult {
  return { status: 200, body: { Tags: tagged(input, context).tags } }
}

export function tagResource(input: LambdaInput, context: Context): LambdaResult {
  const lambda = tagged(input, context)
  refuseWhileSettling(lambda)
  for (const [key, value] of Object.entries(input.object('Tags') ?? {})) lambda.tags[key] = String(value)
  return { status: 204 }
}

export function untagResource(input: LambdaInput, context: Context): LambdaResult {
  const lambda = tagged(input, context)
  refuseWhileSettling(lambda)
  for (const key of input.query.getAll('tagKeys')) delete lambda.tags[key]
  return { status: 204 }
}

function tagged(input: LambdaInput, context: Context): LambdaFunction {
  const arn = input.param('Resource')
  if (!/^arn:aws[a-zA-Z-]*:lambda:[a-z0-9-]+:\d{12}:function:/.test(arn)) {
    throw validation(arn, 'resource', 'Member must satisfy regular expression pattern: arn:(aws[a-zA-Z-]*):lambda:…')
  }
  const reference = readName(arn, 'read', context)
  if (reference.qualifier !== undefined) {
    throw invalidParameter('Tags on function aliases and versions are not supported. Please specify a function ARN.')
  }
  return findFunction(reference, context)
}
