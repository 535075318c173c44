import { describe, expect, it } from 'vitest'
import type { Arrival } from '../../../src/core/proof/arrival.js'
import { arrivalLinks } from '../../../src/core/proof/arrival-links.js'
import { LINKS, type Link, proofOf } from '../../../src/core/proof/chain.js'
import { standingLinks } from '../../../src/core/proof/standing-links.js'
import type { Observation } from '../../../src/core/verdict.js'
import { alias, fn, functionArn, NO, observation, UNSURE } from '../build-observation.js'
import { arrival, nothing, summaries, trace } from './arrivals.js'

const ARN = functionArn('orders')
const ACTIVE = fn('orders', { mode: 'Active' })

function chain(seen: Observation, arrived?: Arrival): Link[] {
  const standing = standingLinks(seen)
  return arrived ? [...standing, ...arrivalLinks(ARN, arrived)] : standing
}

function told(links: readonly Link[]): string[] {
  return links.map(({ link, state }) => `${link} ${state}`)
}

describe('the chain of a function whose traces arrive', () => {
  const links = chain(observation(ACTIVE, { aliases: { value: [alias('live', '3', { 3: 'Active' })] } }), arrival())

  it('holds link by link, in order', () => {
    expect(links.map(({ link }) => link)).toEqual([...LINKS])
    expect(new Set(links.map(({ state }) => state))).toEqual(new Set(['holds']))
  })

  it('is a proof, and needs nothing to be done', () => {
    expect(proofOf(links)).toMatchObject({ answer: 'yes', because: '10 traces arrived', broken: null })
    expect(links.flatMap(({ next }) => next ?? [])).toEqual([])
  })

  it('says what it stands on', () => {
    expect(links.map(({ because }) => because)).toEqual([
      'Active',
      'live: Active',
      'AWSXRayDaemonWriteAccess allows both',
      '10 invocations',
      'X-Ray keeps the traces itself',
      '10 traces arrived',
      'AWS::Lambda and AWS::Lambda::Function, in 1 of 1',
    ])
  })
})

describe('a link that stands before any call', () => {
  it.each<[what: string, seen: Observation, links: string[], because: RegExp]>([
    ['off', observation(fn('orders')), ['mode broken'], /PassThrough/],
    [
      'beyond X-Ray',
      observation(ACTIVE, { eventSources: { value: [{ function: ARN, kind: 'msk' }] } }),
      ['mode broken'],
      /Amazon MSK/,
    ],
    [
      'served by an untraced version',
      observation(ACTIVE, { aliases: { value: [alias('live', '3', { 3: 'PassThrough' })] } }),
      ['mode holds', 'alias broken'],
      /alias live serves version 3, locked in PassThrough/,
    ],
    [
      'served by an untraced version, and without permission',
      observation(ACTIVE, { permission: NO, aliases: { value: [alias('live', '3', { 3: 'PassThrough' })] } }),
      ['mode holds', 'alias broken'],
      /alias live serves version 3/,
    ],
    [
      'without permission',
      observation(ACTIVE, { permission: NO }),
      ['mode holds', 'alias holds', 'permission broken'],
      /no policy allows xray:PutTraceSegments/,
    ],
  ])('is broken where the function is %s, and ends the chain', (_, seen, links, because) => {
    const found = standingLinks(seen)
    expect(told(found)).toEqual(links)
    const proof = proofOf(found)
    expect(proof.answer).toBe('no')
    expect(proof.broken).toBe(found.at(-1)?.link)
    expect(proof.because).toMatch(because)
  })

  it.each<[what: string, seen: Observation, open: string]>([
    ['aliases', observation(ACTIVE, { aliases: { unreadable: 'denied' } }), 'alias open'],
    [
      'the version of an alias',
      observation(ACTIVE, { aliases: { value: [alias('live', '3', { 3: 'unknown' })] } }),
      'alias open',
    ],
    ['the role', observation(ACTIVE, { permission: UNSURE }), 'permission open'],
  ])('is open where %s could not be read: traces prove it all the same', (_, seen, open) => {
    const links = chain(seen, arrival())
    expect(told(links)).toContain(open)
    expect(proofOf(links).answer).toBe('yes')
    expect(proofOf(standingLinks(seen)).answer).toBe('unknown')
  })

  it('says that callers run $LATEST where there is no alias', () => {
    expect(standingLinks(observation(ACTIVE))[1]?.because).toBe('there is none: callers run $LATEST')
  })
})

describe('a link that only calls can show', () => {
  it.each<[what: string, arrived: Arrival, last: string, answer: 'yes' | 'no' | 'unknown', because: string]>([
    [
      'nobody calls the function',
      nothing({ invocations: { value: 0 } }),
      'traces open',
      'unknown',
      'nobody called it, so there is nothing to trace',
    ],
    ['it is called, and X-Ray has no trace', nothing(), 'traces broken', 'no', '10 invocations, and no trace of any'],
    [
      'it is called once',
      nothing({ invocations: { value: 1 } }),
      'traces broken',
      'no',
      '1 invocation, and no trace of any',
    ],
    [
      "only Lambda's segment arrives",
      nothing({ ofServiceOnly: { value: 4 } }),
      'segments broken',
      'no',
      "Lambda's segment arrives (4 traces), the function's own does not",
    ],
    [
      'no whole trace has the segment of Lambda',
      arrival({ traces: { value: [trace(['service']), trace(['service'])] } }),
      'segments broken',
      'no',
      'the segment AWS::Lambda is missing in all traces that were read (2)',
    ],
    [
      'no whole trace has the segment of the function',
      arrival({ traces: { value: [trace(['function'])] } }),
      'segments broken',
      'no',
      'the segment AWS::Lambda::Function is missing in all traces that were read (1)',
    ],
    [
      'some traces are whole',
      arrival({ traces: { value: [trace(['service']), trace()] } }),
      'segments holds',
      'yes',
      '10 traces arrived',
    ],
    [
      'no document can be understood',
      arrival({ traces: { value: [trace(['service', 'function'])] } }),
      'segments open',
      'yes',
      '10 traces arrived',
    ],
    ['X-Ray has not finished them', arrival({ traces: { value: [] } }), 'segments open', 'yes', '10 traces arrived'],
    [
      'X-Ray could not be asked',
      nothing({ summaries: { unreadable: 'AccessDenied' } }),
      'traces open',
      'unknown',
      'X-Ray could not be asked for traces: AccessDenied',
    ],
    [
      'CloudWatch could not be asked, and there is no trace',
      nothing({ invocations: { unreadable: 'AccessDenied' } }),
      'traces open',
      'unknown',
      'CloudWatch could not be asked: AccessDenied',
    ],
    [
      'nobody knows where spans are kept, and there is no trace',
      nothing({ destination: { unreadable: 'AccessDenied' } }),
      'traces open',
      'unknown',
      'where X-Ray keeps spans could not be read: AccessDenied',
    ],
    [
      'Transaction Search has indexed none of them',
      nothing({ destination: { value: 'CloudWatchLogs' } }),
      'traces open',
      'unknown',
      'no trace is indexed: where about 1 % are, that proves nothing',
    ],
    [
      'Transaction Search has indexed some, and keeps them all elsewhere',
      arrival({ destination: { value: 'CloudWatchLogs' }, traces: { value: [] } }),
      'segments open',
      'yes',
      '10 traces arrived',
    ],
    [
      'CloudWatch is behind X-Ray',
      arrival({ invocations: { value: 0 } }),
      'segments holds',
      'yes',
      '10 traces arrived',
    ],
  ])('is told where %s', (_, arrived, last, answer, because) => {
    const links = chain(observation(ACTIVE), arrived)
    expect(told(links).at(-1)).toBe(last)
    expect(proofOf(links)).toMatchObject({ answer, because })
  })

  it('says that more traces are there than were read', () => {
    const links = arrivalLinks(ARN, arrival({ more: true, summaries: { value: summaries(20_000) } }))
    expect(links.find(({ link }) => link === 'traces')?.because).toBe('20000 traces and more arrived')
  })

  it('says what to do wherever it does not hold', () => {
    const arrivals = [
      nothing(),
      nothing({ ofServiceOnly: { value: 4 } }),
      nothing({ summaries: { unreadable: 'no' } }),
      nothing({ destination: { value: 'CloudWatchLogs' } }),
      arrival({ traces: { value: [trace(['service'])] } }),
      arrival({ traces: { value: [] } }),
      arrival({ traces: { unreadable: 'no' } }),
    ]
    for (const arrived of arrivals) expect(arrivalLinks(ARN, arrived).at(-1)?.next).toMatch(/\.$/)
    const idle = arrivalLinks(ARN, nothing({ invocations: { value: 0 } }))
    expect(idle[0]?.next).toContain(`xtrace verify ${ARN} --since 1d --wait 10m`)
  })
})
