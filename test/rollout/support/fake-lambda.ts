/** Functions in memory that behave as Lambda's do: revisions, updates that settle later, and faults on demand. */
import type { LambdaGateway } from '../../../src/aws/gateways.js'
import type { LambdaFunction, TracingMode } from '../../../src/core/lambda-function.js'
import { XtraceError } from '../../../src/errors.js'

/** What becomes of one call of setMode; `work` does what Lambda would do, and throws what it would answer. */
export type Fate = (work: () => LambdaFunction) => LambdaFunction

/** The calls that a rollout makes of functions; any other is missing, and fails. */
type UsedCalls = Pick<LambdaGateway, 'setMode' | 'getFunction' | 'pollFunction'>

export class FakeLambda implements UsedCalls {
  /** Every call in order, with the arguments that matter. */
  readonly calls: string[] = []
  /** Called before each call of setMode. */
  onSetMode: (name: string) => void | Promise<void> = () => undefined
  readonly #functions = new Map<string, LambdaFunction>()
  readonly #fates = new Map<string, Fate[]>()
  readonly #endings = new Map<string, Partial<LambdaFunction>>()
  #readsUntilSettled = 1
  #readsLeft = 0

  constructor(...functions: LambdaFunction[]) {
    for (const one of functions) this.#functions.set(one.name, one)
  }

  /** The next calls of setMode for a function end so, one after the other; then all goes well. */
  fates(name: string, ...fates: Fate[]): this {
    this.#fates.set(name, [...(this.#fates.get(name) ?? []), ...fates])
    return this
  }

  /** How the update of a function looks when it has settled, where that is not "Successful". */
  ending(name: string, ending: Partial<LambdaFunction>): this {
    this.#endings.set(name, ending)
    return this
  }

  /** Reads that still show an update in progress. */
  slow(reads: number): this {
    this.#readsUntilSettled = reads
    return this
  }

  /** Somebody else changes a function: it gets a new revision, as with every change. */
  meddle(name: string, more: Partial<LambdaFunction>): void {
    const seen = this.look(name)
    this.#functions.set(name, { ...seen, revisionId: `${seen.revisionId}+`, ...more })
  }

  gateway(): LambdaGateway {
    return whole(this)
  }

  look(name: string): LambdaFunction {
    const found = this.#functions.get(name)
    if (!found) throw new XtraceError('FUNCTION_NOT_FOUND', `Function ${name} does not exist.`)
    return found
  }

  sent(): string[] {
    return this.calls.filter((call) => call.startsWith('setMode '))
  }

  async setMode(name: string, mode: TracingMode, revisionId?: string): Promise<LambdaFunction> {
    this.calls.push(`setMode ${name} ${mode} ${revisionId ?? 'any'}`)
    await this.onSetMode(name)
    const fate = this.#fates.get(name)?.shift() ?? ((work) => work())
    return fate(() => this.#update(name, mode, revisionId))
  }

  async getFunction(name: string): Promise<LambdaFunction> {
    return this.#read('getFunction', name)
  }

  async pollFunction(name: string): Promise<LambdaFunction> {
    return this.#read('pollFunction', name)
  }

  #update(name: string, mode: TracingMode, revisionId?: string): LambdaFunction {
    const seen = this.look(name)
    if (seen.updateStatus === 'InProgress') throw conflict()
    if (revisionId !== undefined && revisionId !== seen.revisionId) throw precondition()
    this.meddle(name, { mode, updateStatus: 'InProgress' })
    this.#readsLeft = this.#readsUntilSettled
    return this.look(name)
  }

  #read(call: string, name: string): LambdaFunction {
    this.calls.push(`${call} ${name}`)
    const seen = this.look(name)
    if (seen.updateStatus === 'InProgress' && this.#readsLeft-- <= 0)
      this.meddle(name, { updateStatus: 'Successful', ...this.#endings.get(name) })
    return this.look(name)
  }
}

export function conflict(): XtraceError {
  return new XtraceError('CONFLICT', 'The operation cannot be performed at this time. An update is in progress.')
}

export function precondition(): XtraceError {
  return new XtraceError('PRECONDITION', 'The RevisionId provided does not match the latest RevisionId.')
}

/** Lambda answers with an error, and has done nothing. */
export function refused(error: XtraceError): Fate {
  return () => {
    throw error
  }
}

/** The answer is lost on its way back: the work is done. */
export function lostAfter(error = new XtraceError('CONNECTION_LOST', 'socket hang up')): Fate {
  return (work) => {
    work()
    throw error
  }
}

function whole(used: UsedCalls): LambdaGateway {
  return used as LambdaGateway
}
