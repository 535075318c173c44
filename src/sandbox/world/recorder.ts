/** AWS Config's recorder of one region: the functions as they were when it last looked. */
import type { FunctionConfiguration } from './function-configuration.js'
import type { LambdaFunction } from './lambda-function.js'

/** What was taken down of a function; it stays as it is, whatever becomes of the function. */
export interface RecordedFunction {
  readonly name: string
  readonly arn: string
  readonly configuration: FunctionConfiguration
  readonly tags: Readonly<Record<string, string>>
  readonly revisionId: string
  readonly state: string
  readonly lastUpdateStatus: string | undefined
  /** Milliseconds since the epoch. */
  readonly lastModified: number
  /** When it was last seen to have changed; milliseconds since the epoch. */
  readonly capturedAt: number
}

export class Recorder {
  readonly #functions: () => readonly LambdaFunction[]
  #recorded: readonly RecordedFunction[] | undefined

  /** @param functions of the region as they are, by name */
  constructor(functions: () => readonly LambdaFunction[]) {
    this.#functions = functions
  }

  /** By name; empty where it is off. */
  get recorded(): readonly RecordedFunction[] {
    return this.#recorded ?? []
  }

  /** Takes down what has changed since the last time, and begins where it was off. @param at milliseconds */
  record(at: number): void {
    const before = new Map(this.recorded.map((recorded) => [recorded.name, recorded]))
    this.#recorded = this.#functions().map((lambda) => {
      const known = before.get(lambda.name)
      return known !== undefined && isSame(known, lambda) ? known : recordOf(lambda, at)
    })
  }

  /** Nothing can be queried any more. */
  stop(): void {
    this.#recorded = undefined
  }
}

function recordOf(lambda: LambdaFunction, capturedAt: number): RecordedFunction {
  const { name, arn, configuration, tags, revisionId, state, lastUpdateStatus, lastModified } = lambda
  return { name, arn, configuration, tags, revisionId, state, lastUpdateStatus, lastModified, capturedAt }
}

/** Configurations and tags are never changed in place. */
function isSame(recorded: RecordedFunction, lambda: LambdaFunction): boolean {
  return (
    recorded.configuration === lambda.configuration &&
    recorded.tags === lambda.tags &&
    recorded.revisionId === lambda.revisionId
  )
}
