/** Asks AWS one question and reads the answer; one that is not in the service's format is an error, and not repeated. */
import { XtraceError } from '../errors.js'
import { type Attempts, attempt, type CallKind } from './attempts.js'
import type { CallName } from './faults.js'
import { WrongField } from './fields.js'
import type { Pace } from './gateways.js'

export interface Question<A, T> extends CallName {
  kind: CallKind
  send: () => Promise<A>
  /** Takes from the answer what is wanted; what it throws tells that the answer is not as it should be. */
  read: (answer: A) => T
}

/** @throws XtraceError as `attempt` does, and SERVER_ERROR for an answer that cannot be read */
export async function ask<A, T>(question: Question<A, T>, attempts: Attempts, pace?: Pace): Promise<T> {
  const { service, operation, kind, send, read } = question
  const call = { service, operation }
  const answer = await attempt(call, kind, send, attempts, pace)
  try {
    return read(answer)
  } catch (thrown) {
    throw thrown instanceof XtraceError ? thrown : unreadable(call, thrown)
  }
}

/** A TypeError speaks of the program's own words; other errors may quote the answer, and end here. */
function unreadable({ service, operation }: CallName, thrown: unknown): XtraceError {
  const what = thrown instanceof WrongField ? ` (${thrown.message})` : ''
  return new XtraceError(
    'SERVER_ERROR',
    `${service}:${operation} answered something that is not in its format${what}.`,
    {
      suggestions: ['AWS does not answer so: see what stands between, a proxy or what AWS_ENDPOINT_URL names.'],
      aws: { service, operation },
      ...(thrown instanceof TypeError && { cause: thrown }),
    },
  )
}
