/** Reads something that a verdict can do without: a refusal becomes evidence, not an end. */
import type { Reading } from '../../core/verdict.js'
import { type ErrorCode, stopsEverything, XtraceError } from '../../errors.js'

/** @throws what concerns the whole run: credentials, wrong settings, an interruption, a fault of xtrace */
export async function reading<T>(read: () => Promise<T>): Promise<Reading<T>> {
  try {
    return { value: await read() }
  } catch (error) {
    return { unreadable: readableFailure(error).message }
  }
}

/** A setting that is wrong, such as an endpoint of the profile, is wrong for every call. */
const OF_THE_RUN: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['FAULT', 'USAGE'])

/** The error as one that concerns a single thing; anything wider is thrown on. */
export function readableFailure(error: unknown): XtraceError {
  if (!(error instanceof XtraceError) || OF_THE_RUN.has(error.code) || stopsEverything(error)) throw error
  return error
}
