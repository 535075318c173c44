/** The parts of an invocation that X-Ray times, in one vocabulary for both forms of function segments. */

/** In the order in which they happen; `overhead` only in the older form, the four after it only in the newer. */
export const PHASES = [
  'initialization',
  'restore',
  'invocation',
  'overhead',
  'responseLatency',
  'responseDuration',
  'runtimeOverhead',
  'extensionOverhead',
] as const
export type Phase = (typeof PHASES)[number]

/** Milliseconds; a phase that the trace does not tell of is absent. */
export type PhaseTimes = Partial<Record<Phase, number>>
