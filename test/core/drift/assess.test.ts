/** What of a function is not as the rules ask, what it says of it, and what is let pass. */
import { describe, expect, test } from 'vitest'
import { type Assessment, type AssessmentContext, assess, withOwner } from '../../../src/core/drift/assess.js'
import { functionRow, type Owner } from '../../../src/core/function-row.js'
import type { Demand } from '../../../src/core/rules/rules.js'
import { judge, type Observation, type ServedAlias } from '../../../src/core/verdict.js'
import { alias, fn, functionArn, NO, observation, ROLE, UNSURE } from '../build-observation.js'

const ARN = functionArn('orders')
const TODAY = '2027-03-31'
const active = fn('orders', { mode: 'Active', codeSha256: 'code' })
const live = alias('live', '3', { 3: 'Active' })
const old = alias('old', '2', { 2: 'PassThrough' })
const dark = alias('live', '4', { 4: 'unknown' })

const traced = observation(active)
const off = observation(fn('orders'))
const blind = observation(active, { permission: NO })
const stale = observation(active, { aliases: { value: [live, old] } })
const unknown = observation(active, { permission: UNSURE })
const kafka = { eventSources: { value: [{ function: ARN, kind: 'msk' as const }] } }
const unsupported = observation(active, kafka)

const wantActive: Demand = { tracing: 'Active' }
const wantLive: Demand = { tracing: 'Active', aliases: ['live'], line: 9 }
const wantOff: Demand = { tracing: 'PassThrough', line: 4 }
const exempt: Demand = { tracing: 'exempt', reason: 'retired in Q1', expires: TODAY, line: 2 }

function assessed(
  seen: Observation,
  demand: Demand | { undecided: string },
  context: Partial<AssessmentContext> = {},
): Assessment {
  return assess(functionRow(seen, judge(seen)), seen, demand, { today: TODAY, ...context })
}

function ids(one: Assessment): string[] {
  return one.findings.map(({ id }) => id)
}

describe('demand × what is', () => {
  const seen = { traced, off, blind, stale, unknown, unsupported }
  type Name = keyof typeof seen
  const after = '2027-04-01'
  const rows: [what: string, demand: Demand, today: string, results: Record<Name, string>][] = [
    [
      'Active',
      wantActive,
      TODAY,
      {
        traced: 'traced',
        off: 'off XT001',
        blind: 'blind XT002',
        stale: 'stale XT003',
        unknown: 'unknown',
        unsupported: 'unsupported',
      },
    ],
    [
      'PassThrough',
      wantOff,
      TODAY,
      {
        traced: 'traced XT005',
        off: 'exempt',
        blind: 'blind XT005',
        stale: 'stale XT005',
        unknown: 'unknown XT005',
        unsupported: 'unsupported XT005',
      },
    ],
    [
      'exempt, on its last day',
      exempt,
      TODAY,
      {
        traced: 'exempt',
        off: 'exempt',
        blind: 'exempt',
        stale: 'exempt',
        unknown: 'exempt',
        unsupported: 'unsupported',
      },
    ],
    [
      'exempt, a day later',
      exempt,
      after,
      {
        traced: 'traced',
        off: 'off XT004',
        blind: 'blind XT004',
        stale: 'stale XT004',
        unknown: 'unknown',
        unsupported: 'unsupported',
      },
    ],
  ]
  const cells = rows.flatMap(([what, demand, today, results]) =>
    Object.entries(results).map(([name, result]) => ({ what, name: name as Name, demand, today, result })),
  )

  test.each(cells)('$what of a function that is $name → $result', ({ name, demand, today, result }) => {
    const one = assessed(seen[name], demand, { today })
    expect([one.row.verdict, ...ids(one)].join(' ')).toBe(result)
  })

  test('PassThrough of what X-Ray cannot trace anyway stays unsupported', () => {
    const one = assessed(observation(fn('orders'), kafka), wantOff)
    expect(one.row).toMatchObject({ verdict: 'unsupported', because: expect.stringContaining('Amazon MSK') })
    expect(one.findings).toEqual([])
  })

  test.each([
    ['off', off, 'unknown', 'tags could not be read: AccessDenied'],
    ['unsupported', unsupported, 'unsupported', expect.stringContaining('Amazon MSK')],
  ])('rules that cannot be decided, of a function that is %s', (_, one, verdict, because) => {
    const { row, findings } = assessed(one, { undecided: 'tags could not be read: AccessDenied' })
    expect(row).toMatchObject({ verdict, because })
    expect(findings).toEqual([])
  })
})

describe('what it says', () => {
  test.each<[what: string, seen: Observation, demand: Demand, severity: string, message: string, repair: string]>([
    ['off', off, wantActive, 'medium', 'mode is PassThrough: Lambda sends no traces', `xtrace enable ${ARN}`],
    ['blind', blind, wantActive, 'high', `Active, but ${NO.because}`, `xtrace enable ${ARN}`],
    [
      'stale',
      stale,
      wantActive,
      'high',
      'alias old serves version 2, locked in PassThrough',
      `xtrace enable ${ARN} --publish`,
    ],
    [
      'on against the rules',
      traced,
      wantOff,
      'medium',
      'mode is Active, but the rule in line 4 wants tracing off',
      `xtrace disable ${ARN}`,
    ],
  ])('%s', (_, seen, demand, severity, message, repair) => {
    expect(assessed(seen, demand).findings).toMatchObject([{ severity, subject: ARN, message, repair }])
  })

  test.each([
    ['off', off, 'off: mode is PassThrough: Lambda sends no traces', `xtrace enable ${ARN}`],
    ['blind', blind, `blind: Active, but ${NO.because}`, `xtrace enable ${ARN}`],
    ['stale', stale, 'stale: alias old serves version 2, locked in PassThrough', `xtrace enable ${ARN} --publish`],
  ])('an exemption that is over, of a function that is %s', (_, seen, what, repair) => {
    expect(assessed(seen, exempt, { today: '2030-01-01' }).findings).toMatchObject([
      {
        id: 'XT004',
        severity: 'medium',
        message: `the exemption ended on 2027-03-31 (retired in Q1), and the function is ${what}`,
        repair,
      },
    ])
  })

  test('an exemption that is over and was not needed: a note', () => {
    expect(assessed(traced, exempt, { today: '2027-04-01' }).row.notes).toEqual([
      'the exemption ended on 2027-03-31 (retired in Q1) and is not needed any more',
    ])
    expect(assessed(off, exempt, { today: '2027-04-01' }).row.notes).toEqual([])
  })

  test.each<[demand: Demand, because: string]>([
    [exempt, 'exempt: retired in Q1 (until 2027-03-31)'],
    [{ tracing: 'exempt', reason: 'a game' }, 'exempt: a game'],
    [wantOff, 'the rule in line 4 wants tracing off'],
  ])('why it is exempt: %j', (demand, because) => {
    expect(assessed(off, demand).row.because).toBe(because)
  })

  test('an exemption without a last day never ends', () => {
    expect(assessed(off, { tracing: 'exempt', reason: 'a game' }, { today: '9999-12-31' }).row.verdict).toBe('exempt')
  })

  test('the evidence: mode, role, permission, every alias, and the rule', () => {
    const aliases = { value: [alias('live', '3', { 3: 'Active', 4: 'PassThrough' }, { 4: 0.1 }), old] }
    expect(
      assessed(observation(active, { aliases, permission: NO }), { ...wantActive, line: 12 }).findings,
    ).toMatchObject([
      {
        evidence: [
          'mode Active',
          `role ${ROLE}`,
          'may write traces: no (no policy allows xray:PutTraceSegments)',
          'alias live → version 3 (Active, 90 %), version 4 (PassThrough, 10 %)',
          'alias old → version 2 (PassThrough)',
          'line 12 of the rules: tracing Active',
        ],
      },
    ])
  })

  test('nothing is made up about aliases that were not read', () => {
    const { findings } = assessed(observation(fn('orders'), { aliases: { unreadable: 'AccessDenied' } }), wantActive)
    expect(findings[0]?.evidence.at(-1)).toBe('aliases could not be read: AccessDenied')
  })
})

describe('rules that name aliases', () => {
  const having = (...value: ServedAlias[]) => observation(active, { aliases: { value } })
  const untraced = alias('live', '1', { 1: 'PassThrough' })

  test('another alias that serves no tracing is no drift: a note tells of it', () => {
    const one = assessed(having(live, old), wantLive)
    expect(one).toMatchObject({ row: { verdict: 'stale' }, findings: [], late: [] })
    expect(one.row.notes).toEqual([
      'alias old serves version 2, locked in PassThrough; the rule in line 9 asks for alias live only',
    ])
  })

  test('the named one that serves none is, and it is what the words are about', () => {
    const one = assessed(having(old, untraced), wantLive)
    const because = 'alias live serves version 1, locked in PassThrough'
    expect(one).toMatchObject({ row: { verdict: 'stale', because, notes: [] }, late: ['live'] })
    expect(one.findings).toMatchObject([{ id: 'XT003', message: because, repair: `xtrace enable ${ARN} --alias live` }])
  })

  test.each([
    ['its version could not be read', having(old, dark), 'a version that alias live serves could not be read'],
    [
      'the role could not be read',
      observation(active, { aliases: { value: [old, live] }, permission: UNSURE }),
      UNSURE.because,
    ],
  ])('a stale alias that nobody asks about does not hide that %s', (_, seen, because) => {
    expect(assessed(seen, wantLive)).toMatchObject({ row: { verdict: 'unknown', because }, findings: [] })
  })

  test('what unqualified calls of managed instances run is always asked about', () => {
    const published = alias('$LATEST.PUBLISHED', '$LATEST.PUBLISHED', { '$LATEST.PUBLISHED': 'PassThrough' })
    const one = assessed(having(published, live), wantLive)
    expect(one).toMatchObject({ findings: [{ id: 'XT003', repair: `xtrace enable ${ARN} --publish` }] })
    expect(one.late).toEqual(['$LATEST.PUBLISHED'])
  })

  const missingLive = {
    id: 'XT006',
    severity: 'medium',
    message: 'the rule in line 9 asks for alias live, which the function does not have',
    repair: 'let a deployment make alias live, or change the rules: xtrace makes no aliases',
  }
  test.each<[what: string, seen: Observation, findings: object[]]>([
    ['traced', traced, [missingLive]],
    ['blind', blind, [{ id: 'XT002' }, missingLive]],
    ['stale by another', having(old), [missingLive]],
    ['unknown for its role', unknown, [missingLive]],
    ['off: first things first', off, [{ id: 'XT001' }]],
    ['unsupported', unsupported, []],
    ['of aliases that could not be read', observation(active, { aliases: { unreadable: 'AccessDenied' } }), []],
    [
      'of aliases that could not be read, and blind',
      observation(active, { aliases: { unreadable: 'AccessDenied' }, permission: NO }),
      [{ id: 'XT002' }],
    ],
  ])('a named alias that does not exist, of a function that is %s', (_, seen, findings) => {
    expect(assessed(seen, wantLive).findings).toMatchObject(findings)
    expect(assessed(seen, wantLive).findings).toHaveLength(findings.length)
  })

  test('several that are missing are one finding', () => {
    const { findings } = assessed(traced, { ...wantLive, aliases: ['live', 'beta'] })
    expect(findings).toHaveLength(1)
    expect(findings[0]?.message).toContain('asks for aliases live and beta, which')
  })

  test('aliases that were not looked for are not missing', () => {
    expect(assessed(traced, wantLive, { latestOnly: true }).findings).toEqual([])
  })

  test('an alias of $LATEST serves what $LATEST does', () => {
    const follower = alias('live', '$LATEST', { $LATEST: 'PassThrough' })
    expect(assessed(observation(fn('orders'), { aliases: { value: [follower] } }), wantLive)).toMatchObject({
      findings: [{ id: 'XT001', repair: `xtrace enable ${ARN}` }],
      late: [],
    })
  })
})

describe('a stack that owns the function', () => {
  const owner: Owner = { stack: 'shop', logicalId: 'Orders', by: 'CloudFormation' }

  test('is in the row, and its lines in the findings', () => {
    const one = withOwner(assessed(off, wantActive), owner)
    expect(one.row.owner).toEqual(owner)
    expect(one.findings[0]?.template).toContain('TracingConfig: { Mode: Active }')
    expect(assessed(off, wantActive).findings[0]).not.toHaveProperty('template')
  })

  test('the rest stays as it is', () => {
    expect(withOwner({ ...assessed(stale, wantActive), seen: stale }, owner)).toMatchObject({
      seen: stale,
      late: ['old'],
      row: { verdict: 'stale' },
      findings: [{ id: 'XT003', repair: `xtrace enable ${ARN} --publish` }],
    })
  })
})
