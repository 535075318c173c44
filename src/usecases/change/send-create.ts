/** Sends CreateFunction through IAM's delay and lost answers, without ever making two. */
import type { NewFunction } from '../../aws/gateways.js'
import type { LambdaFunction } from '../../core/lambda-function.js'
import type { Role } from '../../core/policy/role.js'
import { XtraceError } from '../../errors.js'
import type { Tools } from '../tools.js'

export interface CreateCall {
  spec: NewFunction
  region: string
  role: Role
  /** This run gave the role its permission: Lambda may not see it for a while. */
  granted: boolean
}

/** Milliseconds. */
const GRANT_PATIENCE = 15 * 60_000
const NEW_ROLE_PATIENCE = 2 * 60_000
const NEW_ROLE_AGE = 10 * 60_000
const LOST_TRIES = 5

/** What is left of each kind of patience. */
interface Patience {
  iamUntil: number
  iamWait: number
  lost: number
}

/** @throws XtraceError with what exists and what does not */
export async function sendCreate(call: CreateCall, tools: Tools): Promise<LambdaFunction> {
  const lambda = await tools.aws.lambda(call.region)
  const now = tools.clock.now()
  const patience: Patience = { iamUntil: now + iamPatience(call, now), iamWait: 500, lost: 0 }
  for (;;) {
    try {
      tools.progress.say('creating the function')
      return await lambda.createFunction(call.spec)
    } catch (error) {
      if (!(error instanceof XtraceError)) throw error
      const made = await afterFailure(error, call, patience, tools)
      if (made) return made
    }
  }
}

/** Waits as the failure asks for and returns; or finds that the function was made; or throws the failure. */
async function afterFailure(
  failure: XtraceError,
  call: CreateCall,
  patience: Patience,
  tools: Tools,
): Promise<LambdaFunction | undefined> {
  const { clock, progress } = tools
  if (ROLE_NOT_SEEN.has(failure.code)) {
    if (clock.now() >= patience.iamUntil) throw failure
    progress.say('waiting until Lambda sees the role')
    await clock.sleep(patience.iamWait)
    patience.iamWait = Math.min(10_000, patience.iamWait * 1.5)
    return undefined
  }
  const mayBeOurs = ANSWER_LOST.has(failure.code) || (patience.lost > 0 && failure.code === 'FUNCTION_EXISTS')
  if (!mayBeOurs) throw failure
  const made = await lookFor(call, tools)
  if (made) return made
  if (++patience.lost > LOST_TRIES) throw failure
  await clock.sleep(250 * 2 ** patience.lost)
  return undefined
}

const ROLE_NOT_SEEN: ReadonlySet<string> = new Set(['ROLE_LACKS_XRAY', 'ROLE_NOT_ASSUMABLE'])
const ANSWER_LOST: ReadonlySet<string> = new Set(['CONNECTION_LOST', 'SERVER_ERROR'])

/** Waiting helps only where IAM has news that Lambda may not have yet. */
function iamPatience({ granted, role }: CreateCall, now: number): number {
  if (granted) return GRANT_PATIENCE
  const age = role.createdAt === undefined ? Number.POSITIVE_INFINITY : now - Date.parse(role.createdAt)
  return age < NEW_ROLE_AGE ? NEW_ROLE_PATIENCE : 0
}

/** The name was free before the first try: what stands there now was made by it. */
async function lookFor({ spec, region }: CreateCall, tools: Tools): Promise<LambdaFunction | undefined> {
  const lambda = await tools.aws.lambda(region)
  try {
    const fn = await lambda.getFunction(spec.name)
    return fn.role === spec.role && fn.mode === 'Active' ? fn : undefined
  } catch (error) {
    if (error instanceof XtraceError && error.code === 'FUNCTION_NOT_FOUND') return undefined
    throw error
  }
}
