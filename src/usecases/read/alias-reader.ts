/** Reads the aliases of functions while the list of the functions is still being read. */
import type { LambdaGateway } from '../../aws/gateways.js'
import type { Alias, LambdaFunction } from '../../core/lambda-function.js'
import type { Reading } from '../../core/verdict.js'
import { turns } from '../../rollout/in-parallel.js'
import { reading } from './reading.js'

const AT_ONCE = 8

export class AliasReader {
  readonly #readings = new Map<string, Promise<Reading<Alias[]>>>()
  readonly #turn = turns(AT_ONCE)

  constructor(private readonly lambda: LambdaGateway) {}

  /** Once a function, however many versions it has. */
  begin({ arn, name }: LambdaFunction): void {
    if (this.#readings.has(arn)) return
    const read = this.#turn(() => reading(() => this.lambda.listAliases(name)))
    // What concerns the whole run is told to whoever asks for the result.
    read.catch(() => undefined)
    this.#readings.set(arn, read)
  }

  /** Of a function that was not begun: none. */
  async of({ arn }: LambdaFunction): Promise<Reading<Alias[]>> {
    return this.#readings.get(arn) ?? { value: [] }
  }
}
