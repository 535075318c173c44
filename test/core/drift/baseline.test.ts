/** What has changed since an earlier audit, what is for the worse, and which files are no audit. */
import { describe, expect, test } from 'vitest'
import { compareWithBaseline, readBaseline } from '../../../src/core/drift/baseline.js'
import type { FunctionRow } from '../../../src/core/function-row.js'
import type { Finding } from '../../../src/core/report.js'
import { XtraceError } from '../../../src/errors.js'
import { alias, fn, functionArn, NO, observation, UNSURE, YES } from '../build-observation.js'
import { auditJson, coverageOf, rowOf } from './build-audit.js'

const ARN = functionArn('orders')
const NEW_BASELINE = 'save a new baseline: xtrace audit --json --output FILE'
const active = fn('orders', { mode: 'Active' })
const traced = rowOf(observation(active))
const off = rowOf(observation(fn('orders')))
const blind = rowOf(observation(active, { permission: NO }))
const offAndBlind = rowOf(observation(fn('orders'), { permission: NO }))
const unsure = rowOf(observation(active, { permission: UNSURE }))
const exempt: FunctionRow = { ...off, verdict: 'exempt', because: 'exempt: a game' }

const baselineOf = (parts: Parameters<typeof auditJson>[0]) => readBaseline(auditJson(parts), 'before.json')

function changes(before: FunctionRow, now: FunctionRow, options = {}): Finding[] {
  return compareWithBaseline(baselineOf({ functions: [before] }), options).changesOf(now)
}

describe('mode and permission', () => {
  test.each<[what: string, before: FunctionRow, now: FunctionRow, finding: object]>([
    [
      'turned off',
      traced,
      off,
      {
        id: 'XT101',
        severity: 'high',
        subject: ARN,
        message: 'mode was Active in the baseline and is PassThrough now',
        evidence: ['baseline: mode Active', 'now: mode PassThrough'],
        repair: `xtrace enable ${ARN}`,
      },
    ],
    [
      'turned off, and the rules cannot be decided',
      traced,
      { ...off, verdict: 'unknown' },
      { id: 'XT101', severity: 'high', repair: `xtrace enable ${ARN}` },
    ],
    ['turned off, as the rules allow', traced, exempt, { id: 'XT101', severity: 'low', repair: NEW_BASELINE }],
    ['turned on', off, traced, { id: 'XT101', severity: 'low', repair: NEW_BASELINE }],
    [
      'the role lost the right',
      traced,
      blind,
      {
        id: 'XT102',
        severity: 'high',
        message: `the role could write traces in the baseline and cannot now: ${NO.because}`,
        evidence: ['baseline: may write traces: yes', `now: may write traces: no (${NO.because})`],
        repair: `xtrace enable ${ARN}`,
      },
    ],
    [
      'the role lost the right, tracing is off',
      off,
      offAndBlind,
      { id: 'XT102', severity: 'low', repair: NEW_BASELINE },
    ],
    [
      'the role got the right',
      blind,
      traced,
      {
        id: 'XT102',
        severity: 'low',
        message: `the role can write traces now: ${YES.because}`,
        repair: NEW_BASELINE,
      },
    ],
  ])('%s', (_, before, now, finding) => {
    expect(changes(before, now)).toMatchObject([finding])
  })

  test('both at once are two findings', () => {
    expect(changes(traced, offAndBlind).map(({ id }) => id)).toEqual(['XT101', 'XT102'])
  })

  test.each([
    ['before', unsure, blind],
    ['now', blind, unsure],
    ['on both sides', unsure, unsure],
  ])('a permission that was not known %s has not changed', (_, before, now) => {
    expect(changes(before, now)).toEqual([])
  })

  test('the stack that owns the function gets its lines', () => {
    const owner = { stack: 'shop', by: 'SAM' } as const
    expect(changes(traced, { ...off, owner })[0]?.template).toContain('Tracing: Active')
  })
})

describe('aliases', () => {
  const having = (...value: ReturnType<typeof alias>[]) => rowOf(observation(active, { aliases: { value } }))
  const unread = rowOf(observation(active, { aliases: { unreadable: 'AccessDenied' } }))
  const live3 = alias('live', '3', { 3: 'Active' })
  const live4 = alias('live', '4', { 4: 'Active' })
  const untraced = alias('live', '4', { 4: 'PassThrough' })
  const canary = alias('live', '3', { 3: 'Active', 4: 'Active' }, { 4: 0.25 })

  test.each<[what: string, before: FunctionRow, now: FunctionRow, finding: object]>([
    [
      'moved',
      having(live3),
      having(live4),
      {
        severity: 'low',
        message: 'alias live served version 3 in the baseline and serves version 4 now',
        evidence: ['baseline: alias live → version 3', 'now: alias live → version 4'],
        repair: NEW_BASELINE,
      },
    ],
    [
      'splits its traffic now',
      having(live3),
      having(canary),
      {
        severity: 'low',
        evidence: ['baseline: alias live → version 3', 'now: alias live → version 3 (75 %), version 4 (25 %)'],
      },
    ],
    [
      'new',
      having(),
      having(live3),
      {
        severity: 'low',
        message: 'alias live is new and serves version 3',
        evidence: ['baseline: no alias live', 'now: alias live → version 3'],
      },
    ],
    [
      'gone',
      having(live3),
      having(),
      {
        severity: 'low',
        message: 'alias live is gone',
        evidence: ['baseline: alias live → version 3', 'now: no alias live'],
      },
    ],
    [
      'moved to a version without tracing',
      having(live3),
      having(untraced, alias('old', '1', { 1: 'PassThrough' })),
      {
        severity: 'high',
        message:
          'alias live served version 3 in the baseline and serves version 4 now; alias old is new and serves version 1',
        repair: `xtrace enable ${ARN} --alias live && xtrace enable ${ARN} --alias old`,
      },
    ],
    [
      'moved to a version without tracing, of a function that is off anyway',
      rowOf(observation(fn('orders'), { aliases: { value: [live3] } })),
      rowOf(observation(fn('orders'), { aliases: { value: [untraced] } })),
      { severity: 'low', repair: NEW_BASELINE },
    ],
    [
      'several: in the order of their names',
      having(live3),
      having(alias('beta', '4', { 4: 'Active' })),
      { severity: 'low', message: 'alias beta is new and serves version 4; alias live is gone' },
    ],
    [
      'moved, while one that did not move serves no tracing',
      having(live3, alias('old', '1', { 1: 'PassThrough' })),
      having(live4, alias('old', '1', { 1: 'PassThrough' })),
      { severity: 'low', repair: NEW_BASELINE },
    ],
  ])('%s', (_, before, now, finding) => {
    expect(changes(before, now)).toMatchObject([{ id: 'XT103', ...finding }])
  })

  test.each([
    ['the baseline', unread, having(live3)],
    ['this audit', having(live3), unread],
  ])('aliases that %s could not read have not changed', (_, before, now) => {
    expect(changes(before, now)).toEqual([])
  })

  test('nor have those that one of the two did not look for', () => {
    const seen = having(live3)
    expect(changes(seen, having(), { latestOnly: true })).toEqual([])
    const latestOnly = baselineOf({ functions: [having()], data: { latestOnly: true } })
    expect(compareWithBaseline(latestOnly).changesOf(seen)).toEqual([])
    const full = baselineOf({ functions: [having()], data: { latestOnly: false } })
    expect(compareWithBaseline(full).changesOf(seen)).toHaveLength(1)
  })
})

describe('functions that are new', () => {
  const added = (now: FunctionRow, parts: Parameters<typeof auditJson>[0] = {}) =>
    compareWithBaseline(baselineOf(parts)).changesOf(now)
  const stale = rowOf(observation(active, { aliases: { value: [alias('live', '3', { 3: 'PassThrough' })] } }))

  test.each<[verdict: string, now: FunctionRow, severity: string, repair: string]>([
    ['traced', traced, 'low', NEW_BASELINE],
    ['exempt', exempt, 'low', NEW_BASELINE],
    ['off', off, 'medium', `xtrace enable ${ARN}`],
    ['blind', blind, 'high', `xtrace enable ${ARN}`],
    ['stale', stale, 'high', `xtrace enable ${ARN} --publish`],
  ])('%s', (verdict, now, severity, repair) => {
    const message = `not in the baseline; it is ${verdict} now: ${now.because}`
    expect(added(now)).toMatchObject([{ id: 'XT104', severity, subject: ARN, message, repair }])
  })

  test.each([
    ['was not read then', { coverage: [coverageOf('us-east-1', 'denied-iam'), coverageOf('eu-west-1')] }],
    ['was read in another account then', { coverage: [coverageOf('us-east-1', 'read', '999988887777')] }],
    ['was not asked about then', { coverage: [] }],
  ])('are no news where the place %s', (_, parts) => {
    expect(added(off, parts)).toEqual([])
  })

  const everything = { match: [], exclude: [], runtimes: [], tags: [] }
  test.each([
    ['everything', null, 1],
    ['everything, in other words', everything, 1],
    ['names, and this is one', { ...everything, match: ['ord*'] }, 1],
    ['other names', { ...everything, match: ['api-*'] }, 0],
    ['all but this name', { ...everything, exclude: ['orders'] }, 0],
    ['tags: nobody can tell whether it had them', { ...everything, tags: [{ key: 'team', values: [] }] }, 0],
    ['runtimes: nobody can tell whether it had one', { ...everything, match: ['ord*'], runtimes: ['nodejs*'] }, 0],
    ['functions one by one', { names: ['orders'] }, 0],
  ])('when the baseline looked at %s', (_, selection, news) => {
    expect(added(off, { data: { selection } })).toHaveLength(news)
  })

  test('are new where the baseline could not read just this one', () => {
    const unread = { arn: ARN, name: 'orders', error: { code: 'ACCESS_DENIED' } }
    expect(added(off, { functions: [unread] })).toMatchObject([{ id: 'XT104' }])
  })
})

describe('functions that are gone', () => {
  const here = rowOf(observation(fn('here')))
  const there = rowOf(observation(fn('there', { region: 'eu-west-1', mode: 'Active' })))
  const also = rowOf(observation(fn('also')))
  const before = baselineOf({
    functions: [there, here, also],
    coverage: [coverageOf('us-east-1'), coverageOf('eu-west-1')],
  })
  const everywhere = [coverageOf('us-east-1'), coverageOf('eu-west-1')]

  test('are told of by what they were', () => {
    const comparison = compareWithBaseline(before)
    comparison.changesOf(here)
    comparison.changesOf(also)
    expect(comparison.goneFrom(everywhere)).toEqual([
      {
        id: 'XT105',
        severity: 'low',
        subject: there.arn,
        message: 'in the baseline it was traced; it is not there any more',
        evidence: ['baseline: mode Active'],
        repair: NEW_BASELINE,
      },
    ])
  })

  test.each([
    ['all', everywhere, undefined, [there.arn, also.arn, here.arn]],
    [
      'only where this audit has read',
      [coverageOf('us-east-1'), coverageOf('eu-west-1', 'throttled')],
      undefined,
      [also.arn, here.arn],
    ],
    ['not where the gap was accepted', [{ ...coverageOf('eu-west-1', 'denied-scp'), accepted: true }], undefined, []],
    ['not of another account', [coverageOf('us-east-1', 'read', '999988887777')], undefined, []],
    [
      'only what this audit would have chosen',
      everywhere,
      (arn: string) => arn.endsWith('here'),
      [there.arn, here.arn],
    ],
  ])('%s, in the order of their ARNs', (_, coverage, wanted, arns) => {
    expect(
      compareWithBaseline(before)
        .goneFrom(coverage, wanted)
        .map(({ subject }) => subject),
    ).toEqual(arns)
  })
})

test('what the baseline has found already is known: the same finding of the same function', () => {
  const finding: Finding = { id: 'XT001', severity: 'medium', subject: ARN, message: 'm', evidence: [], repair: 'r' }
  const { knew } = compareWithBaseline(baselineOf({ findings: [finding] }))
  expect(knew({ ...finding, message: 'other words' })).toBe(true)
  expect(knew({ ...finding, id: 'XT002' })).toBe(false)
  expect(knew({ ...finding, subject: functionArn('other') })).toBe(false)
})

describe('a file that is no audit', () => {
  const text = auditJson({ functions: [traced] })
  const edited = (
    edit: (audit: { data: { functions: Record<string, unknown>[] } } & Record<string, unknown>) => void,
  ) => {
    const audit = JSON.parse(text)
    edit(audit)
    return JSON.stringify(audit)
  }
  const notSaid = 'it does not say that it is one ("schema": "xtrace/audit@1")'

  test.each<[what: string, content: string, why: string]>([
    ['empty', '', 'it is not JSON, or was cut off'],
    ['cut off', text.slice(0, -20), 'it is not JSON, or was cut off'],
    ['a table', 'functions  3\noff        1\n', 'it is not JSON, or was cut off'],
    ['a list', '[]', notSaid],
    ['a number', '7', notSaid],
    ['null', 'null', notSaid],
    ['other JSON', '{"password":"hunter2"}', notSaid],
    ['a schema of others', '{"schema":"hunter2@1"}', notSaid],
    ['a schema of another kind', '{"schema":["xtrace/audit@1"]}', notSaid],
    ['of another command', '{"schema":"xtrace/enable@1"}', 'it is something else (xtrace/enable@1)'],
    ['a plan', '{"schema":"xtrace/plan@1"}', 'it is something else (xtrace/plan@1)'],
    [
      'of a newer xtrace',
      '{"schema":"xtrace/audit@2"}',
      'it is of another xtrace (xtrace/audit@2, this one reads xtrace/audit@1)',
    ],
    ['of an audit that failed', '{"schema":"xtrace/audit@1","outcome":"error"}', 'it is of an audit that failed'],
    [
      'NDJSON',
      '{"arn":"hunter2"}\n{"event":"end"}\n',
      'it has a JSON text on each line (--format ndjson), and a single one is needed (--json)',
    ],
    ['without data', edited((audit) => Reflect.deleteProperty(audit, 'data')), 'audit.data is missing'],
    ['without coverage', edited((audit) => delete audit.coverage), 'audit.coverage is missing'],
    ['without findings', edited((audit) => delete audit.findings), 'audit.findings is missing'],
    [
      'of a mode that is not known',
      edited((audit) => Object.assign(audit.data.functions[0] ?? {}, { mode: 'hunter2' })),
      'audit.data.functions[0].mode is not Active or PassThrough',
    ],
    [
      'of a function without a permission',
      edited((audit) => delete audit.data.functions[0]?.permission),
      'audit.data.functions[0].permission is missing',
    ],
    [
      'of a function that is none',
      edited((audit) => Object.assign(audit.data.functions[0] ?? {}, { arn: 'hunter2; rm -rf /' })),
      'audit.data.functions[0].arn is not the unqualified ARN of a Lambda function',
    ],
    [
      'of a choice that is none',
      edited((audit) => Object.assign(audit.data, { selection: { match: 'hunter2' } })),
      'audit.data.selection.match is not a list',
    ],
    [
      'of weights that are none',
      edited((audit) =>
        Object.assign(audit.data.functions[0] ?? {}, { aliases: [{ name: 'a', version: '1', weights: { 2: 9 } }] }),
      ),
      'audit.data.functions[0].aliases[0].weights.2 is not a number from 0 to 1',
    ],
  ])('%s', (_, content, why) => {
    const read = () => readBaseline(content, 'before.json')
    expect(read).toThrow(XtraceError)
    expect(read).toThrow(`before.json is not an audit to compare with: ${why}.`)
    expect(read).not.toThrow('hunter2')
    expect(read).toThrow(expect.objectContaining({ code: 'UNREADABLE_BASELINE', exit: 'usage' }))
  })

  test('further fields do not matter, wherever they are', () => {
    const more = edited((audit) => {
      audit.generator = 'later'
      Object.assign(audit.data, { later: [1] })
      Object.assign(audit.data.functions[0] ?? {}, { later: { secret: 1 } })
    })
    expect(readBaseline(more, 'f')).toEqual(readBaseline(text, 'f'))
  })

  test('no more of it is kept than what is compared', () => {
    expect(readBaseline(text, 'before.json')).toEqual({
      file: 'before.json',
      functions: new Map([[ARN, { mode: 'Active', verdict: 'traced', permission: 'yes', aliases: [] }]]),
      read: new Set(['111122223333 us-east-1']),
      findings: new Set(),
      names: { match: [], exclude: [] },
    })
  })
})
