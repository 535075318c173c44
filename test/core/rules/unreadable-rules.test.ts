/** What is wrong in a rules file is said in one line, with the place of the very key or value. */
import { describe, expect, test } from 'vitest'
import { readRules } from '../../../src/core/rules/read-rules.js'
import { asXtraceError } from '../../../src/errors.js'
import { RULES_FILE, withPiece } from './rules-file.js'

/** `LINE:COLUMN: …`, without the file's name. */
function refusal(text: string, file = 'xtrace.yml'): string {
  try {
    readRules(text, file)
  } catch (error) {
    const { code, message } = asXtraceError(error)
    if (code === 'UNREADABLE_RULES' && message.startsWith(`${file}:`)) return message.slice(file.length + 1)
    throw error
  }
  return 'it was read'
}

const inMatch = (yaml: string) => refusal(`version: 1\nrules:\n  - match: { ${yaml} }\n    tracing: Active\n`)

test('the message names the file, and the error is one of wrong usage', () => {
  expect(() => readRules('version: 3', 'conf/my rules.yml')).toThrow(
    expect.objectContaining({
      code: 'UNREADABLE_RULES',
      exit: 'usage',
      message: 'conf/my rules.yml:1:10: version "3" is not known: this xtrace reads version: 1.',
    }),
  )
})

describe('the file', () => {
  test.each([
    ['', '1:1: the file is empty: it begins with version: 1.'],
    ['# nothing yet\n', '1:1: the file is empty: it begins with version: 1.'],
    ['\ufeff', '1:1: the file is empty: it begins with version: 1.'],
    ['~', '1:1: the file is empty: it begins with version: 1.'],
    ['\n- version: 1', '2:1: the file is a list: it takes a map of version, regions, rules, default.'],
    ['version 1', '1:1: the file is a single value: it takes a map of version, regions, rules, default.'],
    ['# rules\nrules: []\n', '2:1: the file needs version: 1.'],
    ['version:\n', '1:1: "version" has no value: it takes 1.'],
    ['version: one', '1:10: "one" is not a version: write version: 1.'],
    ['version: 1.0', '1:10: "1.0" is not a version: write version: 1.'],
    ['rules: no\nversion: 2', '2:10: version "2" is not known: this xtrace reads version: 1.'],
    ['version: 1\nregion: x', '2:1: "region" is not a field of the file (did you mean "regions"?).'],
    ['version: 1\nfoo: x', '2:1: "foo" is not a field of the file: version, regions, rules, default.'],
    ['version: 1\nrules:\n#  - match', '2:1: "rules" has no value: it takes a list of rules.'],
    ['version: 1\nrules: { match: x }', '2:8: "rules" is a map: it takes a list of rules.'],
    ['version: 1\nregions: []', '2:10: "regions" is an empty list: it takes a region or a list of regions.'],
    ['version: 1\nregions:', '2:1: "regions" has no value: it takes a region or a list of regions.'],
    ['version: 1\nregions: [us-east-1, eu-west]', '2:22: "eu-west" is not a region: one is us-east-1.'],
    ['version: 1\nregions: "us-*"', '2:10: "us-*" is not a region: one is us-east-1.'],
    [
      'version: 1\ndefault: Active',
      '2:10: "default" is a single value: it takes a map of tracing, aliases, reason, expires.',
    ],
    ['version: 1\ndefault: {}', '2:10: "default" needs "tracing": Active, PassThrough or exempt.'],
    ['version: 1\ndefault: { tracing: exempt }', '2:21: exempt needs a "reason".'],
    [
      'version: 1\ndefault: { tracing: Active, match: {} }',
      '2:29: "match" is not a field of "default": tracing, aliases, reason, expires.',
    ],
  ])('%j', (text, message) => {
    expect(refusal(text)).toBe(message)
  })
})

describe('a rule', () => {
  test.each([
    ['    tracing: exempt\n', '', '4:5: a rule needs "tracing": Active, PassThrough or exempt.'],
    ['tracing: exempt', 'tracing:', '5:5: "tracing" has no value: it takes Active, PassThrough or exempt.'],
    ['tracing: exempt', 'tracing: ~', '5:5: "tracing" has no value: it takes Active, PassThrough or exempt.'],
    ['tracing: exempt', 'tracing: [exempt]', '5:14: "tracing" is a list: it takes Active, PassThrough or exempt.'],
    ['tracing: exempt', 'tracing: true', '5:14: "true" is not a tracing mode: Active, PassThrough or exempt.'],
    ['tracing: exempt', 'tracing: ""', '5:14: "" is not a tracing mode: Active, PassThrough or exempt.'],
    ['tracing: exempt', 'tracing: EXEMPT', '5:14: "EXEMPT" is written exempt.'],
    ['tracing: exempt', 'tracing: passthrough', '5:14: "passthrough" is written PassThrough.'],
    ['tracing: exempt', 'trace: exempt', '5:5: "trace" is not a field of a rule (did you mean "tracing"?).'],
    ['tracing: exempt', 'Tracing: exempt', '5:5: "Tracing" is not a field of a rule (did you mean "tracing"?).'],
    ['tracing: exempt', 'tracing: activ', '5:14: "activ" is not a tracing mode: Active, PassThrough or exempt.'],
    ['    reason: retired in Q1\n', '', '5:14: exempt needs a "reason".'],
    ['reason: retired', 'reson: retired', '6:5: "reson" is not a field of a rule (did you mean "reason"?).'],
    ['reason: retired in Q1', 'reason:', '6:5: "reason" has no value: it takes words that say why.'],
    ['reason: retired in Q1', 'reason: " "', '6:13: "" is empty: say why.'],
    ['reason: retired in Q1', 'reason: "a\\u0007b"', '6:13: "a\\u{7}b" holds a character that cannot be seen.'],
    ['expires', 'expire', '7:5: "expire" is not a field of a rule (did you mean "expires"?).'],
    ['expires', 'until', '7:5: "until" is not a field of a rule: match, tracing, aliases, reason, expires.'],
    ['2027-03-31', '2027-02-30', '7:14: "2027-02-30" is a day that the calendar does not have.'],
    ['2027-03-31', '2027-02-29', '7:14: "2027-02-29" is a day that the calendar does not have.'],
    ['2027-03-31', '2027-13-01', '7:14: "2027-13-01" is a day that the calendar does not have.'],
    ['2027-03-31', '31.03.2027', '7:14: "31.03.2027" is not a day: write year, month and day like 2027-03-31.'],
    ['2027-03-31', '2027-3-31', '7:14: "2027-3-31" is not a day: write year, month and day like 2027-03-31.'],
    [
      '2027-03-31',
      '2027-03-31T00:00:00Z',
      '7:14: "2027-03-31T00:00:00Z" is not a day: write year, month and day like 2027-03-31.',
    ],
    ['2027-03-31', '20270331', '7:14: "20270331" is not a day: write year, month and day like 2027-03-31.'],
    ['2027-03-31', '', '7:5: "expires" has no value: it takes a day, like 2027-03-31.'],
    ['tracing: exempt', 'tracing: PassThrough', '7:5: "expires" goes with exempt, not with PassThrough.'],
    [
      'tracing: Active\n',
      'tracing: Active\n    expires: 2027-01-01\n',
      '12:5: "expires" goes with exempt, not with Active.',
    ],
    ['tracing: Active\n', 'tracing: PassThrough\n', '12:5: "aliases" goes with Active, not with PassThrough.'],
    ['tracing: Active\n', 'tracing: exempt\n    reason: x\n', '13:5: "aliases" goes with Active, not with exempt.'],
    ['[live]', '[]', '12:14: "aliases" is an empty list: it takes an alias or a list of aliases.'],
    [
      '[live]',
      '["$LATEST"]',
      '12:15: "$LATEST" is not the name of an alias: that is 1 to 128 letters, digits, - and _.',
    ],
    ['[live]', '[live, 12]', '12:21: "12" is the number of a version, not the name of an alias.'],
    ['[live]', '[live, "a b"]', '12:21: "a b" is not the name of an alias: that is 1 to 128 letters, digits, - and _.'],
    ['[live]', '[live, ~]', '12:21: an item of "aliases" has no value: it takes the name of an alias.'],
    [
      '- match: { name: "legacy-*" }\n    tracing',
      '- tracing',
      '4:5: a rule needs "match": which functions it is for.',
    ],
    ['{ name: "legacy-*" }', '{}', '4:12: "match" names nothing: name: "*" is every function.'],
    [
      '{ name: "legacy-*" }',
      '',
      '4:5: "match" has no value: it takes a map of name, runtime, tags, stack, region, account.',
    ],
    [
      '{ name: "legacy-*" }',
      '"legacy-*"',
      '4:12: "match" is a single value: it takes a map of name, runtime, tags, stack, region, account.',
    ],
    [
      '- match: { name: "legacy-*" }',
      '- "legacy"\n  - match: { name: x }',
      '4:5: a rule is a single value: it takes a map of match, tracing, aliases, reason, expires.',
    ],
    [
      '- match: { name: "legacy-*" }',
      '-\n  - match: { name: x }',
      '4:4: a rule has no value: it takes a map of match, tracing, aliases, reason, expires.',
    ],
    [
      '    tracing: Active',
      '    tracing: Active\n    tracing: exempt',
      '12:5: "tracing" stands here twice, first in line 11.',
    ],
    ['  - match:\n', '  - match: { name: x }\n    match:\n', '9:5: "match" stands here twice, first in line 8.'],
  ])('%j as %j', (piece, other, message) => {
    expect(refusal(withPiece(piece, other))).toBe(message)
  })
})

const GLOBS = 'it takes a glob or a list of globs, in quotes if it begins with {'

describe('match', () => {
  test.each([
    ['nam: x', '3:14: "nam" is not a field of "match" (did you mean "name"?).'],
    ['functionName: x', '3:14: "functionName" is not a field of "match": name, runtime, tags, stack, region, account.'],
    ['tag: { a: b }', '3:14: "tag" is not a field of "match" (did you mean "tags"?).'],
    ['accounts: 123456789012', '3:14: "accounts" is not a field of "match" (did you mean "account"?).'],
    ['name', `3:14: "name" has no value: ${GLOBS}.`],
    ['name:', `3:14: "name" has no value: ${GLOBS}.`],
    ['name: []', `3:20: "name" is an empty list: ${GLOBS}.`],
    ['name: {a,b}', `3:20: "name" is a map: ${GLOBS}.`],
    ['name: ""', '3:20: "" is empty: "*" is any.'],
    ['name: [a, ""]', '3:24: "" is empty: "*" is any.'],
    ['name: [a, [b]]', '3:24: an item of "name" is a list: it takes a glob.'],
    ['name: "a["', '3:20: "a[" is not a glob: a bracket has no other half, or a range runs backwards.'],
    ['name: "arn:aws:lambda:*"', '3:20: "arn:aws:lambda:*" can match no function name.'],
    ['name: ["*", "!a*"]', '3:26: "!a*" cannot stand in a list: the list means any of its globs.'],
    ['runtime: Python*', '3:23: "Python*" can match no runtime.'],
    ['stack: my_stack', '3:21: "my_stack" can match no stack name.'],
    ['region: us-east', '3:22: "us-east" is not a region: one is us-east-1.'],
    ['region: [us-east-1, EU-*]', '3:34: "EU-*" can match no region.'],
    ['account: 1234', '3:23: "1234" is not an account: that is 12 digits.'],
    ['account: 1.2345678901e11', '3:23: "1.2345678901e11" is not an account: that is 12 digits.'],
    ['account: [123456789012, "*"]', '3:38: "*" is not an account: that is 12 digits.'],
    ['account: { id: 1 }', '3:23: "account" is a map: it takes an account or a list of accounts.'],
    ['tags: {}', '3:20: "tags" names no tag: leave it out, or name one.'],
    ['tags: tier', '3:20: "tags" is a single value: it takes tag keys, each with its values.'],
    ['tags: [tier]', '3:20: "tags" is a list: it takes tag keys, each with its values.'],
    ['tags: { tier: [] }', '3:28: "tier" is an empty list: it takes a value, a list of values, or "*" for any value.'],
    ['tags: { tier: { a: b } }', '3:28: "tier" is a map: it takes a value, a list of values, or "*" for any value.'],
    ['tags: { tier: "g*" }', '3:28: "g*" cannot match: tag values are compared exactly.'],
    ['tags: { tier: [gold, "*"] }', '3:35: "*" means any value: it stands alone, not in a list.'],
    ['tags: { tier: [gold, ~] }', '3:35: an item of "tier" has no value: it takes a value.'],
    ['tags: { tier: "gold\\u200b" }', '3:28: "gold\\u{200b}" holds a character that cannot be seen.'],
    ['tags: { tier: "gold\\n" }', '3:28: "gold\\u{a}" holds a character that cannot be seen.'],
    ['tags: { "t*": x }', '3:22: "t*" is not a tag key: keys are compared exactly.'],
    ['tags: { "": x }', '3:22: "" is not a tag key: that is 1 to 128 characters.'],
    ['tags: { "t\\u2028": x }', '3:22: "t\\u{2028}" holds a character that cannot be seen.'],
    ['tags: { a: b, c: d, a: e }', '3:34: "a" stands here twice, first in line 3.'],
  ])('%s', (yaml, message) => {
    expect(inMatch(yaml)).toBe(message)
  })

  test('an alias is not longer than AWS lets it be', () => {
    expect(refusal(withPiece('live', 'a'.repeat(128)))).toBe('it was read')
    expect(refusal(withPiece('live', 'a'.repeat(129)))).toMatch(/^12:15: "a{57}\.\.\." is not the name of an alias/)
  })

  test('a tag is not longer than AWS lets it be', () => {
    expect(inMatch(`tags: { tier: ${'a'.repeat(256)} }`)).toBe('it was read')
    expect(inMatch(`tags: { ${'a'.repeat(128)}: x }`)).toBe('it was read')
    expect(inMatch(`tags: { tier: ${'a'.repeat(257)} }`)).toBe(
      `3:28: "${'a'.repeat(57)}..." is not a tag value: that is at most 256 characters.`,
    )
    expect(inMatch(`tags: { ${'a'.repeat(129)}: x }`)).toBe(
      `3:22: "${'a'.repeat(57)}..." is not a tag key: that is 1 to 128 characters.`,
    )
  })
})

describe('YAML', () => {
  const quotes = 'a value with special characters needs quotes'

  test.each([
    ['version: 1\nrules:\n\t- match: x', '3:1: a tab cannot indent: use spaces.'],
    ['version: 1\r\nrules:\r\n\t- match: x', '3:1: a tab cannot indent: use spaces.'],
    ['version: 1\n---\nversion: 1\n', '2:1: a second YAML document begins here: a rules file is a single one.'],
    ['version: 1\n...\n# more\nversion: 1\n', '4:1: a second YAML document begins here: a rules file is a single one.'],
    [
      'version: 1\ndefault: a: b',
      `2:10: this is not YAML (Nested mappings are not allowed in compact mappings); ${quotes}.`,
    ],
    [
      'version: 1\nregions: [us-east-1\n',
      `3:1: this is not YAML (Flow sequence in block collection must be sufficiently indented and end with a ]); ${quotes}.`,
    ],
    ['version: 1\n]', `2:1: this is not YAML (Unexpected flow-seq-end token in YAML stream: "]"); ${quotes}.`],
    [
      'version: 1\nregions: @here',
      `2:10: this is not YAML (Plain value cannot start with reserved character @); ${quotes}.`,
    ],
    ['version: 1\nregions: "\\q"', `2:11: this is not YAML (Invalid escape sequence \\q); ${quotes}.`],
    ['version: 1\nregions: *here', '2:10: "*here" stands for nothing: put it in quotes if it is a glob.'],
    ['version: 1\nregions: *', '2:10: a value that begins with * must be in quotes.'],
    ['version: 1\nregions: [*a, &a us-east-1]', '2:11: "*a" stands for nothing: put it in quotes if it is a glob.'],
    ['version: 1\nregions: !here', '2:10: a value that begins with ! must be in quotes.'],
    ['version: !!int 1', '1:10: a value that begins with ! must be in quotes.'],
    ['version: 1\nregions: !!binary aGk=', '2:10: a value that begins with ! must be in quotes.'],
    ['version: 1\n<<: { regions: us-east-1 }', '2:1: "<<" (a merge key) is not supported: write the keys out.'],
    ['version: 1\n? [a, b]\n: c', '2:3: a key must be a word.'],
    ['%FOO\n---\nversion: 1', `1:1: this is not YAML (Unknown directive %FOO); ${quotes}.`],
    ['version: 1\nregions: \ufffd', '2:10: this is not UTF-8 text.'],
    [
      'version: 1\n\u001b[31mred: 1',
      '2:1: "\\u{1b}[31mred" is not a field of the file: version, regions, rules, default.',
    ],
    [
      'version: 1\nregions: "\\U0001F600\\x1b]0;x\\x07"',
      '2:10: "😀\\u{1b}]0;x\\u{7}" holds a character that cannot be seen.',
    ],
  ])('%j', (text, message) => {
    expect(refusal(text)).toBe(message)
  })

  test('what the package says is made harmless too', () => {
    expect(refusal('version: 1\nregions: "\\\u001b[2J"')).toBe(
      `2:11: this is not YAML (Invalid escape sequence \\\\u{1b}); ${quotes}.`,
    )
    expect(refusal(`%${'a'.repeat(1000)}\n---\nversion: 1`)).toBe(
      `1:1: this is not YAML (Unknown directive %${'a'.repeat(81)}); ${quotes}.`,
    )
  })

  test('half a character is not taken, nor is one cut in half', () => {
    expect(inMatch('tags: { tier: "\\ud800" }')).toBe('3:28: "\\u{d800}" holds a character that cannot be seen.')
    expect(refusal(`version: ${'a'.repeat(56)}😀${'a'.repeat(56)}`)).toBe(
      `1:10: "${'a'.repeat(56)}\\u{d83d}..." is not a version: write version: 1.`,
    )
  })

  test('a glob that begins with a star and has no quotes is not taken for nothing', () => {
    expect(inMatch('name: *-prod')).toBe('3:20: "*-prod" stands for nothing: put it in quotes if it is a glob.')
    expect(inMatch('tags: { tier: * }')).toBe('3:28: a value that begins with * must be in quotes.')
  })

  test('columns count from the end of a byte order mark, and lines as editors do', () => {
    expect(refusal('\ufeffVersion: 1')).toBe('1:1: "Version" is not a field of the file (did you mean "version"?).')
    expect(refusal('version: 1\r\n\r\n  # x\r\nfoo: 1\r\n')).toMatch(/^4:1: "foo"/)
    expect(refusal('{ version: 1, "😀": 1, foo: 1 }')).toMatch(/^1:15: "😀" .*; there is 1 more problem\.$/)
  })

  test('a file name cannot break the line either', () => {
    expect(() => readRules('', 'a\n\u001b[2Jb.yml')).toThrow(
      'a\\u{a}\\u{1b}[2Jb.yml:1:1: the file is empty: it begins with version: 1.',
    )
  })
})

describe('several problems', () => {
  test('the first in the file is told, and how many more there are', () => {
    const text = RULES_FILE.replace('eu-west-1', 'eu').replace('2027-03-31', '2027-02-30').replace('live', '7')
    expect(refusal(text)).toBe('2:22: "eu" is not a region: one is us-east-1; there are 2 more problems.')
  })

  test('one that leads to no other is told alone', () => {
    expect(refusal(withPiece('tracing: exempt', 'tracin: exempt'))).toBe(
      '5:5: "tracin" is not a field of a rule (did you mean "tracing"?).',
    )
  })

  test('one that stands in two places because of an alias counts once', () => {
    const rule = 'tracing: Active }'
    const text = `version: 1\nrules:\n  - { match: &m { name: "a b" }, ${rule}\n  - { match: *m, ${rule}\n`
    expect(refusal(text)).toBe('3:25: "a b" can match no function name.')
  })

  test('on one line the one further left is told', () => {
    expect(inMatch('account: 1, name: ""')).toBe(
      '3:23: "1" is not an account: that is 12 digits; there is 1 more problem.',
    )
  })
})

describe('size', () => {
  test('a file of more than 1 MB is not looked into', () => {
    expect(refusal(`version: 1\n#${'x'.repeat(1_000_000)}`)).toBe('1:1: the file is larger than 1 MB.')
    expect(refusal('['.repeat(10_000_000))).toBe('1:1: the file is larger than 1 MB.')
    expect(refusal(`version: 1\n#${'x'.repeat(999_000)}`)).toBe('it was read')
  })

  test.each([
    ['lists', `version: 1\nregions: ${'['.repeat(5000)}${']'.repeat(5000)}`, '2:29: this is nested too deeply.'],
    ['maps', `version: 1\nrules: ${'{a: '.repeat(5000)}`, '2:84: this is nested too deeply.'],
    ['dashes', `version: 1\nrules:\n  ${'- '.repeat(5000)}`, '3:41: this is nested too deeply.'],
    ['keys', `${'? '.repeat(5000)}`, '1:41: this is nested too deeply.'],
  ])('%s in %1$s without end are not followed', (_, text, message) => {
    expect(refusal(text)).toBe(message)
  })

  test('of a million faults of syntax one will do', () => {
    const start = performance.now()
    expect(refusal(']'.repeat(1_000_000))).toMatch(/^1:1: this is not YAML/)
    expect(performance.now() - start).toBeLessThan(3000)
  })

  test('aliases of aliases are not written out without end', () => {
    const list = (name: string, item: string) => `  - &${name} [${Array.from({ length: 9 }, () => item).join(', ')}]\n`
    const bomb = Array.from({ length: 12 }, (_, at) => list(`a${at}`, at === 0 ? 'x' : `*a${at - 1}`)).join('')
    expect(refusal(`version: 1\nrules:\n${bomb}`)).toMatch(/^3:9: a rule is a list: .*; there are 12 more problems\.$/)
  })

  test('one long name is not written out without end either', () => {
    const rules = '  - { match: { name: *n }, tracing: Active }\n'.repeat(100)
    const text = `version: 1\nrules:\n  - { match: { name: &n ${'n'.repeat(20_000)} }, tracing: Active }\n${rules}`
    // 1,000,000 - 24,500 that are written leave room for 48 times 20,001
    expect(refusal(text)).toBe('52:22: with its aliases written out the file is larger than 1 MB.')
  })

  test('an alias within what it stands for has no end', () => {
    expect(refusal('version: 1\nregions: &r [*r, *r]')).toBe(
      '2:13: this is nested too deeply; there are 2 more problems.',
    )
  })
})
