/** Carries out a plan: wave by wave, all accounts and regions at once; one failure never stops another function. */
import type { AwsAccess, Clock } from '../aws/gateways.js'
import { grouped } from '../core/grouped.js'
import { atMost, type Limit } from '../core/limit.js'
import { changedFunctions, type Plan, type Step } from '../core/plan/plan.js'
import type { JournalEntry, StepState } from '../core/run.js'
import { asXtraceError, type ErrorCode, stopsEverything, XtraceError } from '../errors.js'
import { allEnded, turns } from './in-parallel.js'
import { RoleGates } from './role-gates.js'
import { runStep } from './run-step.js'
import type { StepEvent, StepOutcome } from './step-outcome.js'
import { placeOf, type Wave, type Work, wavesOf } from './waves.js'
import { WorkQueue } from './work-queue.js'

export interface ExecuteTools {
  aws: AwsAccess
  clock: Clock
  /** Resolves when the entry is on disk; what it throws ends the run. */
  record(entry: JournalEntry): Promise<void>
  /** Called when a step begins and ends; what it throws ends the run, but never turns `done` into `failed`. */
  observe(event: StepEvent): void
}

export interface ExecuteOptions {
  waves?: readonly Limit[]
  /** The run stops when more functions than this have failed. */
  maxErrors?: Limit
  /** What an earlier process did of the same plan. */
  states?: ReadonlyMap<string, StepState>
}

/** Functions in work at a time in one region of one account; the limiter, not this, sets the speed. */
const AT_ONCE = 48
/** In all of them together: with more than this the process would be the limit, not AWS. */
const MOST_AT_ONCE = 1_536
const ROLES_AT_ONCE = 8
/** Above this many functions polling goes to GetFunction, which has a quota of its own. */
const FEW = 10

/** After these a call may have done its work all the same. */
const LEAVES_OPEN: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['CONNECTION_LOST', 'SERVER_ERROR', 'INTERRUPTED'])

/** Lambda refuses the role although it was granted, and has been waited for long enough. */
const ROLE_REFUSED: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['ROLE_LACKS_XRAY', 'ROLE_NOT_ASSUMABLE'])

/** @returns step id → outcome, for every step of the plan */
export async function execute(
  plan: Plan,
  tools: ExecuteTools,
  options: ExecuteOptions = {},
): Promise<Map<string, StepOutcome>> {
  const run = new Execution(plan, tools, options)
  for (const wave of wavesOf(plan, options.waves ?? [])) await run.carryOut(wave)
  await run.finish()
  return run.outcomes
}

class Execution {
  readonly outcomes = new Map<string, StepOutcome>()
  readonly #begun = new Map<string, Promise<StepOutcome>>()
  readonly #gates = new RoleGates()
  readonly #iamTurn = turns(ROLES_AT_ONCE)
  readonly #functionTurn = turns(MOST_AT_ONCE)
  /** Grant and place → why Lambda refuses the role there all the same. */
  readonly #refusals = new Map<string, XtraceError>()
  readonly #many: boolean
  readonly #mostErrors: number
  #failedFunctions = 0
  #stopped: XtraceError | undefined

  constructor(
    private readonly plan: Plan,
    private readonly tools: ExecuteTools,
    private readonly options: ExecuteOptions,
  ) {
    const functions = changedFunctions(plan.steps).size
    this.#many = functions > FEW
    this.#mostErrors = options.maxErrors ? atMost(options.maxErrors, functions) : Number.POSITIVE_INFINITY
  }

  /** Grants begin at once, while functions that need none are already being changed. */
  async carryOut(wave: Wave): Promise<void> {
    const grants = wave.grants.map((grant) => this.#once(grant))
    const queues = [...grouped(wave.work, (work) => work.place).values()].map(
      (work) => new WorkQueue(work, this.#gates),
    )
    await allEnded([...grants, ...queues.map((queue) => this.#drain(queue))])
  }

  /** Steps that wait for functions of every wave: taking permissions back. */
  async finish(): Promise<void> {
    const rest = this.plan.steps.filter((step) => !this.#begun.has(step.id))
    await allEnded(rest.map((step) => this.#once(step)))
  }

  async #drain(queue: WorkQueue<Work>): Promise<void> {
    const worker = async () => {
      for (let work = await queue.take(); work !== undefined; work = await queue.take()) await this.#guarded(work)
    }
    await allEnded(Array.from({ length: AT_ONCE }, worker))
  }

  async #guarded(work: Work): Promise<void> {
    try {
      await this.#functionTurn(() => this.#work(work))
    } catch (thrown) {
      if (work.gate !== undefined) this.#gates.open(work.gate)
      throw thrown
    }
  }

  async #work({ steps, gate, place }: Work): Promise<void> {
    let failed = false
    for (const step of steps) {
      const outcome = await this.#once(step)
      failed ||= outcome.status === 'failed'
      if (gate !== undefined && step.kind === 'setMode') this.#pass(gate, place, outcome)
    }
    if (failed && ++this.#failedFunctions > this.#mostErrors) {
      this.#stopped ??= new XtraceError(
        'TOO_MANY_FAILURES',
        `${this.#failedFunctions} function${this.#failedFunctions === 1 ? '' : 's'} failed, more than --max-errors allows.`,
      )
    }
  }

  /** A role that works, a grant that failed, or a run that stops: nobody needs to find out any more. */
  #pass(gate: string, place: string, outcome: StepOutcome): void {
    if (outcome.status === 'done' || this.#stopped || this.outcomes.get(gate)?.status !== 'done') {
      this.#gates.open(gate)
      return
    }
    // Every other function of the role would wait just as long, and in vain.
    if (ROLE_REFUSED.has(outcome.error.code) && !this.#gates.isOpen(gate))
      this.#refusals.set(`${gate} ${place}`, outcome.error)
    this.#gates.reset(gate)
  }

  /** Lambda has accepted a function with this role: the others need not wait until it has settled. */
  #proven(step: Step): void {
    for (const id of step.after) this.#gates.open(id)
  }

  /** What waits for a step finds it here from the moment it is asked for, though it may have to wait for its turn. */
  #once(step: Step): Promise<StepOutcome> {
    const carryOut = () => this.#unlessBroken(step)
    const begun = this.#begun.get(step.id) ?? ('role' in step ? this.#iamTurn(carryOut) : carryOut())
    this.#begun.set(step.id, begun)
    return begun
  }

  /** A journal that cannot be written or an observer that throws ends the run: no further step begins. */
  async #unlessBroken(step: Step): Promise<StepOutcome> {
    try {
      return await this.#carryOutStep(step)
    } catch (thrown) {
      this.#stopped ??= asXtraceError(thrown)
      throw thrown
    }
  }

  async #carryOutStep(step: Step): Promise<StepOutcome> {
    const known = this.#doneBefore(step)
    const outcome = known ?? (await this.#blockedBy(step)) ?? (await this.#attempt(step))
    this.outcomes.set(step.id, outcome)
    if (!known) this.tools.observe({ type: 'ended', outcome })
    return outcome
  }

  #doneBefore(step: Step): StepOutcome | undefined {
    const state = this.options.states?.get(step.id)
    if (state?.state !== 'done') return undefined
    return {
      step,
      status: 'done',
      changed: state.changed === true,
      ...(state.note !== undefined && { note: state.note }),
    }
  }

  async #blockedBy(step: Step): Promise<StepOutcome | undefined> {
    const before = await Promise.all(step.after.flatMap((id) => this.#begun.get(id) ?? []))
    if (this.#stopped) return { step, status: 'left', error: this.#stopped }
    const failed = before.find((outcome) => outcome.status !== 'done')
    const error = failed?.error ?? this.#refusalOf(step)
    return error && { step, status: 'failed', error, open: false }
  }

  #refusalOf(step: Step): XtraceError | undefined {
    if (step.kind !== 'setMode') return undefined
    const place = placeOf(step.function)
    return step.after.map((id) => this.#refusals.get(`${id} ${place}`)).find((error) => error !== undefined)
  }

  /** Only the AWS calls are inside the try: neither the journal nor the observer can make `failed` of `done`. */
  async #attempt(step: Step): Promise<StepOutcome> {
    const begunBefore = this.options.states?.get(step.id)?.state === 'started'
    await this.tools.record({ type: 'started', step: step.id, at: this.#now() })
    this.tools.observe({ type: 'started', step })
    const outcome = await this.#call(step, begunBefore)
    await this.#recordEnd(outcome)
    return outcome
  }

  async #call(step: Step, begunBefore: boolean): Promise<StepOutcome> {
    let taken = begunBefore
    try {
      const done = await runStep(step, {
        aws: this.tools.aws,
        clock: this.tools.clock,
        many: this.#many,
        outcomeOf: (id) => this.outcomes.get(id),
        begunBefore,
        onTaken: (surely) => {
          taken = true
          if (surely) this.#proven(step)
        },
      })
      return { step, status: 'done', ...done }
    } catch (thrown) {
      const error = asXtraceError(thrown)
      if (stopsEverything(error)) this.#stopped ??= error
      const open = taken || (step.kind !== 'setMode' && LEAVES_OPEN.has(error.code))
      return { step, status: stopsEverything(error) ? 'left' : 'failed', error, open }
    }
  }

  /** What may have been done all the same stays `started` in the journal: whoever reads it has to ask AWS. */
  async #recordEnd(outcome: StepOutcome): Promise<void> {
    const { id: step } = outcome.step
    const at = this.#now()
    if (outcome.status === 'done') {
      const { changed, note } = outcome
      await this.tools.record({ type: 'done', step, at, changed, ...(note !== undefined && { note }) })
    } else if (!outcome.open) {
      await this.tools.record({ type: 'failed', step, at, code: outcome.error.code, message: outcome.error.message })
    }
  }

  #now(): string {
    return new Date(this.tools.clock.now()).toISOString()
  }
}
