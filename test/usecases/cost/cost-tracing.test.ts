/** What tracing costs: read from few calls, never a zero for what could not be read, the same in every form. */
import { describe, expect, test } from 'vitest'
import { parseFunctionRef } from '../../../src/core/function-ref.js'
import type { LambdaFunction } from '../../../src/core/lambda-function.js'
import type { Role } from '../../../src/core/policy/role.js'
import { XtraceError } from '../../../src/errors.js'
import { renderCsv } from '../../../src/render/csv.js'
import { renderHtml } from '../../../src/render/html/page.js'
import { renderJunit } from '../../../src/render/junit.js'
import { renderMarkdown } from '../../../src/render/markdown.js'
import { renderNdjson } from '../../../src/render/ndjson.js'
import { renderSarif } from '../../../src/render/sarif.js'
import { renderTable } from '../../../src/render/table.js'
import { costTracing } from '../../../src/usecases/cost/cost-tracing.js'
import type { CostRequest } from '../../../src/usecases/cost/request.js'
import { ACCOUNT, fn, ROLE } from '../../core/build-observation.js'
import { allow, managed, role } from '../../core/policy/build-role.js'
import { FakeWorld } from '../../rollout/support/fake-world.js'
import { fnIn, MEMBER, OTHER, OWN, roleOfAccount, severalAccounts, WAY } from '../support/several-accounts.js'
import { type Calls, FakeMetrics } from './support/fake-metrics.js'

const DAY = 86_400_000
const HOUR = 3_600_000
/** 12 minutes past an hour. */
const NOW = Date.UTC(2026, 5, 1, 9, 12)
const CLOCK = { now: () => NOW, sleep: async () => undefined }

const MAY_WRITE = role([managed('Write', allow('xray:*'))], { arn: ROLE })
const US = `${ACCOUNT} us-east-1`
const EU = `${ACCOUNT} eu-west-1`
const EVERYTHING = { match: [], exclude: [], runtimes: [], tags: [] }
const DENIED = new XtraceError('ACCESS_DENIED', 'Access denied: not authorized to perform: cloudwatch:GetMetricData')

interface Seed {
  functions: LambdaFunction[]
  calls?: Calls
  roles?: Role[]
  failing?: Record<string, XtraceError>
}

function account({ functions, calls = {}, roles = [MAY_WRITE], failing = {} }: Seed) {
  const world = new FakeWorld(CLOCK, functions, roles)
  const metrics = new FakeMetrics(calls, failing)
  const aws = metrics.in(world.aws(), ACCOUNT)
  const cost = (more: Partial<CostRequest> = {}) =>
    costTracing(
      {
        choice: { selection: EVERYTHING },
        regions: ['us-east-1'],
        days: 30,
        price: { perMillion: 5, freeTraces: 0 },
        ...more,
      },
      { aws, clock: CLOCK, progress: { say: () => undefined } },
    )
  return { world, metrics, cost }
}

/** Characters of a terminal of 100 columns, behind the word note. */
const TWO_LINES = 2 * (100 - 'note  '.length)

/** A request a second, for as many hours. */
const steady = (hours: number) => new Array<number>(hours).fill(3600)

describe('the figures', () => {
  test('of an account: now what is Active and may write, after everything that X-Ray can trace', async () => {
    const { cost } = account({
      functions: [
        fn('idle'),
        fn('off'),
        fn('on', { mode: 'Active' }),
        fn('blind', { mode: 'Active', role: `${ROLE}-blind` }),
        fn('edge', { edgeReplicaOf: 'us-east-1' }),
      ],
      roles: [MAY_WRITE, role([], { arn: `${ROLE}-blind`, name: 'orders-blind' })],
      // One call each five minutes: a trace each, whatever the second.
      calls: { [US]: { off: [1, 1, 1], on: [1, 1], blind: [1], edge: [1, 1, 1, 1] } },
    })
    const { data, outcome } = await cost({ price: { perMillion: 1_000_000, freeTraces: 0 } })
    expect(outcome).toBe('ok')
    const figures = data.functions.map(({ name, invocations, now, after }) => [
      name,
      invocations,
      now?.dollars.expected,
      after?.dollars.expected,
    ])
    expect(figures).toEqual([
      ['off', 3, 0, 3],
      ['on', 2, 2, 2],
      ['blind', 1, 0, 1],
      ['edge', 4, 0, 0],
      ['idle', 0, 0, 0],
    ])
    expect(data.total).toMatchObject({
      invocations: 10,
      now: { dollars: { least: 2, expected: 2, most: 2 } },
      after: { dollars: { least: 6, expected: 6, most: 6 } },
      difference: { traces: 4, dollars: 4 },
    })
  })

  test('have a least and a most, and are for a month whatever was read', async () => {
    const { cost } = account({ functions: [fn('a')], calls: { [US]: { a: [600] } } })
    const { data } = await cost({ days: 15 })
    expect(data.periodSeconds).toBe(300)
    const { traces } = data.total.after
    // 600 calls in five minutes: in one second at least, in all 300 at most; twice that in a month.
    expect(traces.least).toBeCloseTo(2 * (1 + 0.05 * 599), 9)
    expect(traces.most).toBeCloseTo(2 * (300 + 0.05 * 300), 9)
    const busy = 300 * (1 - (299 / 300) ** 600)
    expect(traces.expected).toBeCloseTo(2 * (busy + 0.05 * (600 - busy)), 2)
  })

  test('a role that cannot be read counts now in the upper bound alone, and a note says so', async () => {
    const { cost } = account({
      functions: [fn('a', { mode: 'Active' })],
      roles: [role([], { arn: ROLE, unreadable: 'AccessDenied' })],
      calls: { [US]: { a: [1] } },
    })
    const { data, notes } = await cost()
    expect(data.total.now.traces).toEqual({ least: 0, expected: 0, most: 1 })
    expect(data.functions[0]).toMatchObject({ permission: { answer: 'unknown' } })
    expect(notes.join('\n')).toContain('now they count in the upper bound only: 1 function')
  })

  test('what they rest on is said', async () => {
    const { cost } = account({ functions: [fn('a')] })
    const notes = (await cost({ price: { perMillion: 5, freeTraces: 100_000 } })).notes.join('\n')
    expect(notes).toContain('if those of five minutes come all in one second')
    expect(notes).toContain('charged once, however many functions')
    expect(notes).toContain('the first 100,000 traces of a month are free')
    expect(notes).toContain('$5 for a million recorded traces')
    expect(notes).toContain('cost <$0.01, at $0.01')
    expect((await cost()).notes.join('\n')).not.toContain('are free')
    for (const note of notes.split('\n')) expect(note.length, note).toBeLessThanOrEqual(TWO_LINES)
  })

  test('the difference has its least and its most: what is on already differs in neither', async () => {
    const { cost } = account({
      functions: [fn('off'), fn('on', { mode: 'Active' }), fn('unsure', { mode: 'Active', role: `${ROLE}-x` })],
      roles: [MAY_WRITE, role([], { arn: `${ROLE}-x`, name: 'orders-x', unreadable: 'AccessDenied' })],
      // Two calls in five minutes: in one second 1.05 traces on the average, in two seconds two.
      calls: { [US]: { off: [2], on: [2], unsure: [2] } },
    })
    const price = { perMillion: 1_000_000, freeTraces: 0 }
    const text = renderTable(await cost({ price }), { paint: (_, words) => words, notes: false })
    expect(text).toMatch(/^as it is now +2 +\$2\.00 +\$1\.05 +\$4\.00$/m)
    expect(text).toMatch(/^on for all of them +6 +\$5\.99 +\$3\.15 +\$6\.00$/m)
    // The least: off alone at its least. The most: off and unsure at their most.
    expect(text).toMatch(/^difference +4 +\$3\.99 +\$1\.05 +\$4\.00$/m)
    const free = renderTable(await cost({ price: { ...price, freeTraces: 3 } }), {
      paint: (_, words) => words,
      notes: false,
    })
    expect(free).toMatch(/^difference +4 +\$2\.99 +\$0\.15 +\$3\.00$/m)
  })
})

describe('what is asked', () => {
  test('the last full hours, once for each region, and neither aliases nor roles of what is off', async () => {
    const { world, metrics, cost } = account({ functions: [fn('b'), fn('a'), fn('c', { region: 'eu-west-1' })] })
    await cost({ regions: ['us-east-1', 'eu-west-1'], days: 2 })
    const to = NOW - 12 * 60_000
    const window = { from: to - 2 * DAY, to, periodSeconds: 60 }
    expect(metrics.asked).toEqual([
      { place: US, names: ['b', 'a'], ...window },
      { place: EU, names: ['c'], ...window },
    ])
    expect(world.calls.sort()).toEqual([
      'listEventSources eu-west-1',
      'listEventSources us-east-1',
      'listFunctions eu-west-1',
      'listFunctions us-east-1',
    ])
    expect(to % HOUR).toBe(0)
  })

  test('named functions are read one by one, without their aliases', async () => {
    const { world, cost } = account({ functions: [fn('a'), fn('b')], calls: { [US]: { a: steady(1) } } })
    const { data, coverage } = await cost({ choice: { refs: [parseFunctionRef('a')] } })
    expect(data.functions.map(({ name, invocations }) => [name, invocations])).toEqual([['a', 3600]])
    expect(data).toMatchObject({ selection: { names: ['a'] }, regions: ['us-east-1'], account: ACCOUNT })
    expect(coverage).toEqual([{ account: ACCOUNT, region: 'us-east-1', status: 'read' }])
    expect(world.calls.sort()).toEqual(['getFunction us-east-1 a', 'listEventSources us-east-1'])
  })

  test('a selection: what does not match is not counted', async () => {
    const { metrics, cost } = account({ functions: [fn('api-a'), fn('b')] })
    const selection = { ...EVERYTHING, match: ['api-*'] }
    expect((await cost({ choice: { selection } })).data.selection).toEqual(selection)
    expect(metrics.asked.map(({ names }) => names)).toEqual([['api-a']])
  })

  test('of thousands of functions the hours are asked for, not the minutes', async () => {
    const functions = Array.from({ length: 400 }, (_, index) => fn(`f${index}`))
    const { cost } = account({ functions })
    expect((await cost()).data.periodSeconds).toBe(3600)
  })
})

describe('what could not be read', () => {
  test('a region without metrics is a gap, its functions no zeros', async () => {
    const { cost } = account({
      functions: [fn('a'), fn('b', { region: 'eu-west-1' })],
      calls: { [US]: { a: [2] }, [EU]: DENIED },
    })
    const { data, outcome, coverage, notes, error, table } = await cost({ regions: ['us-east-1', 'eu-west-1'] })
    expect([outcome, error]).toEqual(['incomplete', undefined])
    expect(coverage).toEqual([
      { account: ACCOUNT, region: 'us-east-1', status: 'read' },
      { account: ACCOUNT, region: 'eu-west-1', status: 'denied-iam', reason: DENIED.message },
    ])
    expect(data.functions[1]).toMatchObject({ name: 'b', invocations: null, now: null, after: null })
    expect(data.total.invocations).toBe(2)
    expect(notes[0]).toBe('not counted, so that the true totals are higher: 1 function')
    expect(table.find(({ title }) => title === 'Not read')?.rows).toHaveLength(1)
  })

  test('a region that breaks off keeps what was told before', async () => {
    const { cost } = account({
      functions: [fn('a'), fn('b'), fn('c')],
      calls: { [US]: { a: [2], c: [3] } },
      failing: { b: new XtraceError('SERVER_ERROR', 'CloudWatch did not give all invocations of b (PartialData).') },
    })
    const { data, outcome, coverage } = await cost()
    expect(outcome).toBe('incomplete')
    expect(coverage).toMatchObject([{ status: 'failed' }])
    expect(data.functions.map(({ name, invocations }) => [name, invocations])).toEqual([
      ['a', 2],
      ['b', null],
      ['c', null],
    ])
  })

  test('a region whose list is denied stays a gap of its own', async () => {
    const { world, cost } = account({ functions: [fn('a')], calls: { [US]: { a: [1] } } })
    world.fail('listFunctions eu-west-1', new XtraceError('ACCESS_DENIED', 'no lists here'))
    const { outcome, coverage } = await cost({ regions: ['us-east-1', 'eu-west-1'] })
    expect(outcome).toBe('incomplete')
    expect(coverage[1]).toMatchObject({ region: 'eu-west-1', status: 'denied-iam', reason: 'no lists here' })
  })

  test('event sources that cannot be read leave a note', async () => {
    const { world, cost } = account({ functions: [fn('a')], calls: { [US]: { a: [1] } } })
    world.fail('listEventSources us-east-1', new XtraceError('ACCESS_DENIED', 'no sources'))
    const { outcome, notes, data } = await cost()
    expect(outcome).toBe('ok')
    expect(data.total.after.traces.expected).toBe(1)
    expect(notes.join('\n')).toContain('event sources could not be read: no sources')
  })

  test('a named function that is not there: incomplete beside others, refused alone', async () => {
    const { cost } = account({ functions: [fn('a')], calls: { [US]: { a: [1] } } })
    const refs = ['a', 'gone'].map(parseFunctionRef)
    const some = await cost({ choice: { refs } })
    expect([some.outcome, some.error]).toEqual(['incomplete', undefined])
    expect(some.data.functions[1]).toMatchObject({
      name: 'gone',
      invocations: null,
      error: { code: 'FUNCTION_NOT_FOUND' },
    })
    expect(some.notes[0]).toContain('gone (us-east-1) was not read')
    const none = await cost({ choice: { refs: refs.slice(1) } })
    expect([none.outcome, none.error?.code]).toEqual(['refused', 'FUNCTION_NOT_FOUND'])
    expect([none.table, none.notes], 'the error says it').toEqual([[], []])
    const two = await cost({ choice: { refs: ['gone', 'lost'].map(parseFunctionRef) } })
    expect(two.table.flatMap(({ rows }) => rows.map(([name]) => name))).toMatchObject([
      { text: 'gone' },
      { text: 'lost' },
    ])
  })

  test.each(['EXPIRED_CREDENTIALS', 'INTERRUPTED'] as const)('%s ends the whole', async (code) => {
    const { cost } = account({ functions: [fn('a')], calls: { [US]: new XtraceError(code, 'over') } })
    await expect(cost()).rejects.toMatchObject({ code })
  })

  test('no function at all is said', async () => {
    const { metrics, cost } = account({ functions: [] })
    const { outcome, notes, data, table } = await cost()
    expect([outcome, notes]).toEqual(['ok', ['no function matches what was asked for: looked in us-east-1']])
    expect(data).toMatchObject({ account: null, accounts: [], functions: [], total: { invocations: 0 } })
    expect(table.flatMap(({ rows }) => rows)).toEqual([])
    expect(metrics.asked).toEqual([])
  })
})

test('several accounts are read each for itself, and what is free is free once', async () => {
  const { tools } = severalAccounts((id) => ({ functions: [fnIn(id)], roles: [roleOfAccount(id)] }))
  const metrics = new FakeMetrics({
    [`${OWN} us-east-1`]: { api: [1] },
    [`${MEMBER} us-east-1`]: { api: [1, 1] },
    [`${OTHER} us-east-1`]: DENIED,
  })
  const aws = metrics.in(tools.aws, OWN)
  const { data, outcome, coverage, table } = await costTracing(
    {
      choice: { selection: EVERYTHING },
      regions: [],
      accounts: { ids: [OWN, MEMBER, OTHER], regions: ['us-east-1'], home: 'us-east-1' },
      days: 30,
      price: { perMillion: 1_000_000, freeTraces: 1 },
    },
    { ...tools, aws, clock: CLOCK },
  )
  expect(outcome).toBe('incomplete')
  expect(data).toMatchObject({ account: null, accounts: [OWN, MEMBER, OTHER] })
  expect(data.functions.map(({ account: id, invocations }) => [id, invocations])).toEqual([
    [MEMBER, 2],
    [OWN, 1],
    [OTHER, null],
  ])
  expect(data.total.after.dollars.expected).toBe(2)
  expect(coverage.map(({ account: id, status }) => [id, status])).toEqual([
    [OWN, 'read'],
    [MEMBER, 'read'],
    [OTHER, 'denied-iam'],
  ])
  expect(table.find(({ counts }) => counts)).toMatchObject({ columns: expect.arrayContaining(['ACCOUNT']) })
  expect(aws.memberRole).toBe(WAY.role)
})

describe('the forms', () => {
  const names = Array.from({ length: 60 }, (_, index) => `f${String(index).padStart(2, '0')}`)
  const { cost } = account({
    functions: names.map((name) => fn(name)),
    calls: { [US]: Object.fromEntries(names.map((name, index) => [name, steady(100 - index)])) },
  })
  const style = { paint: (_: unknown, text: string) => text, notes: true }

  test('a terminal shows sums, the fifty most expensive, and how many more there are', async () => {
    const text = renderTable(await cost(), style)
    expect(text).toMatch(/^functions +60$/m)
    expect(text).toMatch(/^invocations +15,228,000 in 30 days$/m)
    expect(text).toMatch(/^as it is now +0 +\$0 +\$0 +\$0$/m)
    expect(text).toMatch(/^on for all of them +[\d,]+ +\$\d+\.\d\d +\$\d+\.\d\d +\$\d+\.\d\d$/m)
    expect(text).toMatch(/^FUNCTION +REGION +MODE +INVOCATIONS +TRACES +NOW +AFTER +DIFFERENCE$/m)
    expect(text).toMatch(/^f00 +us-east-1 +PassThrough +360,000 /m)
    expect(text).toContain('\nf49 ')
    expect(text).not.toContain('\nf50 ')
    expect(text).toContain('and 10 more, all of them with --format csv')
    expect(text).not.toContain('DOLLARS MORE')
  })

  test('a terminal says of a mode what keeps it from costing what one would think', async () => {
    const blind = { mode: 'Active', role: `${ROLE}-blind` } as const
    const odd = account({
      functions: [fn('a', blind), fn('b', { mode: 'Active' }), fn('c', { edgeReplicaOf: 'x' }), fn('d')],
      roles: [
        role([], { arn: ROLE, unreadable: 'AccessDenied' }),
        role([], { arn: `${ROLE}-blind`, name: 'orders-blind' }),
      ],
      calls: { [US]: { a: [4], b: [3], c: [2] } },
      failing: { d: new XtraceError('SERVER_ERROR', 'no answer') },
    })
    const text = renderTable(await odd.cost(), style)
    expect(text).toMatch(/^a +us-east-1 +Active, blind +4 +4 +\$0 /m)
    expect(text).toMatch(/^b +us-east-1 +Active, unknown +3 /m)
    expect(text).toMatch(/^c +us-east-1 +PassThrough, unsupported +2 +· +\$0 +\$0 /m)
    expect(text).toMatch(/^d +us-east-1 +PassThrough +\? +\? +\? +\? +\?$/m)
  })

  test('files hold all functions in plain figures', async () => {
    const report = await cost()
    const lines = renderCsv(report).trimEnd().split('\r\n')
    expect(lines).toHaveLength(61)
    expect(lines[0]).toContain('FUNCTION,ACCOUNT,REGION,MODE,INVOCATIONS,TRACES NOW,TRACES AFTER,DOLLARS NOW')
    expect(lines[60]).toMatch(/^f59,111122223333,us-east-1,PassThrough,147600,0,\d+,0\.0000,0\.\d{4},/)
    for (const text of [renderMarkdown(report), renderHtml(report, { title: 't', version: '1', printedAt: 'now' })]) {
      expect(text).toContain('f59')
      expect(text).toContain('DOLLARS AFTER')
      expect(text).toContain('on for all of them')
      expect(text).not.toContain('and 10 more')
    }
  })

  test('ndjson is a function a line, and the end has the totals', async () => {
    const lines = renderNdjson(await cost())
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(lines).toHaveLength(61)
    expect(lines[0]).toMatchObject({ name: 'f00', after: { dollars: { expected: expect.any(Number) } } })
    expect(lines[60]).toMatchObject({ event: 'end', schema: 'xtrace/cost@1', total: { invocations: 15_228_000 } })
  })

  test('there is nothing to find: SARIF and JUnit are empty and in order', async () => {
    const report = await cost()
    expect(report.findings).toEqual([])
    expect(JSON.parse(renderSarif(report, { version: '1' })).runs[0].results).toEqual([])
    expect(renderJunit(report)).toMatch(/^<\?xml/)
  })
})
