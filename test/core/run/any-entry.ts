/** Any line that a journal of the run built here may hold. */
import fc from 'fast-check'
import type { JournalEntry } from '../../../src/core/run.js'
import { anyCharacter } from '../../support/any-character.js'
import { AT, done, ended, PLAN, started } from './build-run.js'

const anyStep = fc.constantFrom(...PLAN.steps.map((step) => step.id))

/** Any entry about a step of PLAN, or the end. */
export const anyEntry: fc.Arbitrary<JournalEntry> = fc.oneof(
  anyStep.map(started),
  fc.tuple(anyStep, fc.boolean()).map(([step, changed]) => done(step, changed)),
  fc
    .tuple(anyStep, fc.string({ unit: anyCharacter }))
    .map(([step, note]): JournalEntry => ({ type: 'done', step, at: AT, changed: true, note })),
  fc
    .tuple(anyStep, fc.string({ unit: anyCharacter }))
    .map(([step, message]): JournalEntry => ({ type: 'failed', step, at: AT, code: 'THROTTLED', message })),
  fc.constant(ended),
)
