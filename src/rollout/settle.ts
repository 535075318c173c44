/** Waits until Lambda has finished what it is doing to a function. */
import type { Clock } from '../aws/gateways.js'
import { isSettling, type LambdaFunction } from '../core/lambda-function.js'
import { XtraceError } from '../errors.js'

/** Milliseconds. Lambda takes a second or two as a rule, minutes with a VPC or a large image. */
const FIRST_POLL = 250
const LONGEST_POLL = 3_000
const GIVE_UP = 10 * 60_000

/**
 * @param read one fresh look at the function
 * @returns the function at rest: its RevisionId is the one to change against
 * @throws XtraceError NOT_SETTLED after ten minutes
 */
export async function settled(read: () => Promise<LambdaFunction>, clock: Clock): Promise<LambdaFunction> {
  const giveUpAt = clock.now() + GIVE_UP
  for (let wait = FIRST_POLL; ; wait = Math.min(LONGEST_POLL, wait * 1.5)) {
    const fn = await read()
    if (!isSettling(fn)) return fn
    if (clock.now() >= giveUpAt) {
      throw new XtraceError('NOT_SETTLED', `${fn.name} is still being updated after ${GIVE_UP / 60_000} minutes.`)
    }
    await clock.sleep(wait)
  }
}
