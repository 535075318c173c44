/** Reads something that a verdict can do without: a refusal becomes evidence, not an end. */
import type { Reading } from '../../core/verdict.js'
import { stopsEverything, XtraceError } from '../../errors.js'

/** @throws what concerns the whole run: credentials, an interruption, a fault of xtrace */
export async function reading<T>(read: () => Promise<T>): Promise<Reading<T>> {
  try {
    return { value: await read() }
  } catch (error) {
    return { unreadable: readableFailure(error).message }
  }
}

/** The error as one that concerns a single thing; anything wider is thrown on. */
export function readableFailure(error: unknown): XtraceError {
  if (!(error instanceof XtraceError) || error.code === 'FAULT' || stopsEverything(error)) throw error
  return error
}
