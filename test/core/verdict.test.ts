/** The one word per function, over the whole table of what decides it. */
import { describe, expect, test } from 'vitest'
import type { EventSource } from '../../src/core/lambda-function.js'
import {
  judge,
  type Observation,
  type ServedAlias,
  servedMode,
  trafficVersions,
  type Verdict,
  whyUnsupported,
} from '../../src/core/verdict.js'
import { alias, fn, functionArn, NO, observation, UNSURE, YES } from './build-observation.js'

const active = fn('fn', { mode: 'Active' })
const off = fn('fn', { mode: 'PassThrough' })
const source = (kind: EventSource['kind']): EventSource => ({ function: functionArn('fn'), kind })
const unreadable = { unreadable: 'AccessDenied' }

const traced = alias('live', '3', { 3: 'Active' })
const stale = alias('live', '2', { 2: 'PassThrough' })
const dark = alias('beta', '4', { 4: 'unknown' })
const missing = alias('beta', '4', {})

describe('mode × permission × aliases × event sources', () => {
  const permissions = { yes: YES, no: NO, unknown: UNSURE }
  const aliases: Record<string, Observation['aliases']> = {
    none: { value: [] },
    'all Active': { value: [traced] },
    'one PassThrough': { value: [traced, stale] },
    'one unread': { value: [traced, dark] },
    'one without a mode': { value: [missing] },
    'one PassThrough, one unread': { value: [dark, stale] },
    'not read': unreadable,
  }
  type Row = [aliases: string, yes: Verdict, no: Verdict, unknown: Verdict]
  const whenActive: Row[] = [
    // aliases                     may write   may not  not known
    ['none', 'traced', 'blind', 'unknown'],
    ['all Active', 'traced', 'blind', 'unknown'],
    ['one PassThrough', 'stale', 'blind', 'stale'],
    ['one unread', 'unknown', 'blind', 'unknown'],
    ['one without a mode', 'unknown', 'blind', 'unknown'],
    ['one PassThrough, one unread', 'stale', 'blind', 'stale'],
    ['not read', 'unknown', 'blind', 'unknown'],
  ]
  const cells = whenActive.flatMap(([name, yes, no, unknown]) => [
    { name, answer: 'yes' as const, verdict: yes },
    { name, answer: 'no' as const, verdict: no },
    { name, answer: 'unknown' as const, verdict: unknown },
  ])

  test.each(cells)('Active, may write: $answer, aliases: $name → $verdict', ({ name, answer, verdict }) => {
    const seen = { permission: permissions[answer], aliases: aliases[name] ?? unreadable }
    const judged = (more: Partial<Observation>) => judge(observation(active, { ...seen, ...more })).verdict
    expect(judged({ eventSources: { value: [] } })).toBe(verdict)
    expect(judged({ eventSources: { value: [source('other')] } })).toBe(verdict)
    expect(judged({ eventSources: unreadable })).toBe(verdict === 'traced' ? 'unknown' : verdict)
    expect(judged({ eventSources: { value: [source('other'), source('msk')] } })).toBe('unsupported')
  })

  test.each(cells)('PassThrough, may write: $answer, aliases: $name → off', ({ name, answer }) => {
    const seen = { permission: permissions[answer], aliases: aliases[name] ?? unreadable }
    const judged = (more: Partial<Observation>) => judge(observation(off, { ...seen, ...more })).verdict
    expect(judged({ eventSources: { value: [source('other')] } })).toBe('off')
    expect(judged({ eventSources: unreadable })).toBe('off')
    expect(judged({ eventSources: { value: [source('kafka')] } })).toBe('unsupported')
  })
})

describe('the evidence', () => {
  test.each<[Verdict, Observation, string]>([
    ['traced', observation(active), 'Active; AWSXRayDaemonWriteAccess allows both'],
    ['off', observation(off), 'mode is PassThrough: Lambda sends no traces'],
    ['blind', observation(active, { permission: NO }), 'Active, but no policy allows xray:PutTraceSegments'],
    [
      'stale',
      observation(active, { aliases: { value: [traced, stale] } }),
      'alias live serves version 2, locked in PassThrough',
    ],
    [
      'stale',
      observation(active, {
        aliases: { value: [alias('live', '2', { 2: 'PassThrough', 3: 'PassThrough' }, { 3: 0.1 })] },
      }),
      'alias live serves version 2 and version 3, locked in PassThrough',
    ],
    [
      'stale',
      observation(active, {
        aliases: { value: [alias('live', '2', { 2: 'Active', 3: 'PassThrough' }, { 3: 0.1 })] },
      }),
      'alias live serves version 3, locked in PassThrough',
    ],
    [
      'stale',
      observation(fn('fn', { mode: 'Active', managedInstances: true }), {
        aliases: { value: [alias('$LATEST.PUBLISHED', '$LATEST.PUBLISHED', { '$LATEST.PUBLISHED': 'PassThrough' })] },
      }),
      'alias $LATEST.PUBLISHED serves $LATEST.PUBLISHED, locked in PassThrough',
    ],
    ['unknown', observation(active, { permission: UNSURE }), 'policy team-base could not be read: AccessDenied'],
    ['unknown', observation(active, { aliases: unreadable }), 'aliases could not be read: AccessDenied'],
    [
      'unknown',
      observation(active, { aliases: { value: [dark] } }),
      'a version that alias beta serves could not be read',
    ],
    ['unknown', observation(active, { eventSources: unreadable }), 'event sources could not be read: AccessDenied'],
    [
      'unsupported',
      observation(active, { eventSources: { value: [source('documentdb')] } }),
      'event source Amazon DocumentDB: X-Ray does not support functions with it',
    ],
  ])('%s', (verdict, seen, because) => {
    expect(judge(seen)).toEqual({ verdict, because })
  })
})

describe('what an alias serves', () => {
  const both = { 1: 'PassThrough', 2: 'Active' } as const
  test.each<[what: string, one: ServedAlias, mode: string, versions: string[]]>([
    ['one Active version', alias('a', '2', both), 'Active', ['2']],
    ['one PassThrough version', alias('a', '1', both), 'PassThrough', ['1']],
    ['$LATEST', alias('a', '$LATEST', { $LATEST: 'Active' }), 'Active', ['$LATEST']],
    ['Active, 10 % to PassThrough', alias('a', '2', both, { 1: 0.1 }), 'PassThrough', ['2', '1']],
    ['PassThrough, 10 % to Active', alias('a', '1', both, { 2: 0.1 }), 'PassThrough', ['1', '2']],
    ['Active, weight 0 to PassThrough', alias('a', '2', both, { 1: 0 }), 'Active', ['2']],
    ['PassThrough, weight 1 to Active', alias('a', '1', both, { 2: 1 }), 'Active', ['2']],
    ['Active, weight 1 to PassThrough', alias('a', '2', both, { 1: 1 }), 'PassThrough', ['1']],
    ['PassThrough left a sliver', alias('a', '1', both, { 2: 0.999999 }), 'PassThrough', ['1', '2']],
    [
      'weights that add up to 1 but for rounding',
      alias('a', '1', both, { 2: 0.7, 3: 0.2, 4: 0.1 }),
      'unknown',
      ['2', '3', '4'],
    ],
    ['a version that could not be read', alias('a', '2', { 2: 'unknown' }), 'unknown', ['2']],
    ['a version without a mode', alias('a', '2', {}), 'unknown', ['2']],
    ['Active, 10 % not read', alias('a', '2', { 2: 'Active' }, { 3: 0.1 }), 'unknown', ['2', '3']],
    ['Active, weight 0 not read', alias('a', '2', { 2: 'Active' }, { 3: 0 }), 'Active', ['2']],
    ['PassThrough, 10 % not read', alias('a', '1', { 1: 'PassThrough' }, { 3: 0.1 }), 'PassThrough', ['1', '3']],
  ])('%s', (_, one, mode, versions) => {
    expect(servedMode(one)).toBe(mode)
    expect(trafficVersions(one)).toEqual(versions)
  })
})

describe('unsupported', () => {
  const why = (subject: typeof off, eventSources: Observation['eventSources'] = { value: [] }) =>
    whyUnsupported({ fn: subject, eventSources })

  test.each([
    ['msk', 'Amazon MSK'],
    ['kafka', 'self-managed Apache Kafka'],
    ['mq', 'Amazon MQ'],
    ['documentdb', 'Amazon DocumentDB'],
  ] as const)('event source %s', (kind, name) => {
    expect(why(active, { value: [source(kind)] })).toBe(
      `event source ${name}: X-Ray does not support functions with it`,
    )
  })

  test('other event sources, unread ones and none are no hindrance', () => {
    expect(why(off, { value: [source('other')] })).toBeUndefined()
    expect(why(off, unreadable)).toBeUndefined()
    expect(why(off)).toBeUndefined()
  })

  test('a replica of Lambda@Edge, before anything else', () => {
    const replica = fn('us-east-1.edge', { edgeReplicaOf: functionArn('edge'), runtime: 'nodejs6.10' })
    expect(why(replica, { value: [source('mq')] })).toBe('Lambda@Edge replica: X-Ray does not trace Lambda@Edge')
  })

  test.each(['nodejs12.x', 'python2.7', 'python3.6', 'ruby2.5', 'dotnetcore3.1'])('runtime %s while off', (runtime) => {
    expect(why(fn('fn', { runtime }))).toBe(`runtime ${runtime}: Lambda has blocked updates of functions on it`)
    expect(why(fn('fn', { runtime, mode: 'Active' }))).toBeUndefined()
  })

  test('a container image has no runtime, and nothing against it', () => {
    const { runtime: _, ...image } = fn('fn', { packageType: 'Image' })
    expect(why(image)).toBeUndefined()
  })
})
