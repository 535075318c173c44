/** The first rule that matches decides; tags that could not be read leave it open. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { demandOf, mayAskForAliases, type RuleSubject, tagKeysOf } from '../../../src/core/rules/match-rules.js'
import { readRules } from '../../../src/core/rules/read-rules.js'
import { BUILT_IN_RULES, type Demand, type RuleMatch, type Rules } from '../../../src/core/rules/rules.js'
import { STACK_TAG } from '../../../src/core/selection.js'

const SHOP: RuleSubject = {
  name: 'shop-cart',
  runtime: 'nodejs22.x',
  region: 'eu-west-1',
  account: '123456789012',
  tags: { tier: 'gold', audited: '', [STACK_TAG]: 'shop-prod' },
}
const { runtime: _, ...IMAGE } = SHOP
const { tags: __, ...UNTAGGED } = SHOP
const DEFAULT: Demand = { tracing: 'Active' }

/** One rule for each match, which asks for PassThrough and stands in line 1, 2, … */
function rulesOf(...matches: RuleMatch[]): Rules {
  const rules = matches.map((match, at) => ({ match, demand: { tracing: 'PassThrough' as const, line: at + 1 } }))
  return { version: 1, rules, default: DEFAULT }
}
/** Line of the rule that matched; 0 for the default. */
function lineFor(subject: RuleSubject, ...matches: RuleMatch[]): number | string {
  const demand = demandOf(rulesOf(...matches))(subject)
  return 'undecided' in demand ? demand.undecided : (demand.line ?? 0)
}

describe('a rule', () => {
  test.each<[match: RuleMatch, matches: boolean]>([
    [{}, true],
    [{ name: ['shop-*'] }, true],
    [{ name: ['shop'] }, false],
    [{ name: ['Shop-*'] }, false],
    [{ name: ['other', '*-cart'] }, true],
    [{ name: [] }, false],
    [{ runtime: ['nodejs*'] }, true],
    [{ runtime: ['python*'] }, false],
    [{ region: ['eu-*'] }, true],
    [{ region: ['us-east-1'] }, false],
    [{ account: ['111111111111', '123456789012'] }, true],
    [{ account: ['111111111111'] }, false],
    [{ tags: [{ key: 'tier', values: ['silver', 'gold'] }] }, true],
    [{ tags: [{ key: 'tier', values: ['silver'] }] }, false],
    [{ tags: [{ key: 'tier', values: ['gol'] }] }, false],
    [{ tags: [{ key: 'tier', values: ['g*'] }] }, false],
    [{ tags: [{ key: 'Tier', values: ['gold'] }] }, false],
    [{ tags: [{ key: 'tier', values: [] }] }, true],
    [{ tags: [{ key: 'audited', values: [] }] }, true],
    [{ tags: [{ key: 'audited', values: [''] }] }, true],
    [{ tags: [{ key: 'team', values: [] }] }, false],
    [{ tags: [{ key: 'team', values: [''] }] }, false],
    [{ tags: [{ key: 'constructor', values: [] }] }, false],
    [{ tags: [{ key: '__proto__', values: [] }] }, false],
    [
      {
        tags: [
          { key: 'tier', values: [] },
          { key: 'team', values: [] },
        ],
      },
      false,
    ],
    [{ stack: ['shop-*'] }, true],
    [{ stack: ['shop'] }, false],
    [{ stack: ['shop-*'], tags: [{ key: 'tier', values: ['gold'] }] }, true],
    [{ stack: ['other'], tags: [{ key: 'tier', values: ['gold'] }] }, false],
    [{ name: ['shop-*'], runtime: ['nodejs*'], region: ['eu-*'], account: ['123456789012'] }, true],
    [{ name: ['shop-*'], runtime: ['nodejs*'], region: ['eu-*'], account: ['111111111111'] }, false],
    [{ name: ['shop-*'], region: ['us-*'] }, false],
    [{ name: ['shop-*'], runtime: ['python*'] }, false],
  ])('%j matches: %s', (match, matches) => {
    expect(lineFor(SHOP, match)).toBe(matches ? 1 : 0)
  })

  test('on runtimes does not match a container image, which has none', () => {
    expect(lineFor(IMAGE, { runtime: ['*'] })).toBe(0)
    expect(lineFor(IMAGE, { name: ['shop-*'] })).toBe(1)
  })

  test('on stacks does not match a function of no stack', () => {
    expect(lineFor({ ...SHOP, tags: {} }, { stack: ['*'] })).toBe(0)
  })
})

describe('several rules', () => {
  test('the first that matches decides, and the default where none does', () => {
    const names = [{ name: ['api-*'] }, { name: ['shop-*'] }, { name: ['*-cart'] }, {}]
    expect(lineFor(SHOP, ...names)).toBe(2)
    expect(lineFor(SHOP, ...names.slice(2))).toBe(1)
    expect(lineFor({ ...SHOP, name: 'x' }, ...names)).toBe(4)
    expect(demandOf(rulesOf(...names.slice(0, 1)))(SHOP)).toBe(DEFAULT)
  })

  test('without a file everything should be traced', () => {
    expect(demandOf(BUILT_IN_RULES)(UNTAGGED)).toEqual({ tracing: 'Active' })
  })

  test('as a file gives them', () => {
    const file = [
      'version: 1',
      'rules:',
      '  - { match: { name: "legacy-*" }, tracing: exempt, reason: old }',
      '  - { match: { tags: { tier: gold }, account: 012345678901 }, tracing: PassThrough }',
      '  - { match: { tags: { audited: "" } }, tracing: Active, aliases: live }',
    ].join('\n')
    const demand = demandOf(readRules(file, 'xtrace.yml'))
    expect(demand({ ...SHOP, name: 'legacy-1' })).toMatchObject({ tracing: 'exempt', reason: 'old', line: 3 })
    expect(demand({ ...SHOP, account: '012345678901' })).toMatchObject({ tracing: 'PassThrough', line: 4 })
    expect(demand(SHOP)).toMatchObject({ tracing: 'Active', aliases: ['live'], line: 5 })
    expect(demand({ ...SHOP, tags: {} })).toEqual({ tracing: 'Active' })
  })
})

describe('tags that could not be read', () => {
  const tagged: RuleMatch = { tags: [{ key: 'tier', values: [] }] }
  const open = (line: number) => `the rule in line ${line} asks for tags, and they could not be read`

  test('leave open whether a rule matches that asks for them', () => {
    expect(lineFor(UNTAGGED, tagged)).toBe(open(1))
    expect(lineFor(UNTAGGED, { stack: ['*'] })).toBe(open(1))
    expect(lineFor(UNTAGGED, { ...tagged, name: ['shop-*'] }, {})).toBe(open(1))
    expect(lineFor(UNTAGGED, { name: ['x'] }, tagged, tagged)).toBe(open(2))
  })

  test('do not matter where an earlier rule matches, or another condition does not hold', () => {
    expect(lineFor(UNTAGGED, { name: ['shop-*'] }, tagged)).toBe(1)
    expect(lineFor(UNTAGGED, { ...tagged, name: ['x'] })).toBe(0)
    expect(lineFor(UNTAGGED, { ...tagged, region: ['us-*'] }, { stack: ['*'], account: ['111111111111'] }, {})).toBe(3)
    expect(lineFor(UNTAGGED, { tags: [] })).toBe(1)
  })

  test('are told without a line where the rules come from no file', () => {
    const rules: Rules = { ...BUILT_IN_RULES, rules: [{ match: tagged, demand: DEFAULT }] }
    expect(demandOf(rules)(UNTAGGED)).toEqual({
      undecided: 'a rule asks for tags, and they could not be read',
    })
  })
})

test('the keys of all tags that rules ask for, each once and in order', () => {
  const tag = (key: string) => ({ key, values: ['x'] })
  expect(tagKeysOf(rulesOf({ tags: [tag('team'), tag('Tier')] }, { tags: [tag('team')], stack: ['a'] }))).toEqual([
    'Tier',
    STACK_TAG,
    'team',
  ])
  expect(tagKeysOf(rulesOf({ name: ['a'] }, {}))).toEqual([])
  expect(tagKeysOf(BUILT_IN_RULES)).toEqual([])
})

describe('laws', () => {
  const some = <T>(...values: T[]) => fc.option(fc.subarray(values, { minLength: 1 }), { nil: undefined })
  const match: fc.Arbitrary<RuleMatch> = fc.record({
    name: some('shop-*', '*-cart', 'api', '*'),
    runtime: some('nodejs*', 'python*'),
    region: some('eu-*', 'us-east-1'),
    account: some('123456789012', '111111111111'),
    stack: some('shop-*', 'other'),
    tags: some({ key: 'tier', values: ['gold'] }, { key: 'tier', values: ['x'] }, { key: 'team', values: [] }),
  })
  const matches = fc.array(match, { maxLength: 6 })
  const subject = fc.constantFrom<RuleSubject>(SHOP, IMAGE, UNTAGGED, { ...SHOP, name: 'api' }, { ...SHOP, tags: {} })

  test('the first rule that matches alone is the one that decides', () => {
    fc.assert(
      fc.property(matches, subject, (list, one) => {
        const alone = list.map((each) => lineFor(one, each) !== 0)
        const first = alone.indexOf(true)
        const expected = first < 0 ? 0 : lineFor(one, list[first] ?? {}) === 1 ? first + 1 : 'open'
        const found = lineFor(one, ...list)
        expect(typeof found === 'string' ? 'open' : found).toBe(expected)
      }),
    )
  })

  test('a rule added at the end changes nothing for what an earlier one matches', () => {
    fc.assert(
      fc.property(matches, match, subject, (list, more, one) => {
        const before = lineFor(one, ...list)
        const after = lineFor(one, ...list, more)
        if (before !== 0) expect(after).toBe(before)
      }),
    )
  })

  test('one more condition never lets a rule match more', () => {
    fc.assert(
      fc.property(match, match, subject, (one, other, each) => {
        const given = Object.fromEntries(Object.entries(one).filter(([, value]) => value !== undefined))
        if (lineFor(each, { ...other, ...given }) === 1) expect(lineFor(each, given)).toBe(1)
      }),
    )
  })
})

describe('aliases may be asked for', () => {
  const asking = (match: RuleMatch, ofAll = false): boolean =>
    mayAskForAliases({
      version: 1,
      rules: [{ match, demand: { tracing: 'Active', aliases: ['live'], line: 1 } }],
      default: { tracing: 'Active', ...(ofAll && { aliases: ['live'] }) },
    })(SHOP)

  test('by a rule for the function, whatever its tags', () => {
    expect(asking({ name: ['shop-*'] })).toBe(true)
    expect(asking({ name: ['shop-*'], tags: [{ key: 'tier', values: ['silver'] }] })).toBe(true)
  })

  test('not by a rule for others, nor by one that names none', () => {
    expect(asking({ name: ['other'] })).toBe(false)
    expect(mayAskForAliases(rulesOf({}))(SHOP)).toBe(false)
  })

  test('by the default, of every function', () => {
    expect(asking({ name: ['other'] }, true)).toBe(true)
  })
})
