/** Takes a function segment apart into phases, from either form. */
import { PHASES, type Phase, type PhaseTimes } from './phases.js'
import { ANNOTATED_PHASES, type Segment } from './segment.js'

/** A phase as a stretch of time; what the newer form only annotates is laid out by its meaning. */
export interface PhasePart {
  phase: Phase
  part: Segment
}

export interface FunctionPhases {
  /** Absent where the segment tells no phase, as it does at first. */
  form?: 'phases' | 'annotations'
  parts: PhasePart[]
}

const BY_NAME: Readonly<Record<string, Phase>> = {
  Init: 'initialization',
  Initialization: 'initialization',
  Restore: 'restore',
  Invocation: 'invocation',
  Overhead: 'overhead',
}

export function phaseOf({ name }: Segment): Phase | undefined {
  return Object.hasOwn(BY_NAME, name) ? BY_NAME[name] : undefined
}

/** @param inside what the segment encloses directly */
export function phasePartsOf(segment: Segment, inside: readonly Segment[]): FunctionPhases {
  const parts = inside.flatMap((part): PhasePart[] => {
    const phase = phaseOf(part)
    return phase ? [{ phase, part }] : []
  })
  const named = (...names: string[]) => parts.some(({ part }) => names.includes(part.name))
  const isNewer = Object.keys(segment.annotated).length > 0 || named('Init')
  if (isNewer && !named('Invocation')) return { form: 'annotations', parts: [...parts, ...layOut(segment, parts)] }
  return parts.length > 0 ? { form: 'phases', parts } : { parts }
}

/** Lengths of all phases that have ended; of parts with the same phase the sum. */
export function phaseTimesOf(parts: readonly PhasePart[]): PhaseTimes {
  const times: PhaseTimes = {}
  for (const phase of PHASES)
    for (const { part } of parts.filter((one) => one.phase === phase))
      if (part.endMs !== undefined) times[phase] = (times[phase] ?? 0) + lengthOf(part.startMs, part.endMs)
  return times
}

/** The invocation is the segment less its preparation; then follow, one after the other, what AWS says of its end. */
function layOut(segment: Segment, parts: readonly PhasePart[]): PhasePart[] {
  const { startMs, endMs, annotated } = segment
  const lastMs = endMs ?? Number.POSITIVE_INFINITY
  const preparing = parts
    .filter(({ phase }) => phase === 'initialization' || phase === 'restore')
    .map(({ part }) => lengthOf(Math.max(startMs, part.startMs), Math.min(lastMs, part.endMs ?? 0)))
  const beginMs = startMs + preparing.reduce((sum, length) => sum + length, 0)
  const invocation = pieceOf('Invocation', beginMs, endMs === undefined ? undefined : Math.max(beginMs, endMs))
  const pieces: PhasePart[] = [{ phase: 'invocation', part: invocation }]
  let at = beginMs
  for (const phase of ANNOTATED_PHASES) {
    const length = annotated[phase]
    if (length === undefined) continue
    pieces.push({ phase, part: pieceOf(phase, at, at + length) })
    at += length
  }
  return pieces
}

/** It has no id, so that nothing is inside of it. */
function pieceOf(name: string, startMs: number, endMs: number | undefined): Segment {
  const piece = { id: '', name, startMs, fault: false, error: false, throttle: false, annotated: {} }
  return endMs === undefined ? piece : { ...piece, endMs }
}

/** To the microsecond, as the times themselves are. */
export function lengthOf(startMs: number, endMs: number): number {
  return Math.max(0, Math.round((endMs - startMs) * 1e3) / 1e3)
}
