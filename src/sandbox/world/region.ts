/** The functions of one account in one region. */
import { partitionOf } from '../partition.js'
import type { Identifiers } from '../random.js'
import { type EventSourceMapping, eventSourceArn } from './event-source.js'
import { type FunctionSeed, functionFromSeed } from './function-seed.js'
import type { LambdaFunction } from './lambda-function.js'

export class Region {
  readonly name: string
  readonly account: string
  readonly partition: string
  readonly eventSourceMappings: EventSourceMapping[] = []
  readonly #functions = new Map<string, LambdaFunction>()
  readonly #ids: Identifiers
  #sorted: readonly LambdaFunction[] | undefined

  constructor(name: string, account: string, ids: Identifiers) {
    this.name = name
    this.account = account
    this.partition = partitionOf(name)
    this.#ids = ids
  }

  get functions(): ReadonlyMap<string, LambdaFunction> {
    return this.#functions
  }

  /** By name; kept until a function comes or goes, so that paging stays cheap. */
  get sortedFunctions(): readonly LambdaFunction[] {
    this.#sorted ??= [...this.#functions.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
    return this.#sorted
  }

  /** @throws Error where there is none: for reading in tests */
  function(name: string): LambdaFunction {
    const found = this.#functions.get(name)
    if (found === undefined) throw new Error(`the sandbox has no function ${name} in ${this.account} ${this.name}`)
    return found
  }

  arnOf(name: string): string {
    return `arn:${this.partition}:lambda:${this.name}:${this.account}:function:${name}`
  }

  addFunction(seed: FunctionSeed): LambdaFunction {
    const made = functionFromSeed(seed, this.arnOf(seed.name), this.#ids)
    this.put(made)
    for (const source of seed.eventSources ?? []) {
      const place = { partition: this.partition, region: this.name, account: this.account }
      const arn = source.eventSourceArn ?? eventSourceArn(source.kind, seed.name, place)
      this.eventSourceMappings.push({
        uuid: this.#ids.uuid(),
        kind: source.kind,
        functionName: seed.name,
        functionArn: made.arn,
        ...(arn === undefined ? {} : { eventSourceArn: arn }),
      })
    }
    return made
  }

  put(made: LambdaFunction): void {
    this.#functions.set(made.name, made)
    this.#sorted = undefined
  }

  remove(name: string): void {
    this.#functions.delete(name)
    this.#sorted = undefined
  }
}
