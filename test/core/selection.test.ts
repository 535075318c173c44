/** Which functions a selection means: every condition narrows it. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { LambdaFunction } from '../../src/core/lambda-function.js'
import { type Selection, STACK_TAG, selects, tagFilters } from '../../src/core/selection.js'
import { fn } from './build-observation.js'

const { runtime: _, ...image } = fn('image', { packageType: 'Image' })
const FUNCTIONS: LambdaFunction[] = [
  fn('api'),
  fn('api-orders'),
  fn('api-orders-v2', { runtime: 'python3.13' }),
  fn('API-Orders'),
  fn('_hidden'),
  fn('worker', { runtime: 'nodejs20.x' }),
  image,
]

function selection(more: Partial<Selection> = {}): Selection {
  return { match: [], exclude: [], runtimes: [], tags: [], ...more }
}

function chosen(more: Partial<Selection>, tagged?: ReadonlySet<string>): string[] {
  return FUNCTIONS.filter(selects(selection(more), tagged)).map((one) => one.name)
}

const all = FUNCTIONS.map((one) => one.name)

describe('names', () => {
  test.each<[match: string[], names: string[]]>([
    [[], all],
    [['*'], all],
    [['api'], ['api']],
    [['api-*'], ['api-orders', 'api-orders-v2']],
    [['api*'], ['api', 'api-orders', 'api-orders-v2']],
    [['*orders'], ['api-orders']],
    [['orders'], []],
    [['api-?rders'], ['api-orders']],
    [['{worker,image}'], ['worker', 'image']],
    [['[aw]*'], ['api', 'api-orders', 'api-orders-v2', 'worker']],
    [
      ['worker', 'image'],
      ['worker', 'image'],
    ],
    [['API-*'], ['API-Orders']],
    [['nothing'], []],
  ])('--match %j', (match, names) => {
    expect(chosen({ match })).toEqual(names)
  })

  test('--exclude wins over --match, in whatever order', () => {
    expect(chosen({ match: ['api*'], exclude: ['*-v2'] })).toEqual(['api', 'api-orders'])
    expect(chosen({ match: ['api'], exclude: ['api'] })).toEqual([])
    expect(chosen({ exclude: ['*'] })).toEqual([])
    expect(chosen({ exclude: ['api', 'w*'] })).toEqual([
      'api-orders',
      'api-orders-v2',
      'API-Orders',
      '_hidden',
      'image',
    ])
  })
})

describe('--runtime', () => {
  test.each<[runtimes: string[], names: string[]]>([
    [['python*'], ['api-orders-v2']],
    [['nodejs2?.x'], ['api', 'api-orders', 'API-Orders', '_hidden', 'worker']],
    [
      ['nodejs20.x', 'python3.13'],
      ['api-orders-v2', 'worker'],
    ],
    [['*'], all.filter((name) => name !== 'image')],
  ])('%j: a container image has none', (runtimes, names) => {
    expect(chosen({ runtimes })).toEqual(names)
  })
})

describe('tags', () => {
  const tags = tagFilters(['team=web'])
  const tagged = new Set(['api', 'worker'].map((name) => fn(name).arn))

  test('only what carries them', () => {
    expect(chosen({ tags }, tagged)).toEqual(['api', 'worker'])
    expect(chosen({ tags, match: ['a*'] }, tagged)).toEqual(['api'])
    expect(chosen({ tags }, new Set())).toEqual([])
  })

  test('that could not be read select nothing', () => {
    expect(chosen({ tags }, undefined)).toEqual([])
    expect(chosen({ tags, match: ['*'] }, undefined)).toEqual([])
  })

  test('of a function with the same name in another region do not count', () => {
    expect(chosen({ tags }, new Set([fn('api', { region: 'eu-west-1' }).arn]))).toEqual([])
  })
})

describe('words to filters', () => {
  test.each<[words: string[], stack: string | undefined, filters: object[]]>([
    [[], undefined, []],
    [['team'], undefined, [{ key: 'team', values: [] }]],
    [['team=web'], undefined, [{ key: 'team', values: ['web'] }]],
    [['team=web', 'team=api'], undefined, [{ key: 'team', values: ['web', 'api'] }]],
    [
      ['team=web', 'tier=gold'],
      undefined,
      [
        { key: 'team', values: ['web'] },
        { key: 'tier', values: ['gold'] },
      ],
    ],
    [['team', 'team=web'], undefined, [{ key: 'team', values: ['web'] }]],
    [['note=a=b'], undefined, [{ key: 'note', values: ['a=b'] }]],
    [['empty='], undefined, [{ key: 'empty', values: [''] }]],
    [[], 'shop', [{ key: STACK_TAG, values: ['shop'] }]],
    [
      ['team'],
      'shop',
      [
        { key: 'team', values: [] },
        { key: STACK_TAG, values: ['shop'] },
      ],
    ],
  ])('%j, stack %s', (words, stack, filters) => {
    expect(tagFilters(words, stack)).toEqual(filters)
  })
})

test('a further kind of condition never widens a selection', () => {
  const globs = fc.array(fc.constantFrom('*', 'api*', '*orders', '_*', 'worker', 'nodejs*', 'python3.13'), {
    maxLength: 2,
  })
  const someTagged = fc.option(fc.subarray(FUNCTIONS.map((one) => one.arn)), { nil: undefined })
  fc.assert(
    fc.property(globs, globs, globs, fc.boolean(), someTagged, (match, exclude, runtimes, tags, arns) => {
      const filters = tags ? tagFilters(['team']) : []
      const whole = chosen({ match, exclude, runtimes, tags: filters }, arns && new Set(arns))
      const parts = [{ match }, { exclude }, { runtimes }, { tags: filters }]
      for (const part of parts) {
        const wider = chosen(part, arns && new Set(arns))
        for (const name of whole) expect(wider).toContain(name)
      }
      for (const glob of exclude) expect(chosen({ match, exclude: [glob] })).toEqual(expect.arrayContaining(whole))
    }),
  )
})
