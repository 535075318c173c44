/** The word that was probably meant, and no far-fetched one. */
import { expect, test } from 'vitest'
import { nearMiss } from '../../../src/core/rules/near-miss.js'

const WORDS = ['match', 'tracing', 'aliases', 'reason', 'expires']

test.each([
  ['trace', 'tracing'],
  ['Tracing', 'tracing'],
  ['tracng', 'tracing'],
  ['tarcing', 'tracing'],
  ['expire', 'expires'],
  ['expiry', 'expires'],
  ['expiration', 'expires'],
  ['alias', 'aliases'],
  ['reasons', 'reason'],
  ['matches', 'match'],
  ['REASON', 'reason'],
  ['reason', 'reason'],
  ['treason', 'reason'],
  ['until', undefined],
  ['when', undefined],
  ['', undefined],
  ['because', undefined],
  [`tracing${'g'.repeat(1000)}`, undefined],
])('%s: %s', (written, meant) => {
  expect(nearMiss(written, WORDS)).toBe(meant)
})

test('the nearest of several, and of equally near ones the first', () => {
  expect(nearMiss('rule', ['roles', 'rules'])).toBe('rules')
  expect(nearMiss('rxles', ['roles', 'rules'])).toBe('roles')
})
