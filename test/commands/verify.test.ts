/** `xtrace verify`, the built command against the sandbox: each broken link by its name, and what arrives drawn. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { Traffic } from '../../src/sandbox/traffic/traffic.js'
import type { TraceTrouble } from '../../src/sandbox/world/trace-trouble.js'
import type { ProofRow } from '../../src/usecases/verify/request.js'
import { type Aws, describe, it, until } from '../support/it.js'
import type { SmallFunction } from '../support/world.js'
import { run, start } from '../support/xtrace.js'

const BUSY: Traffic = { perMinute: 30 }
const ACTIVE = { mode: 'Active', traffic: BUSY } as const

/** What is wrong with each function is its name. */
const CHAIN: SmallFunction[] = [
  { name: 'healthy', ...ACTIVE },
  { name: 'mode', mode: 'PassThrough', traffic: BUSY },
  { name: 'alias', ...ACTIVE, versions: [{ mode: 'PassThrough' }], aliases: [{ name: 'live', version: '1' }] },
  { name: 'permission', ...ACTIVE, role: 'bare-role' },
  { name: 'invocations', mode: 'Active' },
  { name: 'traces', ...ACTIVE, traceTroubles: ['traces-lost'] },
  { name: 'segments-of-function', ...ACTIVE, traceTroubles: ['function-segment-lost'] },
  { name: 'segments-of-function-late', ...ACTIVE, traceTroubles: ['function-segment-late'] },
  { name: 'segments-of-service', ...ACTIVE, traceTroubles: ['service-segment-lost'] },
  { name: 'destination', ...ACTIVE, region: 'eu-west-1', traceTroubles: ['traces-lost'] },
]

interface VerifyJson {
  outcome: string
  data: { functions: Array<{ name: string; proof: ProofRow }> }
  findings: Array<{ id: string; subject: string; repair: string }>
}

async function verify(
  aws: Aws,
  ...words: string[]
): Promise<{ report: VerifyJson; status: number | null; proof(name: string): ProofRow }> {
  const { status, json } = await run(['verify', ...words, '--json'], { aws })
  expect(aws.writes()).toEqual([])
  const report = json<VerifyJson>()
  return {
    report,
    status,
    proof: (name) => {
      const row = report.data.functions.find((one) => one.name === name)
      if (!row) throw new Error(`${name} is not in the report`)
      return row.proof
    },
  }
}

describe.concurrent('verify', () => {
  it('names each link that is broken, and follows it no further', async ({ open }) => {
    const aws = await open({ functions: CHAIN })
    aws.sandbox.world.account().region('eu-west-1').tracing.destination = 'CloudWatchLogs'
    const { report, status, proof } = await verify(aws, '--all', '--region', 'us-east-1,eu-west-1')
    expect([status, report.outcome]).toEqual([6, 'incomplete'])
    const told = report.data.functions.map(({ name, proof: { answer, broken, links } }) => [
      name,
      answer,
      broken,
      links.at(-1)?.link,
    ])
    expect(told.sort()).toEqual([
      ['alias', 'no', 'alias', 'alias'],
      ['destination', 'unknown', null, 'traces'],
      ['healthy', 'yes', null, 'segments'],
      ['invocations', 'unknown', null, 'traces'],
      ['mode', 'no', 'mode', 'mode'],
      ['permission', 'no', 'permission', 'permission'],
      ['segments-of-function', 'no', 'segments', 'segments'],
      ['segments-of-function-late', 'no', 'segments', 'segments'],
      ['segments-of-service', 'no', 'segments', 'segments'],
      ['traces', 'no', 'traces', 'traces'],
    ])
    expect(proof('segments-of-function-late').because).toContain('AWS::Lambda::Function is missing')
    expect(proof('segments-of-service').because).toMatch(/AWS::Lambda is missing/)
    expect(proof('destination').links.find(({ link }) => link === 'destination')?.because).toContain(
      'Transaction Search is on',
    )
    expect(report.findings.map(({ id, subject }) => `${id} ${subject.split(':').at(-1)}`).sort()).toEqual([
      'XT001 mode',
      'XT002 permission',
      'XT003 alias',
      'XT301 traces',
      'XT302 segments-of-function',
      'XT302 segments-of-function-late',
      'XT302 segments-of-service',
    ])
  })

  it('ends with 3 where a trace is missing, with 0 where all are there, and says alike to people', async ({ open }) => {
    const aws = await open({ functions: CHAIN })
    const [missing, well] = [
      await run(['verify', 'healthy', 'traces'], { aws }),
      await run(['verify', 'healthy'], { aws }),
    ]
    expect([missing.status, well.status]).toEqual([3, 0])
    expect(missing.stdout).toMatch(/^traces +us-east-1 +no +traces /m)
    expect(missing.stdout).toMatch(/^traces +✗ +\d+ invocations, and no trace of any$/m)
    expect(well.stdout).toMatch(/^segments +✓ +AWS::Lambda and AWS::Lambda::Function/m)
  })

  it('draws the newest trace of each form as a waterfall', async ({ open }) => {
    const cold = { perMinute: 30, coldShare: 1, initMs: 400, downstream: ['dynamodb'] as const }
    const aws = await open({
      functions: [
        { name: 'old-form', mode: 'Active', traffic: { ...cold, form: 'phases' } },
        { name: 'new-form', mode: 'Active', traffic: { ...cold, form: 'annotations' } },
        {
          name: 'snap-start',
          mode: 'Active',
          snapStart: true,
          versions: [{ mode: 'Active' }],
          aliases: [{ name: 'live', version: '1' }],
          traffic: { ...cold, qualifier: 'live' },
        },
        { name: 'prepared', mode: 'Active', traffic: { ...cold, provisionedConcurrency: true } },
      ],
    })
    const { stdout, status } = await run(['verify', 'old-form', 'new-form', 'snap-start', 'prepared'], {
      aws,
      env: { COLUMNS: '100' },
    })
    expect(status).toBe(0)
    const parts = stdout.split(/^(?=[a-z-]+ \(us-east-1\)$)/m)
    const part = (name: string) => parts.find((one) => one.startsWith(`${name} `)) ?? ''
    expect(part('old-form')).toMatch(/^ +Initialization .*cold start.*█/m)
    expect(part('old-form')).toMatch(/^ +Invocation .*[█▉▊▋▌▍▎▏▐▕]/m)
    expect(part('old-form')).toMatch(/^ +Overhead /m)
    expect(part('old-form')).toMatch(/^ +DynamoDB /m)
    expect(part('new-form')).toMatch(/^ +Init .*cold start.*█/m)
    expect(part('new-form')).toMatch(/^ +responseLatency /m)
    expect(part('new-form')).toMatch(/^runtimeOverhead +\d+ /m)
    expect(part('snap-start')).toMatch(/^ +Restore .*cold start/m)
    expect(part('prepared')).toContain('as provisioned concurrency does')
    expect(part('prepared')).not.toContain('cold start')
  })

  it('stands malformed documents, missing times and clock skew', async ({ open }) => {
    const troubles: TraceTrouble[] = [
      'in-progress',
      'clock-skew',
      'negative-duration',
      'not-json',
      'no-times',
      'times-as-text',
      'subsegments-no-list',
      'parent-cycle',
      'deep-nesting',
    ]
    const functions = troubles.map((trouble): SmallFunction => ({ name: trouble, ...ACTIVE, traceTroubles: [trouble] }))
    const aws = await open({ functions })
    const { report, status, proof } = await verify(aws, '--all')
    expect(report.data.functions.map(({ name, proof: { answer } }) => `${name} ${answer}`).sort()).toEqual(
      troubles.map((name) => `${name} yes`).sort(),
    )
    expect(status).toBe(0)
    expect(proof('clock-skew').newest?.skewed).toBe(true)
    expect(proof('not-json').links.at(-1)).toMatchObject({ link: 'segments', state: 'open' })
  })

  it('says what it was not allowed to read', async ({ open }) => {
    const aws = await open({
      functions: [{ name: 'healthy', ...ACTIVE }],
      faults: [
        { match: { operation: 'GetTraceSummaries' }, kind: 'access-denied' },
        { match: { operation: 'GetMetricData' }, kind: 'access-denied' },
      ],
    })
    const { status, stdout } = await run(['verify', 'healthy'], { aws })
    expect(status).toBe(6)
    expect(stdout).toMatch(/^invocations +\? +CloudWatch could not be asked/m)
    expect(stdout).toContain('Allow cloudwatch:GetMetricData.')
    expect(stdout).toContain('Allow xray:GetTraceSummaries and xray:BatchGetTraces.')
  })

  it('gets through throttling and lost answers', async ({ open }) => {
    const aws = await open({
      functions: [{ name: 'healthy', ...ACTIVE }],
      faults: [
        { match: { operation: 'GetTraceSummaries' }, kind: 'throttle', times: 2 },
        { match: { operation: 'BatchGetTraces' }, kind: 'http-500', times: 1 },
        { match: { operation: 'GetMetricData' }, kind: 'throttle', times: 1 },
      ],
    })
    expect((await verify(aws, 'healthy')).status).toBe(0)
  })

  it('waits for the first trace, and Ctrl-C ends the waiting', async ({ open }) => {
    const aws = await open({ functions: [{ name: 'idle', mode: 'Active' }] })
    const waiting = start(['verify', 'idle', '--wait', '5m'], { aws })
    await until(() => aws.calledFor('GetTraceSummaries').length > 0)
    await new Promise((resolve) => setTimeout(resolve, 100))
    waiting.child.kill('SIGINT')
    const ended = await waiting.ended
    expect(ended.status).toBe(130)
    expect(ended.stderr).toContain('it only reads')
    const seen = await run(['verify', 'idle', '--wait', '1s'], { aws })
    expect([seen.status, aws.calledFor('GetMetricData').length >= 2]).toEqual([6, true])
  })

  it('draws the waterfall on a page', async ({ open, state }) => {
    const aws = await open({ functions: [{ name: 'healthy', ...ACTIVE }] })
    const file = join(state, 'traces.html')
    expect((await run(['verify', 'healthy', '--output', file], { aws })).status).toBe(0)
    const page = readFileSync(file, 'utf8')
    expect(page).toContain('AWS::Lambda::Function')
    expect(page.match(/<svg[^>]*role="img"[^>]*>/g)?.length).toBeGreaterThan(3)
  })

  it.for([
    [['healthy:live'], 'healthy:live names a version or an alias; xtrace verify is about whole functions.'],
    [
      ['healthy', '--since', '5 minutes'],
      '--since takes a length of time such as 90s, 15m, 1h or 7d, not "5 minutes".',
    ],
    [['healthy', '--wait', '2h'], '--wait takes from 1s to 1h, not "2h".'],
    [[], 'No function was chosen.'],
  ] as const)('refuses %j', async ([words, message]) => {
    const ended = await run(['verify', ...words])
    expect([ended.status, ended.stdout]).toEqual([2, ''])
    expect(ended.stderr).toContain(message)
  })
})

describe.concurrent('enable --verify', () => {
  it('proves what it turned on, once it is called', async ({ open }) => {
    const aws = await open({
      functions: [{ name: 'off', mode: 'PassThrough', traffic: { perMinute: 240 } }],
      settings: { traceDelayMs: 100 },
    })
    const { status, stdout } = await run(['enable', 'off', '--verify', '30s'], { aws })
    expect(stdout).toMatch(/^off +us-east-1 +PassThrough → Active +changed +traced/m)
    expect(stdout).toMatch(/^traces +✓ +\d+ traces? arrived/m)
    expect(status).toBe(0)
  })

  it('goes with no change that is not made', async () => {
    const ended = await run(['enable', 'off', '--verify', '1m', '--dry-run'])
    expect([ended.status, ended.stdout]).toEqual([2, ''])
  })
})
