/** Carries out a plan step by step: grants first, then modes; one failure never stops another function. */
import type { AwsAccess, Clock } from '../aws/gateways.js'
import { type LambdaFunction, roleNameOf, splitFunctionArn } from '../core/lambda-function.js'
import type { GrantStep, Plan, SetModeStep, Step } from '../core/plan.js'
import { inlinePolicyDocument } from '../core/policy/grant.js'
import { asXtraceError, stopsEverything, type XtraceError } from '../errors.js'
import { inParallel } from './in-parallel.js'
import { setMode } from './set-mode.js'

export interface ExecuteTools {
  aws: AwsAccess
  clock: Clock
  /** Called when a step begins and ends; what it throws is the caller's fault and ends the run. */
  observe(event: StepEvent): void
}

export type StepEvent = { type: 'started'; step: Step } | { type: 'ended'; outcome: StepOutcome }

export type StepOutcome =
  | { step: Step; status: 'done'; changed: boolean; fn?: LambdaFunction }
  | { step: Step; status: 'failed'; error: XtraceError }
  /** Not begun, because the run was stopped. */
  | { step: Step; status: 'left'; error: XtraceError }

/** Functions in work at a time; the limiter, not this, sets the speed. */
const AT_ONCE = 32
/** Above this many functions polling goes to GetFunction, which has a quota of its own. */
const FEW = 10

/** @returns step id → outcome, for every step of the plan */
export async function execute(plan: Plan, tools: ExecuteTools): Promise<Map<string, StepOutcome>> {
  const odd = plan.steps.find((step) => step.kind !== 'grant' && step.kind !== 'setMode')
  if (odd) throw new Error(`a step of the kind ${odd.kind} cannot be carried out yet`)
  const run = new Run(plan, tools)
  const grants = plan.steps.filter((step) => step.kind === 'grant')
  const modes = plan.steps.filter((step) => step.kind === 'setMode')
  await inParallel(grants, AT_ONCE, (step) => run.carryOut(step))
  await inParallel(modes, AT_ONCE, (step) => run.carryOut(step))
  return run.outcomes
}

class Run {
  readonly outcomes = new Map<string, StepOutcome>()
  #stopped: XtraceError | undefined
  readonly #many: boolean

  constructor(
    plan: Plan,
    private readonly tools: ExecuteTools,
  ) {
    this.#many = plan.steps.filter((step) => step.kind === 'setMode').length > FEW
  }

  async carryOut(step: Step): Promise<void> {
    const blocked = this.#blockedBy(step)
    const outcome = blocked ?? (await this.#attempt(step))
    this.outcomes.set(step.id, outcome)
    this.tools.observe({ type: 'ended', outcome })
  }

  #blockedBy(step: Step): StepOutcome | undefined {
    if (this.#stopped) return { step, status: 'left', error: this.#stopped }
    for (const id of step.after) {
      const before = this.outcomes.get(id)
      if (before?.status === 'failed') return { step, status: 'failed', error: before.error }
    }
    return undefined
  }

  async #attempt(step: Step): Promise<StepOutcome> {
    this.tools.observe({ type: 'started', step })
    try {
      if (step.kind === 'grant') return await this.#grant(step)
      if (step.kind === 'setMode') return await this.#setMode(step)
      throw new Error(`a step of the kind ${step.kind} cannot be carried out yet`)
    } catch (thrown) {
      const error = asXtraceError(thrown)
      if (stopsEverything(error)) this.#stopped ??= error
      return { step, status: 'failed', error }
    }
  }

  async #grant(step: GrantStep): Promise<StepOutcome> {
    const iam = await this.tools.aws.iam(step.role.split(':')[1] ?? 'aws')
    const roleName = roleNameOf(step.role)
    if (step.how === 'managed') await iam.attachPolicy(roleName, step.policy)
    else await iam.putInlinePolicy(roleName, step.policy, inlinePolicyDocument())
    return { step, status: 'done', changed: true }
  }

  async #setMode(step: SetModeStep): Promise<StepOutcome> {
    const lambda = await this.tools.aws.lambda(splitFunctionArn(step.function).region)
    const { changed, fn } = await setMode(step, {
      lambda,
      clock: this.tools.clock,
      read: (name) => (this.#many ? lambda.pollFunction(name) : lambda.getFunction(name)),
      granted: step.after.length > 0,
    })
    return { step, status: 'done', changed, fn }
  }
}
