/** The matcher: agreement with a naive oracle, unknown texts, and a bound on its steps. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { toPattern } from '../../../src/core/policy/pattern.js'
import { matches, matchesArn, type Pattern } from '../../../src/core/policy/wildcard.js'

const glob = (text: string) => toPattern(text, { wildcards: true })

/** By definition, and exponential: only for small texts. */
function oracle(pattern: string, text: string): boolean {
  if (pattern === '') return text === ''
  const rest = pattern.slice(1)
  if (pattern.startsWith('*')) return oracle(rest, text) || (text !== '' && oracle(pattern, text.slice(1)))
  return text !== '' && (pattern.startsWith('?') || pattern.charAt(0) === text.charAt(0)) && oracle(rest, text.slice(1))
}

/** How many elements of the pattern are looked at. */
function steps(pattern: Pattern, text: string): number {
  let reads = 0
  const counted = new Proxy(pattern, {
    get(target, key, receiver) {
      reads += 1
      return Reflect.get(target, key, receiver)
    },
  })
  matches(counted, text)
  return reads
}

test('agrees with the naive matcher on small texts', () => {
  const letters = (alphabet: string, maxLength: number) =>
    fc.array(fc.constantFrom(...alphabet), { maxLength }).map((list) => list.join(''))
  fc.assert(
    fc.property(letters('ab*?', 8), letters('ab*', 8), (pattern, text) => {
      expect(matches(glob(pattern), text)).toBe(oracle(pattern, text) ? 'yes' : 'no')
    }),
    { numRuns: 1000 },
  )
})

test.each([
  ['stars only', '*'.repeat(100_000)],
  ['stars and a letter that is not there', `${'*'.repeat(50_000)}!`],
  ['stars between letters', `${'*a'.repeat(50_000)}b`],
  ['stars and question marks', `${'*?'.repeat(50_000)}b`],
  ['letters that nearly fit, again and again', `*${'a'.repeat(300)}b*${'a'.repeat(300)}b`],
])('a hostile pattern takes steps linear in its length: %s', (_, source) => {
  const text = 'a'.repeat(600)
  expect(steps(glob(source), text)).toBeLessThan(4 * (source.length + text.length ** 2))
  expect(steps(glob(source), 'xray:PutTraceSegments')).toBeLessThan(4 * (source.length + 21 ** 2))
})

test('doubling a hostile pattern no more than doubles its steps', () => {
  const text = 'a'.repeat(600)
  const once = steps(glob(`${'*a'.repeat(2000)}b`), text)
  const twice = steps(glob(`${'*a'.repeat(4000)}b`), text)
  expect(twice).toBeLessThanOrEqual(2 * once + 10)
})

test('a star in the text is an ordinary character', () => {
  expect(matches(glob('*'), '*')).toBe('yes')
  expect(matches(glob('arn:*'), '*')).toBe('no')
  expect(matches(toPattern('*', { wildcards: false }), '*')).toBe('yes')
  expect(matches(toPattern('*', { wildcards: false }), 'a')).toBe('no')
})

test.each([
  [`a\${x}c`, 'abc', 'unknown'],
  [`a\${x}c`, 'ab', 'no'],
  [`a\${X}c`, 'ac', 'unknown'],
  [`\${known}`, 'v*', 'yes'],
  [`\${KNOWN}`, 'vv', 'no'],
  [`\${known, 'a}b'}!`, 'v*!', 'yes'],
  [`\${known,'d'}`, 'v*', 'yes'],
  [`\${x, 'a}b'}!`, 'a}b!', 'unknown'],
  [`\${x, 'a}b'}!`, 'a}b?', 'no'],
  [`\${known, d}!`, 'v*!', 'unknown'],
  [`\${known, 'd`, 'v*', 'unknown'],
  [`\${known, 'd' e}`, 'v*', 'unknown'],
  [`\${known, 'd}`, 'v*', 'unknown'],
  [`b\${known`, 'bv', 'unknown'],
  [`b\${known`, 'cv', 'no'],
  [`\${*}\${?}\${$}`, '*?$', 'yes'],
  [`\${*}`, 'a', 'no'],
  ['$', '$', 'yes'],
  [`\${}`, '', 'unknown'],
])('variables: %s against %s is %s', (source, text, answer) => {
  const variables = new Map([['known', 'v*']])
  expect(matches(toPattern(source, { wildcards: true, variables }), text)).toBe(answer)
})

test('the last part of an ARN may hold colons, and only there a star reaches across them', () => {
  const arn = 'arn:aws:lambda:eu-west-1:1:function:orders:live'
  expect(matchesArn(glob('arn:aws:lambda:*:*:function:*'), arn)).toBe('yes')
  expect(matchesArn(glob('arn:aws:lambda:*:*:*live'), arn)).toBe('yes')
  expect(matchesArn(glob('arn:aws:*:function:orders:live:*'), arn)).toBe('no')
  expect(matchesArn(glob('arn:aws:lambda:*:function:or*s:live'), arn)).toBe('no')
})

test('where case is ignored, the value of a variable is folded too', () => {
  const pattern = toPattern(`A\${KNOWN}*Z`, {
    wildcards: true,
    ignoreCase: true,
    variables: new Map([['known', 'Bc']]),
  })
  expect(matches(pattern, 'abc-z')).toBe('yes')
  expect(matches(pattern, 'abd-z')).toBe('no')
})

test('no text makes the pattern reader fail', () => {
  const pieces = fc.array(fc.constantFrom('${', '}', "'", ',', ' ', '*', '?', '$', 'known', 'x'), { maxLength: 20 })
  fc.assert(
    fc.property(pieces, (list) => {
      const pattern = toPattern(list.join(''), { wildcards: true, variables: new Map([['known', 'v']]) })
      expect(pattern.length).toBeLessThanOrEqual(list.join('').length)
    }),
  )
})
