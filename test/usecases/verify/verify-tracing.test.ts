/** A verification from choice to report: what is asked of CloudWatch and X-Ray, and how each chain ends. */
import { describe, expect, test } from 'vitest'
import type { LambdaFunction } from '../../../src/core/lambda-function.js'
import type { Rules } from '../../../src/core/rules/rules.js'
import { BUILT_IN_RULES } from '../../../src/core/rules/rules.js'
import { tagFilters } from '../../../src/core/selection.js'
import { XtraceError } from '../../../src/errors.js'
import type { VerifyRequest } from '../../../src/usecases/verify/request.js'
import { verifyTracing } from '../../../src/usecases/verify/verify-tracing.js'
import { fn, functionArn } from '../../core/build-observation.js'
import { managed } from '../../core/policy/build-role.js'
import { FakeWorld, type Stored } from '../../rollout/support/fake-world.js'
import { POLICY, roleArn, roleOf } from '../../rollout/support/steps.js'
import { VirtualClock } from '../../rollout/support/virtual-clock.js'
import { FakeTelemetry, serviceSegment } from './fake-telemetry.js'

const MINUTE = 60_000
const NOW = 1_700_000_000_000 - (1_700_000_000_000 % MINUTE)
const writes = {
  ...managed('AWSXRayDaemonWriteAccess', { Effect: 'Allow', Action: 'xray:*', Resource: '*' }),
  arn: POLICY,
}
const NOTHING = { match: [], exclude: [], runtimes: [], tags: [] }

function on(name: string, more: Partial<LambdaFunction> = {}): LambdaFunction {
  return fn(name, { mode: 'Active', role: roleArn('writer'), ...more })
}

function account(...functions: (LambdaFunction | Stored)[]) {
  const clock = new VirtualClock()
  clock.advance(NOW)
  const world = new FakeWorld(clock, functions, [roleOf('writer', [writes]), roleOf('bare')])
  const telemetry = new FakeTelemetry(clock)
  const said: string[] = []
  const verify = async (more: Partial<VerifyRequest> = {}) => {
    const request: VerifyRequest = {
      choice: { selection: NOTHING },
      regions: ['us-east-1'],
      since: 15 * MINUTE,
      wait: 0,
      rules: BUILT_IN_RULES,
      today: '2026-11-22',
      ...more,
    }
    const progress = { say: (...words: unknown[]) => void said.push(words.join(' ')) }
    const report = await verifyTracing(request, { aws: telemetry.over(world.aws()), clock, progress })
    const proofs = report.data.functions.map((row) =>
      'proof' in row ? `${row.name} ${row.proof.answer} ${row.proof.broken}` : `${row.name} unread`,
    )
    const [first] = report.data.functions
    return { ...report, proofs, proof: first && 'proof' in first ? first.proof : undefined }
  }
  return { clock, world, telemetry, said, verify }
}

function named(...names: string[]): Pick<VerifyRequest, 'choice'> {
  return { choice: { refs: names.map((name) => ({ text: name, name })) } }
}

describe('a function whose traces arrive', () => {
  function healthy() {
    const one = account(on('orders'))
    one.telemetry.invoked('orders', NOW - 5 * MINUTE, 12)
    one.telemetry.traced('orders', NOW - 5 * MINUTE)
    one.telemetry.traced('orders', NOW - 4 * MINUTE, { fault: true, duration: 0.1 })
    return one
  }

  test('is proved, with its evidence', async () => {
    const { verify } = healthy()
    const report = await verify(named('orders'))
    expect(report.outcome).toBe('ok')
    expect(report.findings).toEqual([])
    expect(report.proof).toMatchObject({
      answer: 'yes',
      because: '2 traces arrived',
      broken: null,
      invocations: 12,
      window: { from: new Date(NOW - 15 * MINUTE).toISOString(), to: new Date(NOW).toISOString() },
      traces: { traces: 2, faults: 1, errors: 0, throttles: 0 },
      readInFull: 2,
      coldStarts: 0,
    })
    expect(report.proof?.phases.map(({ phase, count }) => `${phase} ${count}`)).toEqual(['invocation 2', 'overhead 2'])
    expect(report.proof?.newest).toMatchObject({
      missing: [],
      form: 'phases',
      startedAt: new Date(NOW - 4 * MINUTE).toISOString(),
    })
  })

  test('is shown with its chain, its phases and its newest trace as a waterfall', async () => {
    const { table } = await healthy().verify(named('orders'))
    expect(table.map(({ title }) => title)).toEqual([
      undefined,
      'orders (us-east-1)',
      'Phases of orders in the newest 2 traces, 0 cold',
      'Newest trace of orders',
    ])
    expect(table[3]?.timeline?.bars.length).toBe(table[3]?.rows.length)
  })

  test('may have more traces than calls, which are counted in whole minutes: then a note says so', async () => {
    const { telemetry, verify } = account(on('orders'))
    telemetry.invoked('orders', NOW - 2 * MINUTE, 2)
    telemetry.traced('orders', NOW - 2 * MINUTE)
    telemetry.traced('orders', NOW - 2 * MINUTE)
    expect((await verify(named('orders'))).notes).toEqual([])
    telemetry.invoked('orders', NOW - 1000)
    telemetry.traced('orders', NOW - 1000)
    const { proof, notes } = await verify(named('orders'))
    expect([proof?.invocations, proof?.traces?.traces]).toEqual([2, 3])
    expect(notes).toEqual([expect.stringContaining('there may be more of them')])
  })

  test('may have ten thousand of them: all are counted, the newest are read', async () => {
    const { telemetry, verify } = account(on('crowd'))
    for (let index = 0; index < 10_000; index++) telemetry.traced('crowd', NOW - 10 * MINUTE + index * 50)
    const report = await verify(named('crowd'))
    expect(report.proof).toMatchObject({ answer: 'yes', readInFull: 25, traces: { traces: 10_000 } })
    expect(report.proof?.newest?.id).toBe(`1-65000000-${'10000'.padStart(24, '0')}`)
  })

  test('is not invoked, and nothing is written', async () => {
    const { world, verify } = healthy()
    await verify()
    expect([world.accepted, world.refused]).toEqual([[], []])
  })

  test('is asked about in four calls, its traces by their newest', async () => {
    const { telemetry, verify } = healthy()
    await verify(named('orders'))
    expect(telemetry.asked).toEqual([
      `metrics orders ${NOW - 15 * MINUTE}-${NOW - MINUTE} by 60`,
      'destination',
      'summaries service(id(name: "orders", type: "AWS::Lambda::Function"))',
      `traces 1-65000000-${'2'.padStart(24, '0')} 1-65000000-${'1'.padStart(24, '0')}`,
    ])
  })
})

describe('a broken link', () => {
  test('before any call asks neither CloudWatch nor X-Ray', async () => {
    const { telemetry, verify } = account(
      fn('dark', { role: roleArn('writer') }),
      on('blind', { role: roleArn('bare') }),
    )
    const report = await verify()
    expect(report.proofs).toEqual(['dark no mode', 'blind no permission'])
    expect(report.outcome).toBe('drift')
    expect(report.findings.map(({ id, repair }) => `${id} ${repair}`)).toEqual([
      `XT001 xtrace enable ${functionArn('dark')}`,
      `XT002 xtrace enable ${functionArn('blind')}`,
    ])
    expect(telemetry.asked).toEqual([])
  })

  test('in an alias is named with the command that moves it', async () => {
    const stored: Stored = {
      latest: on('stale', { codeSha256: 'x', settings: 's' }),
      versions: [on('stale', { version: '1', mode: 'PassThrough', codeSha256: 'x', settings: 's' })],
      aliases: [{ name: 'live', version: '1', weights: {} }],
    }
    const report = await account(stored).verify(named('stale'))
    expect(report.proofs).toEqual(['stale no alias'])
    expect(report.findings).toMatchObject([{ id: 'XT003', repair: `xtrace enable ${functionArn('stale')} --publish` }])
  })

  test('where it is called and no trace comes', async () => {
    const { telemetry, verify } = account(on('orders'))
    telemetry.invoked('orders', NOW - 5 * MINUTE, 3)
    const report = await verify(named('orders'))
    expect([report.outcome, ...report.proofs]).toEqual(['drift', 'orders no traces'])
    expect(report.findings).toMatchObject([{ id: 'XT301', message: '3 invocations, and no trace of any' }])
  })

  test("where only Lambda's segment comes", async () => {
    const { telemetry, verify } = account(on('orders'))
    telemetry.invoked('orders', NOW - 5 * MINUTE, 3)
    telemetry.traced('orders', NOW - 5 * MINUTE, { type: 'AWS::Lambda' })
    const report = await verify(named('orders'))
    expect([report.outcome, ...report.proofs]).toEqual(['drift', 'orders no segments'])
    expect(report.findings).toMatchObject([{ id: 'XT302' }])
  })

  test('where the segment of Lambda is missing in every whole trace', async () => {
    const { telemetry, verify } = account(on('orders'))
    const documents = [
      serviceSegment('orders', (NOW - 5 * MINUTE) / 1000).replace('"AWS::Lambda"', '"AWS::Lambda::Function"'),
    ]
    telemetry.invoked('orders', NOW - 5 * MINUTE)
    telemetry.traced('orders', NOW - 5 * MINUTE, { documents })
    const report = await verify(named('orders'))
    expect(report.proofs).toEqual(['orders no segments'])
    expect(report.findings).toMatchObject([{ id: 'XT302', message: expect.stringContaining('AWS::Lambda is missing') }])
  })
})

describe('what cannot be told', () => {
  test('is a function that nobody called', async () => {
    const report = await account(on('idle')).verify(named('idle'))
    expect([report.outcome, ...report.proofs]).toEqual(['incomplete', 'idle unknown null'])
    expect(report.findings).toEqual([])
  })

  test.each(['metrics', 'summaries'] as const)(
    'is a function where %s are denied and nothing is found',
    async (what) => {
      const { telemetry, verify } = account(on('orders'))
      telemetry.invoked('orders', NOW - 5 * MINUTE)
      telemetry.denied.add(what)
      const report = await verify(named('orders'))
      expect(report.outcome).toBe('incomplete')
      expect(report.proof?.because).toContain(`${what} is denied`)
    },
  )

  test('is not a function whose traces are there, whatever else is denied', async () => {
    const { telemetry, verify } = account(on('orders'))
    telemetry.traced('orders', NOW - 5 * MINUTE)
    for (const what of ['metrics', 'destination', 'traces'] as const) telemetry.denied.add(what)
    const report = await verify(named('orders'))
    expect([report.outcome, ...report.proofs]).toEqual(['ok', 'orders yes null'])
    expect(report.proof?.invocations).toBeNull()
  })

  test('is an index that Transaction Search leaves empty; what it indexed proves', async () => {
    const { telemetry, verify } = account(on('orders'))
    telemetry.destination = 'CloudWatchLogs'
    telemetry.invoked('orders', NOW - 5 * MINUTE, 50)
    expect((await verify(named('orders'))).proofs).toEqual(['orders unknown null'])
    telemetry.traced('orders', NOW - 5 * MINUTE)
    const report = await verify(named('orders'))
    expect(report.proofs).toEqual(['orders yes null'])
    expect(report.proof?.links.at(-1)).toMatchObject({ link: 'segments', state: 'open' })
  })

  test('outranks what is missing', async () => {
    const report = await account(on('idle'), fn('dark', { role: roleArn('writer') })).verify()
    expect(report.outcome).toBe('incomplete')
  })

  test('is a name that is not there, and the others are told of all the same', async () => {
    const { telemetry, verify } = account(on('orders'))
    telemetry.traced('orders', NOW - 5 * MINUTE)
    const report = await verify(named('orders', 'nobody'))
    expect([report.outcome, ...report.proofs]).toEqual(['incomplete', 'orders yes null', 'nobody unread'])
    expect((await verify(named('nobody'))).outcome).toBe('refused')
  })
})

describe('calls that prove nothing', () => {
  test('are those before the last change of the function', async () => {
    const { telemetry, verify } = account(on('fresh', { modifiedAt: NOW - 3.5 * MINUTE }), on('old'))
    telemetry.invoked('fresh', NOW - 10 * MINUTE, 100)
    telemetry.invoked('old', NOW - 10 * MINUTE, 100)
    expect((await verify()).proofs).toEqual(['fresh unknown null', 'old no traces'])
    expect(telemetry.asked).toContain(`metrics fresh ${NOW - 3 * MINUTE}-${NOW - MINUTE} by 60`)
  })

  test('are those of the last minute, whose traces are on their way', async () => {
    const { telemetry, verify } = account(on('orders'))
    telemetry.invoked('orders', NOW - 0.5 * MINUTE, 5)
    expect((await verify(named('orders'))).proofs).toEqual(['orders unknown null'])
  })
})

describe('waiting', () => {
  test('looks again until the first trace is there, and no longer', async () => {
    const { clock, telemetry, said, verify } = account(on('orders'))
    telemetry.traced('orders', NOW + 20_000, { visibleAt: NOW + 31_000 })
    const report = await verify({ ...named('orders'), wait: 5 * MINUTE })
    expect(report.proofs).toEqual(['orders yes null'])
    expect(clock.now() - NOW).toBeGreaterThanOrEqual(31_000)
    expect(clock.now() - NOW).toBeLessThan(60_000)
    expect(said).toContain('waiting for traces 0 1 300 s left')
  })

  test('ends when the time is over', async () => {
    const { clock, verify } = account(on('idle'))
    const report = await verify({ ...named('idle'), wait: 2 * MINUTE })
    expect([report.outcome, clock.now() - NOW]).toEqual(['incomplete', 2 * MINUTE])
  })

  test('does not wait for what waiting does not mend', async () => {
    const { clock, verify } = account(fn('dark', { role: roleArn('writer') }))
    await verify({ ...named('dark'), wait: 5 * MINUTE })
    expect(clock.slept).toEqual([])
  })

  test('asks again only about those that are left', async () => {
    const { telemetry, verify } = account(on('here'), on('late'))
    telemetry.traced('here', NOW - MINUTE)
    telemetry.traced('late', NOW - MINUTE, { visibleAt: NOW + 1_500 })
    expect((await verify({ wait: MINUTE })).proofs).toEqual(['here yes null', 'late yes null'])
    const about = (name: string) =>
      telemetry.asked.filter((line) =>
        line.startsWith(`summaries service(id(name: "${name}", type: "AWS::Lambda::Function"`),
      )
    expect([about('here').length, about('late').length]).toEqual([1, 2])
  })

  test('is ended by Ctrl-C', async () => {
    const { clock, verify } = account(on('idle'))
    const ended = verify({ ...named('idle'), wait: 60 * MINUTE })
    clock.interrupt()
    await expect(ended).rejects.toMatchObject({ code: 'INTERRUPTED' })
  })
})

describe('a selection', () => {
  const rules: Rules = {
    version: 1,
    rules: [{ match: { name: ['legacy-*'] }, demand: { tracing: 'exempt', reason: 'retired' } }],
    default: { tracing: 'Active' },
  }

  test('passes over what the rules do not want traced, and says so', async () => {
    const { telemetry, verify } = account(fn('legacy-a', { role: roleArn('writer') }), on('orders'))
    telemetry.invoked('orders', NOW - 2 * MINUTE)
    telemetry.traced('orders', NOW - 2 * MINUTE)
    const report = await verify({ rules })
    expect([report.outcome, ...report.proofs]).toEqual(['ok', 'orders yes null'])
    expect(report.notes).toEqual(['1 function passed over: the rules do not want them traced'])
  })

  test('of which nothing is left matched something all the same', async () => {
    const { verify } = account(fn('legacy-a', { role: roleArn('writer') }))
    expect((await verify({ rules })).notes).toEqual(['1 function passed over: the rules do not want them traced'])
  })

  test('of nothing proves nothing, and says so', async () => {
    const report = await account(on('orders')).verify({ choice: { selection: { ...NOTHING, match: ['nobody-*'] } } })
    expect([report.outcome, report.notes]).toEqual([
      'incomplete',
      ['no function matches what was asked for: looked in us-east-1'],
    ])
  })

  test('shares the calls of a region', async () => {
    const { telemetry, verify } = account(on('a'), on('b'), on('c', { region: 'eu-west-1' }))
    await verify({ regions: ['us-east-1', 'eu-west-1'] })
    const metrics = telemetry.asked.filter((line) => line.startsWith('metrics'))
    expect(metrics.map((line) => line.split(/ \d/)[0])).toEqual(['metrics a b', 'metrics c'])
  })

  test('by a tag that cannot be read fails, rather than widen', async () => {
    const { world, verify } = account(on('orders'))
    world.fail('taggedFunctions us-east-1', new XtraceError('ACCESS_DENIED', 'no tags'))
    await expect(
      verify({ choice: { selection: { ...NOTHING, tags: tagFilters(['team=web'], undefined) } } }),
    ).rejects.toMatchObject({ code: 'ACCESS_DENIED' })
  })
})
