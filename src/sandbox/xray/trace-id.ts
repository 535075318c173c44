/** Trace ids that tell which request of which function they belong to, though they look as random as AWS's. */
import { hashOf, mix } from '../traffic/hash.js'
import type { Place } from '../traffic/sampling.js'
import { hex } from './segment.js'

const INDEX = 0x1d8f
const CHECK = 0x2c61

/** @param seed of the function */
export function traceIdOf(seed: number, { second, index }: Place): string {
  const hidden = (index ^ mix(seed, second, INDEX)) >>> 0
  return `1-${hex(second)}-${hex(seed)}${hex(hidden)}${hex(mix(seed ^ CHECK, second, index))}`
}

/** Undefined for an id that no function of the sandbox has given. */
export function placeOf(traceId: string): (Place & { readonly seed: number }) | undefined {
  const digits = /^1-([0-9a-f]{8})-([0-9a-f]{8})([0-9a-f]{8})[0-9a-f]{8}$/.exec(traceId)
  if (digits === null) return undefined
  const [second = 0, seed = 0, hidden = 0] = digits.slice(1).map((text) => Number.parseInt(text, 16))
  const index = (hidden ^ mix(seed, second, INDEX)) >>> 0
  return traceIdOf(seed, { second, index }) === traceId ? { seed, second, index } : undefined
}

/** Transaction Search indexes one trace in a hundred. */
export function isIndexed(traceId: string): boolean {
  return hashOf(traceId) % 100 === 0
}
