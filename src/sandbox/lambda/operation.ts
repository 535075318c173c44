/** What a Lambda operation is to the router. */
import type { Context } from '../wire/service.js'
import type { LambdaInput } from './input.js'

export interface LambdaResult {
  readonly status: number
  readonly body?: unknown
}

export interface LambdaOperation {
  readonly name: string
  readonly method: string
  /** Segments; one in braces is a parameter. */
  readonly path: readonly string[]
  /** @throws AwsError */
  readonly run: (input: LambdaInput, context: Context) => LambdaResult
}
