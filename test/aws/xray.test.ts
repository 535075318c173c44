/** Traces as X-Ray gives them: every stretch and page of the window, five ids a call, and what it leaves out. */
import { describe, expect, test } from 'vitest'
import type { TraceSummary } from '../../src/core/trace/trace.js'
import { openAccess } from './support/access.js'
import { json, lambdaError } from './support/answers.js'
import { ownEnvironment } from './support/environment.js'
import { failureOf } from './support/failure.js'
import { fakeAws } from './support/fake-aws.js'

ownEnvironment()
const aws = fakeAws()

const HOUR = 3_600_000
const FILTER = 'service(id(name: "orders", type: "AWS::Lambda::Function"))'
/** 2024-09-13T12:20:00Z. */
const AT = 1_726_230_000_000
const idAt = (ms: number, tail = 'a'.repeat(24)) => `1-${Math.floor(ms / 1000).toString(16)}-${tail}`
const xray = () => openAccess().aws.xray('eu-west-1')

async function all(filter: string, from: number, to: number): Promise<TraceSummary[][]> {
  const pages: TraceSummary[][] = []
  for await (const page of (await xray()).traceSummaries(filter, { from, to })) pages.push(page)
  return pages
}

describe('where segments go', () => {
  test.each([
    [{ Destination: 'XRay', Status: 'ACTIVE' }, 'XRay'],
    [{ Destination: 'CloudWatchLogs', Status: 'ACTIVE' }, 'CloudWatchLogs'],
    [{ Destination: 'CloudWatchLogs', Status: 'PENDING' }, 'CloudWatchLogs'],
  ])('%j is %s', async (answer, destination) => {
    aws().answers(json(answer))
    expect(await (await xray()).segmentDestination()).toBe(destination)
    expect(aws().sent).toMatchObject([
      { method: 'POST', host: 'xray.eu-west-1.amazonaws.com', path: '/GetTraceSegmentDestination' },
    ])
    expect(aws().signed[0]).toMatchObject({ region: 'eu-west-1', service: 'xray' })
  })
})

describe('summaries', () => {
  test('to the last page, an empty one included, with what went wrong in them', async () => {
    const started = { Id: idAt(AT), StartTime: AT / 1000 + 0.25, Duration: 1.5, HasFault: true, HasThrottle: true }
    aws().answers(
      json({ TraceSummaries: [started], NextToken: 't1' }),
      json({ TraceSummaries: [], NextToken: 't2' }),
      json({ TraceSummaries: [{ Id: idAt(AT + 3000), HasError: true, IsPartial: true }] }),
    )
    expect(await all(FILTER, AT - HOUR, AT + 4000)).toEqual([
      [{ id: idAt(AT), startedAt: AT + 250, duration: 1.5, fault: true, error: false, throttle: true }],
      [],
      [{ id: idAt(AT + 3000), startedAt: AT + 3000, fault: false, error: true, throttle: false }],
    ])
    const question = { FilterExpression: FILTER, StartTime: (AT - HOUR) / 1000, EndTime: AT / 1000 + 4 }
    expect(aws().sent.map(({ path, body }) => [path, body])).toEqual([
      ['/TraceSummaries', question],
      ['/TraceSummaries', { ...question, NextToken: 't1' }],
      ['/TraceSummaries', { ...question, NextToken: 't2' }],
    ])
  })

  test('a long window is cut into stretches of six hours, the newest first', async () => {
    const none = json({ TraceSummaries: [] })
    aws().answers(none, none, none)
    expect(await all(FILTER, AT - 13 * HOUR, AT)).toEqual([[], [], []])
    expect(aws().sent.map(({ body }) => body)).toEqual(
      [
        [6, 0],
        [12, 6],
        [13, 12],
      ].map(([from = 0, to = 0]) => ({
        FilterExpression: FILTER,
        StartTime: (AT - from * HOUR) / 1000,
        EndTime: (AT - to * HOUR) / 1000,
      })),
    )
  })

  test('a trace on the seam of two stretches is passed on once, one beside it is not lost', async () => {
    const seam = AT - 6 * HOUR
    aws().answers(
      json({ TraceSummaries: [{ Id: idAt(seam + 1000) }, { Id: idAt(seam) }] }),
      json({ TraceSummaries: [{ Id: idAt(seam) }, { Id: idAt(seam, 'b'.repeat(24)) }, { Id: idAt(seam - 1000) }] }),
    )
    const pages = await all(FILTER, AT - 7 * HOUR, AT)
    expect(pages.map((page) => page.map(({ id }) => id))).toEqual([
      [idAt(seam + 1000), idAt(seam)],
      [idAt(seam, 'b'.repeat(24)), idAt(seam - 1000)],
    ])
  })

  test('an id in another form has no time of its own', async () => {
    aws().answers(json({ TraceSummaries: [{ Id: 'strange' }] }))
    expect(await all(FILTER, AT - HOUR, AT)).toMatchObject([[{ id: 'strange', startedAt: 0 }]])
  })

  test('of an empty window nothing is asked', async () => {
    expect(await all(FILTER, AT, AT)).toEqual([])
    expect(aws().sent).toEqual([])
  })

  test('a reader who has enough asks for no further page', async () => {
    aws().answers(json({ TraceSummaries: [{ Id: idAt(AT) }], NextToken: 't1' }))
    for await (const _ of (await xray()).traceSummaries(FILTER, { from: AT - 24 * HOUR, to: AT })) break
    expect(aws().sent).toHaveLength(1)
  })

  test('ThrottledException is waited for and asked again; a refused filter is said', async () => {
    aws().answers(
      lambdaError(429, 'ThrottledException', 'Rate exceeded'),
      lambdaError(400, 'InvalidRequestException', 'Invalid filter expression'),
    )
    const access = openAccess()
    const pages = (await access.aws.xray('us-east-1')).traceSummaries('nonsense', { from: AT - HOUR, to: AT })
    const failure = await failureOf((async () => (await pages[Symbol.asyncIterator]().next()).value)())
    expect(access.clock.slept).toEqual([200])
    expect(failure).toMatchObject({ code: 'INVALID_REQUEST', aws: { service: 'xray', operation: 'GetTraceSummaries' } })
  })
})

describe('whole traces', () => {
  const trace = (Id: string, ...documents: string[]) => ({
    Id,
    Segments: documents.map((Document, index) => ({ Id: `${index}`, Document })),
  })

  test('five ids a call, in the order of the ids, and an id that is named twice is asked once', async () => {
    aws().answers(
      json({ Traces: [trace('3', '{"c":1}'), trace('1', '{"a":1}', 'not even JSON')] }),
      json({ Traces: [trace('6')] }),
    )
    expect(await (await xray()).traces(['1', '2', '3', '4', '5', '1', '6'])).toEqual([
      { id: '1', documents: ['{"a":1}', 'not even JSON'] },
      { id: '3', documents: ['{"c":1}'] },
      { id: '6', documents: [] },
    ])
    expect(aws().sent.map(({ path, body }) => [path, body])).toEqual([
      ['/Traces', { TraceIds: ['1', '2', '3', '4', '5'] }],
      ['/Traces', { TraceIds: ['6'] }],
    ])
  })

  test('a trace that is spread over pages is one trace', async () => {
    aws().answers(
      json({ Traces: [trace('1', 'a')], NextToken: 't1' }),
      json({ Traces: [], NextToken: 't2' }),
      json({ Traces: [trace('1', 'b'), trace('2', 'c')] }),
    )
    expect(await (await xray()).traces(['1', '2'])).toEqual([
      { id: '1', documents: ['a', 'b'] },
      { id: '2', documents: ['c'] },
    ])
    expect(aws().sent[2]?.body).toEqual({ TraceIds: ['1', '2'], NextToken: 't2' })
  })

  test('what X-Ray did not come to is asked once more, then left out', async () => {
    aws().answers(
      json({ Traces: [trace('1', 'a')], UnprocessedTraceIds: ['2', '3'] }),
      json({ Traces: [trace('2', 'b')], UnprocessedTraceIds: ['3'] }),
    )
    expect(await (await xray()).traces(['1', '2', '3'])).toEqual([
      { id: '1', documents: ['a'] },
      { id: '2', documents: ['b'] },
    ])
    expect(aws().sent.map(({ body }) => body)).toEqual([{ TraceIds: ['1', '2', '3'] }, { TraceIds: ['2', '3'] }])
  })

  test('of no id nothing is asked; denied is thrown', async () => {
    expect(await (await xray()).traces([])).toEqual([])
    expect(aws().sent).toEqual([])
    aws().answers(lambdaError(403, 'AccessDeniedException', 'not authorized to perform: xray:BatchGetTraces'))
    expect((await failureOf((await xray()).traces(['1']))).code).toBe('ACCESS_DENIED')
  })
})
