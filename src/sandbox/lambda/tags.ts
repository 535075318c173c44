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
  const added = Object.entries(input.object('Tags') ?? {}).map(([key, value]) => [key, String(value)])
  lambda.tags = { ...lambda.tags, ...Object.fromEntries(added) }
  return { status: 204 }
}

export function untagResource(input: LambdaInput, context: Context): LambdaResult {
  const lambda = tagged(input, context)
  refuseWhileSettling(lambda)
  const removed = new Set(input.query.getAll('tagKeys'))
  lambda.tags = Object.fromEntries(Object.entries(lambda.tags).filter(([key]) => !removed.has(key)))
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
