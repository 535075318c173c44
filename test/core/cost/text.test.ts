/** Amounts for people: something is never shown as nothing. */
import { expect, test } from 'vitest'
import { countText, moneyText } from '../../../src/core/cost/text.js'

test.each([
  [0, '$0'],
  [0.000001, '<$0.01'],
  [0.0049, '<$0.01'],
  [0.006, '$0.01'],
  [5, '$5.00'],
  [12.345, '$12.35'],
  [999.999, '$1,000.00'],
  [1_234_567.8, '$1,234,567.80'],
])('%d dollars are %s', (dollars, text) => expect(moneyText(dollars)).toBe(text))

test.each([
  [0, '0'],
  [0.4, '<1'],
  [0.6, '1'],
  [999, '999'],
  [1000, '1,000'],
  [1_234_567.2, '1,234,567'],
])('a count of %d is %s', (count, text) => expect(countText(count)).toBe(text))
