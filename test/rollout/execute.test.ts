/** A whole plan carried out: grants first, failures kept apart, what is written down, and what stops the run. */
import { describe, expect, test } from 'vitest'
import type { GrantStep, Plan, SetModeStep, Step } from '../../src/core/plan/plan.js'
import type { JournalEntry } from '../../src/core/run.js'
import { type ErrorCode, XtraceError } from '../../src/errors.js'
import { execute } from '../../src/rollout/execute.js'
import type { StepEvent, StepOutcome } from '../../src/rollout/step-outcome.js'
import { ACCOUNT, fn, functionArn } from '../core/build-observation.js'
import { FakeIam, fakeAws } from './support/fake-aws.js'
import { FakeLambda, lostAfter, refused } from './support/fake-lambda.js'
import { VirtualClock } from './support/virtual-clock.js'

const POLICY = 'arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess'

function grant(name: string, more: Partial<GrantStep> = {}): GrantStep {
  const role = `arn:aws:iam::${ACCOUNT}:role/service/${name}`
  return { kind: 'grant', id: `grant:${name}`, role, how: 'managed', policy: POLICY, after: [], ...more }
}

function change(name: string, more: Partial<SetModeStep> = {}): SetModeStep {
  const base = { kind: 'setMode', id: `setMode:${name}`, function: functionArn(name) } as const
  return { ...base, from: 'PassThrough', to: 'Active', revisionId: `${name}-r1`, after: [], ...more }
}

function planOf(...steps: Step[]): Plan {
  const createdFor = { accounts: [ACCOUNT], regions: ['us-east-1'] }
  return { schema: 'xtrace/plan@1', id: 'id', createdFor, steps, unchanged: [], refused: [] }
}

function world(...names: string[]) {
  const lambda = new FakeLambda(...names.map((name) => fn(name)))
  const iam = new FakeIam()
  const clock = new VirtualClock()
  const events: string[] = []
  const observe = (event: StepEvent) => {
    if (event.type === 'started') events.push(`started ${event.step.id}`)
    else events.push(`${event.outcome.status} ${event.outcome.step.id}`)
  }
  const journal: JournalEntry[] = []
  const record = async (entry: JournalEntry) => {
    await Promise.resolve()
    journal.push(entry)
  }
  const tools = { aws: fakeAws({ 'us-east-1': lambda }, { aws: iam }), clock, observe, record }
  const run = async (...steps: Step[]) => inWords(await execute(planOf(...steps), tools))
  return { lambda, iam, clock, events, journal, tools, run }
}

/** `started setMode:a` */
function lines(journal: JournalEntry[]): string[] {
  return journal.map((entry) => `${entry.type} ${'step' in entry ? entry.step : ''}`)
}

/** `{ 'setMode:a': 'done', 'setMode:b': 'failed THROTTLED' }` */
function inWords(outcomes: Map<string, StepOutcome>): Record<string, string> {
  return Object.fromEntries(
    [...outcomes].map(([id, outcome]) => {
      const detail = outcome.status === 'done' ? (outcome.changed ? '' : ' unchanged') : ` ${outcome.error.code}`
      return [id, outcome.status + detail]
    }),
  )
}

const failure = (code: ErrorCode) => new XtraceError(code, `${code} it is.`)
const names = (count: number) => Array.from({ length: count }, (_, index) => `f${index}`)

describe('grants', () => {
  test('come first, one call for a role, whoever waits for it', async () => {
    const { lambda, iam, events, run } = world('a', 'b', 'c')
    lambda.onSetMode = () => expect(iam.calls).toHaveLength(1)
    const outcomes = await run(
      grant('orders'),
      ...['a', 'b', 'c'].map((name) => change(name, { after: ['grant:orders'] })),
    )
    expect(outcomes).toEqual({ 'grant:orders': 'done', 'setMode:a': 'done', 'setMode:b': 'done', 'setMode:c': 'done' })
    expect(iam.calls).toEqual([`attachPolicy orders ${POLICY}`])
    expect(events.slice(0, 2)).toEqual(['started grant:orders', 'done grant:orders'])
  })

  test('inline: the two actions and nothing else, under the name of the plan', async () => {
    const { iam, run } = world()
    await run(grant('orders', { how: 'inline', policy: 'xtrace-xray-write' }))
    expect(iam.calls).toEqual(['putInlinePolicy orders xtrace-xray-write'])
    expect(iam.documents).toMatchObject([
      { Statement: [{ Effect: 'Allow', Action: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'] }] },
    ])
  })

  test('go to the IAM of the role’s partition, and changes to the region of the function', async () => {
    const gov = new FakeIam()
    const lambda = new FakeLambda(fn('a', { region: 'us-gov-west-1' }))
    const role = `arn:aws-us-gov:iam::${ACCOUNT}:role/orders`
    const outcomes = await execute(
      planOf(grant('orders', { role }), change('a', { function: functionArn('a', 'us-gov-west-1') })),
      {
        aws: fakeAws({ 'us-gov-west-1': lambda }, { 'aws-us-gov': gov }),
        clock: new VirtualClock(),
        observe: () => undefined,
        record: async () => undefined,
      },
    )
    expect(inWords(outcomes)).toEqual({ 'grant:orders': 'done', 'setMode:a': 'done' })
    expect(gov.calls).toHaveLength(1)
  })

  test('one that fails fails its own functions and no other; those are not begun', async () => {
    const { lambda, iam, events, run } = world('a', 'b', 'c')
    iam.failing('full', failure('POLICY_QUOTA'))
    const outcomes = await run(
      grant('full'),
      grant('orders'),
      change('a', { after: ['grant:full'] }),
      change('b', { after: ['grant:orders'] }),
      change('c'),
    )
    expect(outcomes).toEqual({
      'grant:full': 'failed POLICY_QUOTA',
      'grant:orders': 'done',
      'setMode:a': 'failed POLICY_QUOTA',
      'setMode:b': 'done',
      'setMode:c': 'done',
    })
    expect(lambda.look('a').mode).toBe('PassThrough')
    expect(lambda.calls.filter((call) => call.includes(' a'))).toEqual([])
    expect(events).not.toContain('started setMode:a')
    expect(events).toContain('failed setMode:a')
  })

  test('Lambda’s refusal of the role is final where the run did not grant it and IAM says the same', async () => {
    const { lambda, run } = world('a', 'b')
    for (const name of ['a', 'b']) lambda.fates(name, refused(failure('ROLE_LACKS_XRAY')))
    const outcomes = await run(grant('orders'), change('a', { after: ['grant:orders'] }), change('b'))
    expect(outcomes).toEqual({ 'grant:orders': 'done', 'setMode:a': 'done', 'setMode:b': 'failed ROLE_LACKS_XRAY' })
  })
})

describe('a plan that was made while an update ran has no revision', () => {
  const unsettled = () => {
    const { revisionId: _, ...step } = change('a')
    return step
  }

  test('the function is read when it has settled, and changed against what was read', async () => {
    const { lambda, run } = world('a')
    lambda.meddle('a', { updateStatus: 'InProgress' })
    expect(await run(unsettled())).toEqual({ 'setMode:a': 'done' })
    expect(lambda.calls.slice(0, 2)).toEqual(['getFunction a', 'setMode a Active a-r1++'])
  })

  test('nothing is sent where the update itself has set the mode', async () => {
    const { lambda, run } = world('a')
    lambda.meddle('a', { mode: 'Active' })
    expect(await run(unsettled())).toEqual({ 'setMode:a': 'done unchanged' })
    expect(lambda.sent()).toEqual([])
  })
})

describe('one function that fails stops no other', () => {
  test.each<ErrorCode>(['ACCESS_DENIED', 'FUNCTION_NOT_FOUND', 'THROTTLED', 'RUNTIME_BLOCKED', 'INVALID_REQUEST'])(
    '%s',
    async (code) => {
      const { lambda, run } = world(...names(60))
      lambda.fates('f3', refused(failure(code)))
      const outcomes = await run(...names(60).map((name) => change(name)))
      const { 'setMode:f3': failed, ...others } = outcomes
      expect(failed).toBe(`failed ${code}`)
      expect(Object.values(others)).toEqual(Array.from({ length: 59 }, () => 'done'))
    },
  )

  test('not even a fault of xtrace', async () => {
    const { lambda, run } = world('a', 'b')
    lambda.fates('a', () => {
      throw new TypeError('x is undefined')
    })
    expect(await run(change('a'), change('b'))).toEqual({ 'setMode:a': 'failed FAULT', 'setMode:b': 'done' })
  })
})

describe('what stops the run', () => {
  test.each<ErrorCode>(['EXPIRED_CREDENTIALS', 'INVALID_CREDENTIALS', 'NO_CREDENTIALS', 'INTERRUPTED'])(
    '%s: nothing more is begun, and the rest is left',
    async (code) => {
      const all = names(100)
      const { lambda, events, run } = world(...all)
      lambda.fates('f5', refused(failure(code)))
      const outcomes = await run(...all.map((name) => change(name)))
      const left = Object.keys(outcomes).filter((id) => outcomes[id] === `left ${code}`)
      expect(Object.keys(outcomes)).toHaveLength(100)
      expect(left).toEqual(['f5', ...all.slice(48)].map((name) => `setMode:${name}`))
      for (const name of all.slice(48)) {
        expect(events).not.toContain(`started setMode:${name}`)
        expect(lambda.look(name).mode).toBe('PassThrough')
      }
      for (const name of all.slice(0, 48).filter((one) => one !== 'f5'))
        expect(outcomes[`setMode:${name}`]).toBe('done')
    },
  )

  test('during the grants: what waits for one is not begun', async () => {
    const { lambda, iam, run } = world('a', 'b')
    iam.failing('orders', failure('EXPIRED_CREDENTIALS'))
    const outcomes = await run(grant('orders'), ...['a', 'b'].map((name) => change(name, { after: ['grant:orders'] })))
    expect(outcomes).toEqual({
      'grant:orders': 'left EXPIRED_CREDENTIALS',
      'setMode:a': 'left EXPIRED_CREDENTIALS',
      'setMode:b': 'left EXPIRED_CREDENTIALS',
    })
    expect(lambda.calls).toEqual([])
  })
})

describe('the observer', () => {
  test('hears "started" before the call and the end after it', async () => {
    const { lambda, events, run } = world('a', 'b')
    lambda.onSetMode = (name) => {
      expect(events).toContain(`started setMode:${name}`)
      expect(events).not.toContain(`done setMode:${name}`)
    }
    await run(grant('orders'), change('a'), change('b'))
    for (const id of ['grant:orders', 'setMode:a', 'setMode:b'])
      expect(events.filter((event) => event.endsWith(id))).toEqual([`started ${id}`, `done ${id}`])
  })

  test('hears "done" only when the function has settled', async () => {
    const { lambda, events, run } = world('a')
    lambda.slow(5)
    await run(change('a'))
    expect(events).toEqual(['started setMode:a', 'done setMode:a'])
    expect(lambda.look('a').updateStatus).toBe('Successful')
  })
})

describe('what throws though AWS did not: it ends the run', () => {
  const all = names(100)
  const everything = all.map((name) => change(name))

  test('an observer, at the first end: what was under way ends, nothing more begins, done stays done', async () => {
    const { lambda, journal, tools } = world(...all)
    const heard: string[] = []
    const observe = (event: StepEvent) => {
      if (event.type !== 'ended') return
      heard.push(event.outcome.status)
      if (heard.length === 1) throw new Error('pipe closed')
    }
    await expect(execute(planOf(...everything), { ...tools, observe })).rejects.toThrow('pipe closed')
    expect(lambda.sent()).toHaveLength(48)
    expect(lines(journal).filter((line) => line.startsWith('done'))).toHaveLength(48)
    expect(lines(journal).filter((line) => line.startsWith('failed'))).toEqual([])
    expect(new Set(heard)).toEqual(new Set(['done', 'left']))
  })

  test('an observer, at a beginning: that step is not sent', async () => {
    const { lambda, journal, tools } = world('a')
    const observe = () => {
      throw new Error('pipe closed')
    }
    await expect(execute(planOf(change('a')), { ...tools, observe })).rejects.toThrow('pipe closed')
    expect(lambda.sent()).toEqual([])
    expect(lines(journal)).toEqual(['started setMode:a'])
  })

  test('a journal that cannot be written: nothing is sent that it does not know of', async () => {
    const { lambda, tools } = world(...all)
    const written: string[] = []
    const record = async (entry: JournalEntry) => {
      if (written.length === 10) throw new Error('disk full')
      written.push(...lines([entry]))
    }
    await expect(execute(planOf(...everything), { ...tools, record })).rejects.toThrow('disk full')
    expect(lambda.sent()).toHaveLength(10)
    for (const line of written) expect(line).toMatch(/^started /)
  })

  test('at the end of a step: the others still end', async () => {
    const { lambda, journal, tools } = world(...all)
    const record = async (entry: JournalEntry) => {
      if (entry.type === 'done' && entry.step === 'setMode:f3') throw new Error('disk full')
      journal.push(entry)
    }
    await expect(execute(planOf(...everything), { ...tools, record })).rejects.toThrow('disk full')
    expect(lambda.sent()).toHaveLength(48)
    expect(lines(journal).filter((line) => line.startsWith('done'))).toHaveLength(47)
  })

  test.each(['started', 'done'] as const)(
    'at a grant that is %s: functions that need none stop as well',
    async (type) => {
      const { lambda, tools } = world(...all)
      const record = async (entry: JournalEntry) => {
        if (entry.type === type && entry.step === 'grant:orders') throw new Error('disk full')
      }
      const running = execute(planOf(grant('orders'), ...everything), { ...tools, record })
      await expect(running).rejects.toThrow('disk full')
      expect(lambda.sent().length).toBeLessThanOrEqual(48)
      const first = all.map((name) => change(name, { after: ['grant:orders'] }))
      lambda.calls.length = 0
      await expect(execute(planOf(grant('orders'), ...first), { ...tools, record })).rejects.toThrow('disk full')
      expect(lambda.calls).toEqual([])
    },
  )
})

describe('the journal', () => {
  test('"started" is on disk before the first call, "done" after the last', async () => {
    const { lambda, iam, journal, run } = world('a')
    lambda.onSetMode = () => expect(lines(journal)).toContain('started setMode:a')
    await run(grant('orders'), change('a', { after: ['grant:orders'] }))
    expect(iam.calls).toHaveLength(1)
    expect(lines(journal)).toEqual(['started grant:orders', 'done grant:orders', 'started setMode:a', 'done setMode:a'])
    expect(journal.at(-1)).toMatchObject({ changed: true, at: expect.stringMatching(/^1970-01-01T00:00:0.*Z$/) })
  })

  test('a grant is on disk before it is asked for', async () => {
    const { iam, journal, run } = world()
    iam.onWrite = () => expect(lines(journal)).toEqual(['started grant:orders'])
    await run(grant('orders'))
    expect(iam.calls).toHaveLength(1)
  })

  test('a refusal is written down with its code', async () => {
    const { lambda, journal, run } = world('a')
    lambda.fates('a', refused(failure('ACCESS_DENIED')))
    await run(change('a'))
    expect(journal.at(-1)).toMatchObject({ type: 'failed', code: 'ACCESS_DENIED', message: 'ACCESS_DENIED it is.' })
  })

  test('what only waited for a step that failed was never begun', async () => {
    const { iam, journal, run } = world('a')
    iam.failing('full', failure('POLICY_QUOTA'))
    await run(grant('full'), change('a', { after: ['grant:full'] }))
    expect(lines(journal)).toEqual(['started grant:full', 'failed grant:full'])
  })

  test.each<[what: string, prepare: (lambda: FakeLambda) => void, code: ErrorCode]>([
    [
      'the connection is lost for good',
      (one) => one.fates('a', ...Array(7).fill(refused(failure('CONNECTION_LOST')))),
      'CONNECTION_LOST',
    ],
    [
      'the answer is lost, then the credentials expire',
      (one) =>
        one.fates('a', lostAfter(), refused(failure('EXPIRED_CREDENTIALS'))).ending('a', { mode: 'PassThrough' }),
      'EXPIRED_CREDENTIALS',
    ],
    ['it never settles', (one) => one.slow(1e9), 'NOT_SETTLED'],
    ['the update fails', (one) => one.ending('a', { updateStatus: 'Failed' }), 'UPDATE_FAILED'],
  ])('%s: that stays open, since only AWS can tell', async (_, prepare, code) => {
    const { lambda, journal, run } = world('a')
    prepare(lambda)
    const status = code === 'EXPIRED_CREDENTIALS' ? 'left' : 'failed'
    expect(await run(change('a'))).toEqual({ 'setMode:a': `${status} ${code}` })
    expect(lines(journal)).toEqual(['started setMode:a'])
  })

  test('Ctrl-C while the update settles leaves it open, and is no failure of the function', async () => {
    const { lambda, clock, journal, tools } = world('a', 'b')
    lambda.slow(1e9)
    lambda.onSetMode = () => clock.interrupt()
    const outcomes = await execute(planOf(change('a'), change('b', { after: ['setMode:a'] })), tools)
    expect(outcomes.get('setMode:a')).toMatchObject({ status: 'left', error: { code: 'INTERRUPTED' }, open: true })
    expect(outcomes.get('setMode:b')).toMatchObject({ status: 'left', error: { code: 'INTERRUPTED' } })
    expect(outcomes.get('setMode:b')).not.toMatchObject({ open: true })
    expect(lines(journal)).toEqual(['started setMode:a'])
  })

  test.each<ErrorCode>(['SERVER_ERROR', 'CONNECTION_LOST'])(
    'a grant that ends with %s stays open too',
    async (code) => {
      const { iam, journal, run } = world()
      iam.failing('orders', failure(code))
      expect(await run(grant('orders'))).toEqual({ 'grant:orders': `failed ${code}` })
      expect(lines(journal)).toEqual(['started grant:orders'])
    },
  )
})

describe('reading back', () => {
  test.each([
    [10, 'getFunction'],
    [11, 'pollFunction'],
  ])('%i functions are read with %s', async (count, call) => {
    const { lambda, run } = world(...names(count))
    await run(...names(count).map((name) => change(name)))
    const reads = lambda.calls.filter((one) => !one.startsWith('setMode '))
    expect(new Set(reads.map((one) => one.split(' ')[0]))).toEqual(new Set([call]))
  })

  test('the outcome holds the function as it is now', async () => {
    const { tools } = world('a')
    const outcomes = await execute(planOf(change('a')), tools)
    expect(outcomes.get('setMode:a')).toMatchObject({ status: 'done', changed: true, fn: { mode: 'Active' } })
  })

  test('what somebody else had done meanwhile is done, but not changed', async () => {
    const { lambda, run } = world('a')
    lambda.onSetMode = () => lambda.meddle('a', { mode: 'Active' })
    expect(await run(change('a'))).toEqual({ 'setMode:a': 'done unchanged' })
  })
})

test('an empty plan does nothing', async () => {
  const { lambda, iam, events, run } = world('a')
  expect(await run()).toEqual({})
  expect([...lambda.calls, ...iam.calls, ...events]).toEqual([])
})
