/** Observations of every kind, for properties: read, half read and not read at all. */
import fc from 'fast-check'
import type { Observation, ServedAlias } from '../../src/core/verdict.js'
import { fn, functionArn, NO, UNSURE, YES } from './build-observation.js'

const VERSIONS = ['$LATEST', '1', '2', '3']
const mode = fc.constantFrom('Active' as const, 'Active' as const, 'PassThrough' as const, 'unknown' as const)
const weights = fc.option(
  fc.tuple(fc.constantFrom(...VERSIONS), fc.constantFrom(0, 0.1, 0.5, 1)).map(([version, weight]) => ({
    [version]: weight,
  })),
  { nil: {} },
)
const unreadable = fc.constant({ unreadable: 'AccessDenied' })
const kind = fc.constantFrom('other' as const, 'other' as const, 'other' as const, 'msk' as const)

export const anyAlias: fc.Arbitrary<ServedAlias> = fc.record({
  name: fc.constantFrom('live', 'beta', '$LATEST.PUBLISHED'),
  version: fc.constantFrom(...VERSIONS),
  weights,
  modes: fc.dictionary(fc.constantFrom(...VERSIONS), mode),
})

export const anyObservation: fc.Arbitrary<Observation> = fc.record({
  fn: fc
    .record({
      mode: fc.constantFrom('Active' as const, 'Active' as const, 'PassThrough' as const),
      runtime: fc.constantFrom('nodejs22.x', 'nodejs22.x', 'python2.7'),
    })
    .map((more) => fn('fn', more)),
  aliases: fc.oneof(
    unreadable,
    fc.array(anyAlias, { maxLength: 3 }).map((value) => ({ value })),
  ),
  eventSources: fc.oneof(
    unreadable,
    fc
      .array(
        kind.map((one) => ({ function: functionArn('fn'), kind: one })),
        { maxLength: 2 },
      )
      .map((value) => ({ value })),
  ),
  permission: fc.constantFrom(YES, YES, NO, UNSURE),
})
