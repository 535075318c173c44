/** What a reader may do with bad input: read it after all, or refuse it in one line with the code that it has for that. */
import { expect } from 'vitest'
import { type ErrorCode, XtraceError } from '../../src/errors.js'

/** Milliseconds; a machine may be busy, but what grows without bound takes longer. */
const MOMENTS = 5_000

/** @returns what was read; undefined when it was refused as it should be */
export function readOrRefused<T>(code: ErrorCode, read: () => T): T | undefined {
  const begun = performance.now()
  try {
    return read()
  } catch (error) {
    expectRefusal(error, code)
    return undefined
  } finally {
    expect(performance.now() - begun).toBeLessThan(MOMENTS)
    expect(Object.prototype).not.toHaveProperty('polluted')
  }
}

/** One line, and not too long to read; signs that a terminal would obey are taken out of it when it is printed. */
export function expectRefusal(error: unknown, ...codes: ErrorCode[]): void {
  if (!(error instanceof XtraceError)) throw error
  expect(codes, error.message).toContain(error.code)
  expect(error.message).toMatch(/^[^\r\n]{1,700}$/)
}
