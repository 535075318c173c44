/** The error that a call ends with. */
import { expect } from 'vitest'
import { XtraceError } from '../../../src/errors.js'
import { expectNoSecretIn } from './secrets.js'

/** Fails when the call succeeds or throws anything but an XtraceError fit to be shown. */
export async function failureOf(call: Promise<unknown>): Promise<XtraceError> {
  const thrown = await call.then(
    (result) => ({ unexpected: result }),
    (error: unknown) => error,
  )
  if (!(thrown instanceof XtraceError))
    throw new Error(`not an XtraceError: ${JSON.stringify(thrown)}`, { cause: thrown })
  expect(thrown.message).not.toMatch(/\n\s+at |Deserialization error|\$response|undefined|\[object /)
  expectNoSecretIn(thrown)
  return thrown
}
