/** Makes the AWS calls of one step, whatever its kind. */
import type { AwsAccess, Clock, IamGateway, LambdaGateway } from '../aws/gateways.js'
import { partitionOfArn } from '../core/arn.js'
import { type LambdaFunction, roleNameOf, splitFunctionArn } from '../core/lambda-function.js'
import type { GrantStep, MoveAliasStep, RevokeStep, SetModeStep, Step } from '../core/plan/plan.js'
import { inlinePolicyDocument } from '../core/policy/grant.js'
import { accessTo } from './access-to.js'
import { moveAlias, publish, requireAlike } from './publish.js'
import { proven, setMode } from './set-mode.js'
import { settled } from './settle.js'
import type { StepOutcome } from './step-outcome.js'

export interface RunStepTools {
  aws: AwsAccess
  clock: Clock
  /** So many functions change that polling goes to GetFunction, which has a quota of its own. */
  many: boolean
  /** Outcome of a step that this one waits for. */
  outcomeOf(stepId: string): StepOutcome | undefined
  /** An earlier process began the step: AWS is asked first whether it is done. */
  begunBefore: boolean
  /** Called when AWS has, or after a lost answer may have, taken the change. */
  onTaken(surely: boolean): void
}

type Done = Pick<Extract<StepOutcome, { status: 'done' }>, 'changed' | 'fn' | 'note'>

/** @throws XtraceError with the reason when the step cannot be done */
export async function runStep(step: Step, tools: RunStepTools): Promise<Done> {
  switch (step.kind) {
    case 'grant':
      return grant(step, await iamOf(step.role, tools))
    case 'revoke':
      return revoke(step, await iamOf(step.role, tools))
    case 'setMode':
      return changeMode(step, tools)
    case 'publish':
      return {
        changed: true,
        note: await publish(step, { lambda: await lambdaOf(step.function, tools), clock: tools.clock }),
      }
    case 'moveAlias':
      return route(step, tools)
  }
}

async function grant(step: GrantStep, iam: IamGateway): Promise<Done> {
  const roleName = roleNameOf(step.role)
  if (step.how === 'managed') await iam.attachPolicy(roleName, step.policy)
  else await iam.putInlinePolicy(roleName, step.policy, inlinePolicyDocument())
  return { changed: true }
}

async function revoke(step: RevokeStep, iam: IamGateway): Promise<Done> {
  const roleName = roleNameOf(step.role)
  if (step.how === 'managed') await iam.detachPolicy(roleName, step.policy)
  else await iam.deleteInlinePolicy(roleName, step.policy)
  return { changed: true }
}

async function changeMode(step: SetModeStep, tools: RunStepTools): Promise<Done> {
  const lambda = await lambdaOf(step.function, tools)
  const read = (name: string): Promise<LambdaFunction> =>
    tools.many ? lambda.pollFunction(name) : lambda.getFunction(name)
  const { name } = splitFunctionArn(step.function)
  let { revisionId } = step
  if (tools.begunBefore || revisionId === undefined) {
    const fn = await settled(() => read(name), tools.clock)
    if (fn.mode === step.to) return { changed: tools.begunBefore, fn: proven(fn, step) }
    revisionId = fn.revisionId
  }
  const granted = step.after.some((id) => tools.outcomeOf(id)?.status === 'done')
  const current = { ...step, ...(revisionId !== undefined && { revisionId }) }
  return setMode(current, { lambda, clock: tools.clock, read, granted, onTaken: tools.onTaken })
}

async function route(step: MoveAliasStep, tools: RunStepTools): Promise<Done> {
  const { version } = step.to
  const lambda = await lambdaOf(step.function, tools)
  const made = typeof version === 'string' ? version : publishedVersion(tools.outcomeOf(version.publishedBy))
  if (made !== version) await requireAlike(step, made, lambda)
  const moved = await moveAlias(step, made, { lambda, clock: tools.clock })
  // An alias that is there already was moved by the process that began the step.
  return { changed: moved || tools.begunBefore }
}

function publishedVersion(outcome: StepOutcome | undefined): string {
  if (outcome?.status === 'done' && outcome.note !== undefined) return outcome.note
  throw new Error('an alias was to be moved before its version was published')
}

async function iamOf(roleArn: string, { aws }: RunStepTools): Promise<IamGateway> {
  const inside = await accessTo(roleArn, aws)
  return inside.iam(partitionOfArn(roleArn))
}

async function lambdaOf(functionArn: string, { aws }: RunStepTools): Promise<LambdaGateway> {
  const inside = await accessTo(functionArn, aws)
  return inside.lambda(splitFunctionArn(functionArn).region)
}
