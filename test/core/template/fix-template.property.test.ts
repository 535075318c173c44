/** The laws of a fix, over templates and layouts made at random. */
import fc from 'fast-check'
import { test } from 'vitest'
import { arbitraryText } from './support/arbitrary-template.js'
import {
  expectOnlyWantedKeys,
  expectOtherBytesKept,
  expectRoundTrip,
  expectSecondFixIdle,
  expectTracedUnlessLeft,
  fixed,
} from './support/laws.js'

const always = (law: (text: string, perFunction: boolean) => void) =>
  fc.assert(fc.property(arbitraryText, fc.boolean(), law), { numRuns: 60 })

test('every byte outside the edits stays', () => {
  always((text, perFunction) => expectOtherBytesKept(text, fixed(text, 'Active', perFunction)))
})

test('afterwards everything is traced but what was left, and that was not traced before', () => {
  always((text, perFunction) => expectTracedUnlessLeft(text, fixed(text, 'Active', perFunction)))
})

test('a second fix changes nothing, and leaves the same', () => {
  always((text, perFunction) => expectSecondFixIdle(fixed(text, 'Active', perFunction), 'Active', perFunction))
})

test('the document says the same as before, and the wanted keys besides', () => {
  always((text, perFunction) => expectOnlyWantedKeys(text, fixed(text, 'Active', perFunction)))
})

test('turned off, nothing is traced but what was left; turned on again, it is as if it had never been off', () => {
  always(expectRoundTrip)
})
