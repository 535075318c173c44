/** What a trace costs, as it is typed; and that a version has no cost of its own. */
import { describe, expect, test } from 'vitest'
import { refuseVersions } from '../../../src/cli/chosen/whole-functions.js'
import { priceOf } from '../../../src/cli/flags/cost-flags.js'
import { parseFunctionRef } from '../../../src/core/function-ref.js'

const price = (text: string) => priceOf({ 'price-per-million': text, 'free-traces': 7 })

describe('--price-per-million', () => {
  test.each([
    ['5', 5],
    ['4.75', 4.75],
    ['0', 0],
  ])('%s is taken', (text, perMillion) => expect(price(text)).toEqual({ perMillion, freeTraces: 7 }))

  test.each(['', '-1', '5$', '$5', '1e3', '4,75', 'NaN', 'Infinity', '5.', '.5', ' 5'])('"%s" is refused', (text) => {
    expect(() => price(text)).toThrow(`--price-per-million takes dollars, such as 5 or 4.75, not "${text}".`)
  })
})

test('a version or an alias is refused, $LATEST is the function', () => {
  expect(() => refuseVersions(['a', 'b:live'].map(parseFunctionRef), 'cost')).toThrow(
    'b:live names a version or an alias',
  )
  expect(() => refuseVersions(['a', 'b:$LATEST'].map(parseFunctionRef), 'cost')).not.toThrow()
})
