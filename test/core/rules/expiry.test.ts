/** An exemption holds through its last day. */
import { expect, test } from 'vitest'
import { hasExpired } from '../../../src/core/rules/expiry.js'

test.each([
  ['2027-03-31', '2027-03-30', false],
  ['2027-03-31', '2027-03-31', false],
  ['2027-03-31', '2027-04-01', true],
  ['2027-12-31', '2028-01-01', true],
  ['2028-01-01', '2027-12-31', false],
])('until %s, on %s: %s', (expires, today, expired) => {
  expect(hasExpired({ tracing: 'exempt', reason: 'retired', expires }, today)).toBe(expired)
})

test('without an end it never expires', () => {
  expect(hasExpired({ tracing: 'exempt', reason: 'retired' }, '9999-12-31')).toBe(false)
})
