/** Sets one function's tracing mode, through conflicts, lost answers and IAM's delay, and reads it back. */
import type { Clock, LambdaGateway } from '../aws/gateways.js'
import { type LambdaFunction, splitFunctionArn } from '../core/lambda-function.js'
import type { SetModeStep } from '../core/plan/plan.js'
import { type ErrorCode, XtraceError } from '../errors.js'
import { settled } from './settle.js'

export interface SetModeTools {
  lambda: LambdaGateway
  clock: Clock
  /** One fresh look at the function; which call that is depends on how many are being watched. */
  read(name: string): Promise<LambdaFunction>
  /** This run gave the role its permission: Lambda may not see it for a while. */
  granted: boolean
  /** Called when Lambda has, or after a lost answer may have, taken the change: only a read can tell then. */
  onTaken?(surely: boolean): void
}

export interface SetModeResult {
  /** False when somebody else had set it in the meantime. */
  changed: boolean
  fn: LambdaFunction
}

/** Milliseconds from the first refusal of a role that this run has just changed. */
const IAM_PATIENCE = 15 * 60_000
const IAM_WAIT = { first: 500, longest: 10_000 }
const CONFLICT_TRIES = 20
const CONFLICT_WAIT = 500
const LOST_TRIES = 6

/** What is left of each kind of patience. */
interface Patience {
  conflicts: number
  rereads: number
  lost: number
  iamWait: number
  iamSince?: number
}

/** @throws XtraceError with the reason when this function cannot be changed */
export async function setMode(step: SetModeStep, tools: SetModeTools): Promise<SetModeResult> {
  const { name } = splitFunctionArn(step.function)
  const patience: Patience = { conflicts: CONFLICT_TRIES, rereads: 1, lost: LOST_TRIES, iamWait: IAM_WAIT.first }
  const read = () => settled(() => tools.read(name), tools.clock)
  let revisionId = step.revisionId
  let answerLost = false
  for (;;) {
    const failure = await send(name, step, revisionId, tools)
    if (failure === undefined || LEAVES_OPEN.has(failure.code)) tools.onTaken?.(failure === undefined)
    if (failure === undefined) return { changed: true, fn: proven(await read(), step) }
    answerLost ||= LEAVES_OPEN.has(failure.code)
    const next = await afterFailure(failure, patience, tools)
    if (next === 'same-revision') continue
    const fn = await read()
    if (fn.mode === step.to) return { changed: answerLost && fn.revisionId !== revisionId, fn: proven(fn, step) }
    revisionId = fn.revisionId
  }
}

/** After these the work may be done all the same, and a later 409 or 412 may come from it. */
const LEAVES_OPEN: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['CONNECTION_LOST', 'SERVER_ERROR'])

async function send(
  name: string,
  step: SetModeStep,
  revisionId: string | undefined,
  tools: SetModeTools,
): Promise<XtraceError | undefined> {
  try {
    await tools.lambda.setMode(name, step.to, revisionId)
    return undefined
  } catch (error) {
    if (error instanceof XtraceError) return error
    throw error
  }
}

/** Waits as the failure asks for, or throws it when patience is at its end. */
async function afterFailure(
  failure: XtraceError,
  patience: Patience,
  { clock, granted }: SetModeTools,
): Promise<'same-revision' | 'reread'> {
  switch (failure.code) {
    case 'CONFLICT':
      if (patience.conflicts-- <= 0) throw failure
      await clock.sleep(CONFLICT_WAIT)
      return 'reread'
    case 'PRECONDITION':
      if (patience.rereads-- <= 0) throw failure
      return 'reread'
    case 'CONNECTION_LOST':
    case 'SERVER_ERROR':
      if (patience.lost-- <= 0) throw failure
      await clock.sleep(250 * 2 ** (LOST_TRIES - 1 - patience.lost))
      return 'reread'
    case 'ROLE_LACKS_XRAY':
    case 'ROLE_NOT_ASSUMABLE':
      patience.iamSince ??= clock.now()
      if (!granted || clock.now() - patience.iamSince > IAM_PATIENCE) throw failure
      await clock.sleep(patience.iamWait)
      patience.iamWait = Math.min(IAM_WAIT.longest, patience.iamWait * 1.5)
      return 'same-revision'
    default:
      throw failure
  }
}

/** The answer of the update shows the new value at once; only a settled read proves it. */
export function proven(fn: LambdaFunction, step: SetModeStep): LambdaFunction {
  if (fn.updateStatus === 'Failed')
    throw new XtraceError(
      'UPDATE_FAILED',
      `Lambda could not finish the update: ${fn.updateReason ?? 'no reason given'}`,
    )
  if (fn.mode !== step.to) throw new XtraceError('UPDATE_FAILED', `Somebody set the mode back to ${fn.mode} at once.`)
  return fn
}
