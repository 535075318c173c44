/** One account in one region: its functions, and what AWS Config and X-Ray keep of them. */
import { partitionOf } from '../partition.js'
import type { Identifiers } from '../random.js'
import { Aggregator, type AggregatorSeed } from './aggregator.js'
import { type EventSourceMapping, eventSourceArn } from './event-source.js'
import { type FunctionSeed, functionFromSeed } from './function-seed.js'
import type { LambdaFunction } from './lambda-function.js'
import { Recorder } from './recorder.js'
import { Tracing } from './tracing.js'

export class Region {
  readonly name: string
  readonly account: string
  readonly partition: string
  readonly eventSourceMappings: EventSourceMapping[] = []
  /** Off until it is told to record. */
  readonly recorder = new Recorder(() => this.sortedFunctions)
  readonly tracing = new Tracing()
  /** By name. */
  readonly aggregators = new Map<string, Aggregator>()
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

  addAggregator(seed: AggregatorSeed): Aggregator {
    const id = this.#ids.letters(8).toLowerCase()
    const arn = `arn:${this.partition}:config:${this.name}:${this.account}:config-aggregator/config-aggregator-${id}`
    const aggregator = new Aggregator(seed, arn, this.name)
    this.aggregators.set(seed.name, aggregator)
    return aggregator
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
