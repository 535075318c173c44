/** Numbers as people read them. */
import { expect, test } from 'vitest'
import { counted, percent, thousands } from '../../../src/render/html/number.js'

test.each([
  [0, '0'],
  [999, '999'],
  [1000, '1,000'],
  [123456, '123,456'],
  [1234567, '1,234,567'],
])('%i is %s', (count, text) => {
  expect(thousands(count)).toBe(text)
})

test('one is not many', () => {
  expect([0, 1, 2, 3400].map((count) => counted(count, 'region'))).toEqual([
    '0 regions',
    '1 region',
    '2 regions',
    '3,400 regions',
  ])
})

test.each([
  [0, 10_000, '0 %'],
  [1, 10_000, '<1 %'],
  [49, 10_000, '<1 %'],
  [50, 10_000, '1 %'],
  [5_049, 10_000, '50 %'],
  [9_949, 10_000, '99 %'],
  [9_999, 10_000, '>99 %'],
  [10_000, 10_000, '100 %'],
  [3, 3, '100 %'],
])('%i of %i is %s: nothing is rounded to none or to all', (part, whole, text) => {
  expect(percent(part, whole)).toBe(text)
})
