/** How often a property is tried: a little in every test run, more where XTRACE_FUZZ_RUNS multiplies it. */

const TIMES = Number(process.env.XTRACE_FUZZ_RUNS ?? 1)

export function runs(count: number): { numRuns: number } {
  return { numRuns: count * TIMES }
}

/** Milliseconds for a test that tries `count` things. */
export const PATIENCE = { timeout: 60_000 * TIMES } as const
