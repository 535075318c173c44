/** The library does what the commands do, against an AWS in memory: it answers with objects, and prints nothing. */
import { beforeEach, expect, vi } from 'vitest'
import { openXtrace, type Xtrace, type XtraceError, type XtraceOptions } from '../../src/library/xtrace.js'
import { ownEnvironment, setEnvironment } from '../aws/support/environment.js'
import { faultsOfReport } from '../contract/schema/validate.js'
import { type Aws, describe, it } from '../support/it.js'
import { FAST } from '../support/rollout.js'

ownEnvironment()
beforeEach(() => setEnvironment({ AWS_ACCESS_KEY_ID: 'AKIA123456789012TEST', AWS_REGION: 'us-east-1' }))

const FUNCTIONS = [
  { name: 'orders', role: 'bare-role' },
  { name: 'orders-export' },
  { name: 'mail', mode: 'Active' as const },
  { name: 'abroad', region: 'eu-west-1' },
]

function opened(aws: Aws, state: string, options: XtraceOptions = {}): Promise<Xtrace> {
  setEnvironment({ AWS_ENDPOINT_URL: aws.url })
  return openXtrace({ stateFolder: state, rate: 100, ...options })
}

const failure = (work: Promise<unknown>): Promise<XtraceError> =>
  work.then(
    () => Promise.reject(new Error('it did not fail')),
    (error: XtraceError) => error,
  )

describe('a mistake in JavaScript', () => {
  // What the types rule out.
  type Anything = Record<string, (...words: unknown[]) => Promise<unknown>>

  it.for<[what: string, method: string, words: unknown[], message: string]>([
    ['a glob for a list of globs', 'enable', [{ match: 'o*' }], 'match of enable takes a list of texts.'],
    ['a condition that is misspelt', 'enable', [{ match: ['*'], exlude: ['o*'] }], 'enable has no option "exlude"'],
    ['an option that is misspelt', 'enable', [['orders'], { dryrun: true }], 'enable has no option "dryrun"'],
    ['an option of another method', 'disable', [['orders'], { publish: true }], 'disable has no option "publish"'],
    ['conditions in the place of options', 'cost', [{ match: ['o*'] }], 'cost has no option "match"'],
    ['a name for a list of names', 'verify', ['orders'], 'verify takes a list of names, or conditions'],
    ['nothing', 'verify', [], 'verify takes a list of names, or conditions'],
    ['a name for a list of names to show', 'show', ['orders'], 'show takes a list of names'],
    ['days before today', 'cost', [{ days: -1 }], 'days takes a number from 1 to 365, and not -1.'],
    ['no number of days', 'cost', [{ days: Number.NaN }], 'days takes a number from 1 to 365, and not NaN.'],
    ['days as a text', 'cost', [{ days: '7' }], 'days of cost takes a number.'],
    ['a time as a text', 'verify', [['orders'], { since: '1h' }], 'since of verify takes a number.'],
    ['seconds for milliseconds', 'verify', [['orders'], { since: 3600 }], 'since takes a number from 60000 to'],
    [
      'a key of every object',
      'undo',
      ['last', { __proto__: null, constructor: 1 }],
      'undo has no option "constructor"',
    ],
    ['options that are none', 'cost', [null], 'cost takes its options as an object.'],
  ])('is refused before any call: %s', async ([, method, words, message], { open, state }) => {
    const aws = await open({ functions: FUNCTIONS })
    const xtrace = (await opened(aws, state)) as unknown as Anything
    const error = await failure(xtrace[method]?.(...words) ?? Promise.resolve())
    expect([error.code, error.message]).toEqual(['USAGE', expect.stringContaining(message)])
    expect(aws.calls).toEqual([])
  })

  it('has prices and free traces of its own', async ({ open, state }) => {
    const xtrace = await opened(await open({ functions: FUNCTIONS, settings: FAST }), state)
    const { data } = await xtrace.cost({ pricePerMillion: 4, freeTraces: 0 })
    expect(data.price).toEqual({ perMillion: 4, freeTraces: 0 })
  })
})

describe('reading', () => {
  it('shows the functions that are named, in the words of the JSON contract', async ({ open, state }) => {
    const xtrace = await opened(await open({ functions: FUNCTIONS, settings: FAST }), state)
    const shown = await xtrace.show(['orders', 'arn:aws:lambda:eu-west-1:123456789012:function:abroad'])
    expect(shown.data.functions.map(({ name, region, verdict }) => `${name} ${region} ${verdict}`)).toEqual([
      'orders us-east-1 off',
      'abroad eu-west-1 off',
    ])
    expect(Object.keys(shown)).toEqual(['schema', 'outcome', 'data', 'findings', 'coverage', 'notes'])
    expect(faultsOfReport(JSON.parse(JSON.stringify(shown)))).toEqual([])
  })

  it('tells in the report what concerns single functions, and throws nothing', async ({ open, state }) => {
    const xtrace = await opened(await open({ functions: FUNCTIONS, settings: FAST }), state)
    expect(await xtrace.show(['orders', 'nobody'])).toMatchObject({ outcome: 'incomplete' })
    const { outcome, error } = await xtrace.show(['nobody'])
    expect([outcome, error?.code]).toEqual(['refused', 'FUNCTION_NOT_FOUND'])
  })

  it('audits the regions that it was opened for, against rules and an earlier audit', async ({ open, state }) => {
    const xtrace = await opened(await open({ functions: FUNCTIONS, settings: FAST }), state, {
      regions: ['us-east-1', 'eu-west-1'],
    })
    const audit = await xtrace.audit()
    expect(audit).toMatchObject({ outcome: 'drift', data: { counts: { off: 3, traced: 1 } } })
    expect(audit.findings).toHaveLength(3)
    const rules = 'version: 1\ndefault: { tracing: PassThrough }\n'
    const { findings } = await xtrace.audit({ rules, latestOnly: true })
    expect(findings.map(({ id, subject }) => `${id} ${subject.split(':').at(-1)}`)).toEqual(['XT005 mail'])
    const since = await xtrace.audit({ baseline: JSON.stringify(audit) })
    expect(since).toMatchObject({ outcome: 'ok', findings: [] })
    const chosen = await xtrace.audit({ functions: { match: ['orders*'], exclude: ['*-export'] } })
    expect(chosen.data.functions.map(({ name }) => name)).toEqual(['orders'])
  })

  it('takes all regions of the account, and the region of the profile where none is said', async ({ open, state }) => {
    const aws = await open({ functions: FUNCTIONS, settings: FAST, regions: ['us-east-1', 'eu-west-1'] })
    const everywhere = await opened(aws, state, { regions: 'all' })
    expect((await everywhere.audit()).data.functions).toHaveLength(4)
    const here = await opened(aws, state)
    expect((await here.audit()).data.functions).toHaveLength(3)
    setEnvironment({ AWS_REGION: undefined })
    expect((await failure(here.audit())).code).toBe('NO_REGION')
  })

  it('verifies and estimates', async ({ open, state }) => {
    const xtrace = await opened(await open({ functions: FUNCTIONS, settings: FAST }), state)
    const verified = await xtrace.verify(['orders'], { since: 60_000 })
    expect(verified.data.functions).toMatchObject([{ name: 'orders', proof: { answer: 'no' } }])
    const cost = await xtrace.cost({ functions: ['orders', 'mail'], days: 7 })
    expect(cost.data).toMatchObject({
      days: 7,
      price: { perMillion: 5, freeTraces: 100_000 },
      functions: [{ name: 'mail' }, { name: 'orders' }],
    })
    expect((await xtrace.cost()).data.functions).toHaveLength(3)
    expect((await failure(xtrace.verify(['orders:1']))).code).toBe('USAGE')
  })
})

describe('changing', () => {
  it('enables, says which run it was, and takes it back', async ({ open, state }) => {
    const aws = await open({ functions: FUNCTIONS, settings: FAST })
    const xtrace = await opened(aws, state)
    const changed = await xtrace.enable({ match: ['orders*'] }, { waves: '1,100%', maxErrors: '0' })
    expect(changed).toMatchObject({ outcome: 'ok', data: { dryRun: false, grants: [{ result: 'done' }] } })
    expect(aws.mode('orders')).toBe('Active')
    const { data } = await xtrace.runs()
    expect(data.runs).toMatchObject([{ id: changed.data.run, command: 'enable', state: 'finished', left: 0 }])
    expect(await xtrace.resume('last')).toMatchObject({ outcome: 'ok', data: { run: changed.data.run } })
    expect((await xtrace.undo('last', { dryRun: true })).data.dryRun).toBe(true)
    expect(aws.mode('orders')).toBe('Active')
    expect((await xtrace.undo('last')).outcome).toBe('ok')
    expect([aws.mode('orders'), aws.mode('orders-export'), aws.mode('mail')]).toEqual([
      'PassThrough',
      'PassThrough',
      'Active',
    ])
  })

  it('makes no writing call in a dry run, or where the plan is declined', async ({ open, state }) => {
    const aws = await open({ functions: FUNCTIONS, settings: FAST })
    const xtrace = await opened(aws, state)
    const dry = await xtrace.enable({ all: true }, { dryRun: true, permissions: 'none' })
    expect(dry.data.functions.map(({ name, result }) => `${name} ${result}`)).toContain('orders-export planned')
    const asked: number[] = []
    const declined = xtrace.enable(['orders-export'], { confirm: ({ steps }) => asked.push(steps.length) === 0 })
    expect((await failure(declined)).code).toBe('DECLINED')
    expect(asked).toEqual([1])
    expect((await failure(xtrace.enable({ all: true }, { maxChanges: '1' }))).code).toBe('TOO_MANY_CHANGES')
    expect(aws.writes()).toEqual([])
  })

  it('disables, and takes the permission back where that is asked for', async ({ open, state }) => {
    const aws = await open({ functions: FUNCTIONS, settings: FAST })
    const xtrace = await opened(aws, state)
    const { data } = await xtrace.disable(['mail'], { revoke: true })
    expect(data.functions).toMatchObject([{ name: 'mail', from: 'Active', to: 'PassThrough', result: 'changed' }])
    expect(aws.mode('mail')).toBe('PassThrough')
    expect(aws.calledFor('DetachRolePolicy')).toHaveLength(1)
  })
})

describe('a mistake', () => {
  it('is refused before any call', async ({ open, state }) => {
    const aws = await open({ functions: FUNCTIONS, settings: FAST })
    const xtrace = await opened(aws, state)
    const wrong: Array<[string, () => Promise<unknown>]> = [
      ['MALFORMED_NAME', () => xtrace.enable(['my function!'])],
      ['USAGE', () => xtrace.enable([])],
      ['USAGE', () => xtrace.enable({})],
      ['USAGE', () => xtrace.enable({ exclude: ['a'] })],
      ['USAGE', () => xtrace.disable({ all: true, match: ['a*'] })],
      ['USAGE', () => xtrace.disable({ match: [''] })],
      ['USAGE', () => xtrace.enable(['orders'], { maxErrors: 'many' })],
      ['USAGE', () => xtrace.enable(['orders'], { waves: '0' })],
      ['UNREADABLE_RULES', () => xtrace.audit({ rules: 'version: 2' })],
      ['UNREADABLE_BASELINE', () => xtrace.audit({ baseline: '{}' })],
      ['RUN_NOT_FOUND', () => xtrace.undo('last')],
      ['USAGE', () => openXtrace({ regions: ['virginia'] })],
      // @ts-expect-error what JavaScript lets pass
      ['USAGE', () => openXtrace({ expectAcount: '999999999999' })],
      // @ts-expect-error what JavaScript lets pass
      ['USAGE', () => openXtrace({ region: 'us-east-1' })],
      // @ts-expect-error what JavaScript lets pass
      ['USAGE', () => openXtrace({ expectAccount: 999_999_999_999 })],
      // @ts-expect-error what JavaScript lets pass
      ['USAGE', () => openXtrace(null)],
      // @ts-expect-error what JavaScript lets pass
      ['USAGE', () => openXtrace({ regions: 'us-east-1' })],
      ['USAGE', () => openXtrace({ accounts: ['mine'] })],
      ['USAGE', () => openXtrace({ rate: 0 })],
      ['USAGE', () => openXtrace({ rate: 101 })],
    ]
    for (const [index, [code, work]] of wrong.entries()) expect((await failure(work())).code, `${index}`).toBe(code)
    expect(aws.calls).toEqual([])
  })

  it('of the account is refused when it is opened', async ({ open, state }) => {
    const aws = await open()
    expect((await failure(opened(aws, state, { expectAccount: '999999999999' }))).code).toBe('UNEXPECTED_ACCOUNT')
    await opened(aws, state, { expectAccount: '123456789012' })
    expect(new Set(aws.calls.map(({ operation }) => operation))).toEqual(new Set(['GetCallerIdentity']))
  })
})

describe('a program', () => {
  it('is told how far things are, and sees nothing printed', async ({ open, state, onTestFinished }) => {
    const written = [vi.spyOn(process.stdout, 'write'), vi.spyOn(process.stderr, 'write')]
    onTestFinished(() => {
      vi.restoreAllMocks()
    })
    const told: string[] = []
    const onProgress = (doing: string) => told.push(doing)
    const xtrace = await opened(await open({ functions: FUNCTIONS, settings: FAST }), state, { onProgress })
    await xtrace.enable({ all: true })
    expect(told).toContain('carrying out the plan')
    for (const spy of written) expect(spy).not.toHaveBeenCalled()
  })

  it('stops it by a signal: what was begun is written down, and can be resumed', async ({ open, state }) => {
    const aws = await open({ functions: FUNCTIONS, settings: { settleMs: 60_000 } })
    const stopping = new AbortController()
    const xtrace = await opened(aws, state, { signal: stopping.signal })
    const work = xtrace.enable({ match: ['orders*'] }, { permissions: 'none' })
    const began = Date.now()
    while (aws.calledFor('UpdateFunctionConfiguration').length === 0) await new Promise((done) => setTimeout(done, 5))
    stopping.abort()
    expect((await work).outcome).toBe('interrupted')
    expect(Date.now() - began).toBeLessThan(5_000)
    const again = await opened(aws, state)
    expect((await again.runs()).data.runs).toMatchObject([{ state: 'incomplete' }])
    expect((await failure(xtrace.audit())).code).toBe('INTERRUPTED')
  })

  it('may give the time to go by', async ({ open, state }) => {
    let time = Date.UTC(2027, 2, 31)
    const slept: number[] = []
    const clock = {
      now: () => time,
      sleep: async (ms: number) => {
        slept.push(ms)
        time += ms
      },
    }
    const rules =
      'version: 1\nrules:\n  - match: { name: orders }\n    tracing: exempt\n    reason: old\n    expires: 2027-03-31\n'
    const xtrace = await opened(await open({ functions: FUNCTIONS, settings: FAST }), state, { clock, rate: 1 })
    const verdict = async () =>
      (await xtrace.audit({ rules, functions: { match: ['orders'] } })).data.functions.map((row) => row.verdict)
    expect(await verdict()).toEqual(['exempt'])
    time = Date.UTC(2027, 3, 1)
    expect(await verdict()).toEqual(['off'])
    expect(slept.length).toBeGreaterThan(0)
  })

  it('enters other accounts as the command line does', async ({ open, state }) => {
    const aws = await open({ functions: FUNCTIONS, settings: FAST })
    const xtrace = await opened(aws, state, { accounts: ['123456789012', '210987654321'], assumeRole: 'Tracing' })
    const { data, coverage, outcome } = await xtrace.audit()
    expect(data.functions).toHaveLength(3)
    expect(outcome).toBe('incomplete')
    expect(coverage.find(({ account }) => account === '210987654321')?.status).not.toBe('read')
    const entered = aws.calledFor('AssumeRole').length
    expect(entered).toBeGreaterThan(0)
    await xtrace.enable({ all: true }, { dryRun: true })
    expect(aws.calledFor('AssumeRole').length).toBeGreaterThan(entered)
  })
})
