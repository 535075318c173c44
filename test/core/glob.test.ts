/** Globs mean what they seem to mean, or are refused with the reason. */
import { describe, expect, test } from 'vitest'
import { anyGlob, faultOfGlob } from '../../src/core/glob.js'

const NAME = { noun: 'function name', letters: /^[\w.-]*$/ }

describe('what is taken', () => {
  test.each<[glob: string, fits: string[], not: string[]]>([
    ['api', ['api'], ['api-orders', 'Api', 'xapi']],
    ['*', ['api', '_x', '-', '.x'], []],
    ['**', ['api'], []],
    ['api-*', ['api-', 'api-orders'], ['api']],
    ['*-api-*-v?', ['x-api-y-v2'], ['x-api-y-v10']],
    ['api-?', ['api-1'], ['api-', 'api-12']],
    ['[a-c]pi', ['api', 'bpi'], ['dpi']],
    ['[^a]pi', ['bpi'], ['api']],
    ['{api,web}-*', ['api-x', 'web-x'], ['xapi-x']],
    ['a{,b}', ['a', 'ab'], ['abb']],
    ['{a,{b,c}d}', ['a', 'bd', 'cd'], ['b']],
    ['!legacy-*', ['api'], ['legacy-1']],
    ['!(legacy-*)', ['api'], ['legacy-1']],
    ['x-!(a|b)', ['x-c'], ['x-a', 'x-b']],
    ['@(a|b)-x', ['a-x', 'b-x'], ['c-x', 'ab-x']],
    ['a?(b)c', ['ac', 'abc'], ['abbc']],
    ['a.b_c-1', ['a.b_c-1'], ['axb_c-1']],
  ])('%s', (glob, fits, not) => {
    expect(faultOfGlob(glob, NAME)).toBeUndefined()
    expect(fits.filter((text) => !anyGlob([glob])(text))).toEqual([])
    expect(not.filter((text) => anyGlob([glob])(text))).toEqual([])
  })

  test('any glob of several is enough, and none of none', () => {
    expect(['a', 'b1', 'c'].filter(anyGlob(['a', 'b*']))).toEqual(['a', 'b1'])
    expect(anyGlob([])('a')).toBe(false)
  })
})

const BROKEN = 'is not a glob: a bracket has no other half, or a range runs backwards'
const NEVER = 'can match no function name'

test.each([
  ['', 'is empty: "*" is any'],
  ['a[', BROKEN],
  ['a]', BROKEN],
  ['{a,b', BROKEN],
  ['a(b', BROKEN],
  ['a)', BROKEN],
  ['[z-a]', BROKEN],
  ['a\\', BROKEN],
  ['a}', NEVER],
  ['{a}', NEVER],
  ['{}', NEVER],
  ['a()', NEVER],
  ['[^]', BROKEN],
  ['a,b', NEVER],
  ['a|b', NEVER],
  ['a+b', NEVER],
  ['a@b', NEVER],
  ['a b', NEVER],
  ['a/b', NEVER],
  ['a:*', NEVER],
  ['\\*', NEVER],
  ['[[:alpha:]]', NEVER],
  ['!', NEVER],
  ['!!a', NEVER],
  ['a!', NEVER],
  ['ä', NEVER],
  ['[!a]b', 'has a "[!": write [^ab] for none of these letters'],
  ['a{1..10}', 'has a "..": write {1,2,3} with all that is meant'],
  ['+(a|b)', 'repeats a group: write * for any letters'],
  ['*(a|b)', 'repeats a group: write * for any letters'],
  ['*a*a*a*a*a*', 'has more than 5 stars or groups: make it several globs'],
  ['@(a|?)@(a|?)@(a|?)@(a|?)@(a|?)@(a|?)', 'has more than 5 stars or groups: make it several globs'],
])('%s is refused', (glob, fault) => {
  expect(faultOfGlob(glob, NAME)).toBe(fault)
})

test('the letters are those of what the glob is of', () => {
  const runtime = { noun: 'runtime', letters: /^[a-z0-9.]*$/ }
  expect(faultOfGlob('nodejs2?.x', runtime)).toBeUndefined()
  expect(faultOfGlob('Nodejs*', runtime)).toBe('can match no runtime')
})
