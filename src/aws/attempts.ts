/** Sends one call until it is answered: paced before every attempt, retried where that cannot do work twice. */
import { type ErrorCode, XtraceError } from '../errors.js'
import { type CallName, faultOf } from './faults.js'
import type { Clock, Pace } from './gateways.js'

export interface Attempts {
  clock: Clock
  /** Throws when the run is being stopped; asked before every send. */
  checkpoint(): void
  /** 0 ≤ x < 1, for jitter. */
  random(): number
  /**
   * Where the keys are those of a session, asked when AWS refuses them.
   * @param again new keys were refused as well
   * @throws XtraceError saying what that means, unless new keys may help
   */
  onRefusedKeys?(fault: XtraceError, again: boolean): Promise<void>
}

/** `once`: sent again only after a throttle, for anything else leaves open whether the work was done. */
export type CallKind = 'repeatable' | 'once'

/** Of one call, each kind of failure by itself. */
const TRIES = { THROTTLED: 12, SERVER_ERROR: 6, CONNECTION_LOST: 6, CONFLICT: 8 } as const
const FIRST_WAIT_MS = 200
const LONGEST_WAIT_MS = 8000
/** AWS asks for a few seconds; whatever asks for more than a minute is not AWS. */
const LONGEST_RETRY_AFTER_MS = 60_000

/** @throws XtraceError, always */
export async function attempt<T>(
  call: CallName,
  kind: CallKind,
  send: () => Promise<T>,
  { clock, checkpoint, random, onRefusedKeys }: Attempts,
  pace?: Pace,
): Promise<T> {
  let clockCorrected = false
  let keysRenewed = false
  const met = new Map<ErrorCode, number>()
  for (let tries = 1; ; tries++) {
    await pace?.take()
    checkpoint()
    try {
      return await send()
    } catch (thrown) {
      // Keys that could not be had: nothing was sent, and getting them has had tries of its own.
      if (thrown instanceof XtraceError) throw thrown
      const fault = faultOf(thrown, call)
      if (!clockCorrected && refusedForItsDate(thrown, fault)) {
        clockCorrected = true
        continue
      }
      if (onRefusedKeys && fault.exit === 'credentials') {
        await onRefusedKeys(fault, keysRenewed)
        keysRenewed = true
        continue
      }
      if (metAgain(fault, met) >= triesFor(fault, kind, call)) throw fault
      const wait = waitBefore(fault, tries, random())
      if (fault.code === 'THROTTLED') pace?.backOff(wait)
      await clock.sleep(wait)
    }
  }
}

function metAgain({ code }: XtraceError, met: Map<ErrorCode, number>): number {
  const times = (met.get(code) ?? 0) + 1
  met.set(code, times)
  return times
}

function triesFor(fault: XtraceError, kind: CallKind, call: CallName): number {
  if (fault.code === 'THROTTLED') return TRIES.THROTTLED
  // IAM's own words for two writes to one role at once: nothing was written.
  if (fault.code === 'CONFLICT' && call.service === 'iam') return TRIES.CONFLICT
  if (kind === 'repeatable' && fault.code === 'SERVER_ERROR') return TRIES.SERVER_ERROR
  if (kind === 'repeatable' && fault.code === 'CONNECTION_LOST')
    return neverConnected(fault) ? 2 : TRIES.CONNECTION_LOST
  return 1
}

/** This machine's clock is wrong; from the answer the SDK has learnt by how much. Nothing was done: safe for any call. */
function refusedForItsDate(thrown: unknown, fault: XtraceError): boolean {
  const refused = fault.code === 'INVALID_CREDENTIALS' || fault.aws?.code === 'RequestExpired'
  return refused && (thrown as { $metadata?: { clockSkewCorrected?: boolean } }).$metadata?.clockSkewCorrected === true
}

/** A host that is unknown or refuses stays so: one more try, then say it. */
function neverConnected(fault: XtraceError): boolean {
  return /ENOTFOUND|ECONNREFUSED|certificate/.test(`${fault.aws?.code} ${fault.message}`)
}

/** Exponential with full jitter above half; Retry-After is obeyed when it is longer. */
export function waitBefore(fault: XtraceError, tries: number, random: number): number {
  const ceiling = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (tries - 1))
  const asked = Math.min(LONGEST_RETRY_AFTER_MS, fault.aws?.retryAfterMs ?? 0)
  return Math.max(asked, ceiling * (0.5 + random / 2))
}
