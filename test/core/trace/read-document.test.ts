/** One document: what goes on from it, what is counted as unreadable, and that nothing stops the reader. */
import { describe, expect, test } from 'vitest'
import { readDocument } from '../../../src/core/trace/read-document.js'
import { ARN, type Fields, olderForm, ran, service, T0, timed } from './documents.js'

const read = (document: Fields) => readDocument(JSON.stringify(document))
const first = (document: Fields) => read(document).segments[0]

test('a segment, with the fields that are shown and no others', () => {
  const document = service(0, 400, { user: 'u', sql: { url: 'x' }, metadata: { a: 1 }, environment: { KEY: 'k' } })
  expect(read(document)).toEqual({
    segments: [
      {
        id: '5e7ce00000000001',
        name: 'orders',
        origin: 'AWS::Lambda',
        startMs: T0 * 1_000,
        endMs: T0 * 1_000 + 400,
        fault: false,
        error: false,
        throttle: false,
        status: 200,
        arn: ARN,
        requestId: '0a1b2c3d-0000-1111-2222-333344445555',
        annotated: {},
      },
    ],
    unreadable: 0,
  })
})

test('subsegments of any depth follow, each with the id of what encloses it', () => {
  const [, document = ''] = olderForm().documents
  const { segments } = readDocument(document)
  expect(segments.map(({ id, parentId, name }) => [id, parentId, name])).toEqual([
    ['f00c000000000001', '5e7ce00000000001', 'orders'],
    ['a3', 'f00c000000000001', 'Overhead'],
    ['a1', 'f00c000000000001', 'Initialization'],
    ['a2', 'f00c000000000001', 'Invocation'],
    ['b1', 'a2', 'DynamoDB'],
    ['b2', 'a2', 'api.example.com'],
  ])
})

test('no secret of a document goes on', () => {
  for (const document of olderForm().documents) {
    expect(document).toMatch(/s3cr3t/)
    expect(JSON.stringify(readDocument(document))).not.toMatch(/s3cr3t|secret\.example|postgres/)
  }
})

test('a subsegment that was sent by itself is no segment, whatever origin it claims', () => {
  const document = timed('b1', 'DynamoDB', 0, 5, { type: 'subsegment', parent_id: 'a2', origin: 'AWS::Lambda' })
  expect(first(document)).toMatchObject({ id: 'b1', parentId: 'a2' })
  expect(first(document)).not.toHaveProperty('origin')
})

test('nor is one inside of a document', () => {
  const { segments } = read(ran(0, 10, { subsegments: [timed('a1', 'x', 0, 5, { origin: 'AWS::Lambda' })] }))
  expect(segments.map(({ origin }) => origin)).toEqual(['AWS::Lambda::Function', undefined])
})

describe('times', () => {
  test('are milliseconds, to the microsecond', () => {
    expect(first({ ...service(0, 1), start_time: 1_700_000_000.123456, end_time: 1_700_000_000.2 })).toMatchObject({
      startMs: 1_700_000_000_123.456,
      endMs: 1_700_000_000_200,
    })
  })

  test.each([
    ['in progress', { in_progress: true, end_time: undefined }],
    ['in progress with an end, which is a guess', { in_progress: true }],
    ['without an end', { end_time: undefined }],
    ['with an end that is null', { end_time: null }],
  ])('%s: no end', (_, more) => {
    expect(first({ ...service(0, 400), ...more })).not.toHaveProperty('endMs')
  })

  test.each([
    ['none', { start_time: undefined }],
    ['text', { start_time: '1700000000' }],
    ['an end that is text', { end_time: '1700000000' }],
    ['beyond every date', { start_time: 1e300 }],
    ['before 1970', { start_time: -1 }],
    ['null', { start_time: null }],
    ['a list', { start_time: [1_700_000_000] }],
  ])('%s: unreadable', (_, more) => {
    expect(read({ ...service(0, 400), ...more })).toEqual({ segments: [], unreadable: 1 })
  })
})

describe('what Lambda annotates', () => {
  const annotated = (annotations: unknown) => first(ran(0, 10, { annotations }))?.annotated

  test('is read flat or nested, as numbers or numeric text', () => {
    expect(
      annotated({ 'aws.responseLatency': 12.5, 'aws.runtimeOverhead': ' 3 ', 'aws.extensionOverhead': 0 }),
    ).toEqual({
      responseLatency: 12.5,
      runtimeOverhead: 3,
      extensionOverhead: 0,
    })
    expect(annotated({ aws: { responseDuration: '7.25', other: 1 } })).toEqual({ responseDuration: 7.25 })
  })

  test.each([
    ['text', 'soon'],
    ['nothing', ''],
    ['less than nothing', -1],
    ['endless', '1e999'],
    ['not finite in sum', 1e308],
    ['null', null],
    ['an object', { ms: 1 }],
    ['true', true],
  ])('%s is no time', (_, value) => {
    expect(annotated({ 'aws.responseLatency': value })).toEqual({})
  })

  test.each([['text'], [null], [[]], [7]])('annotations that are %j', (annotations) => {
    expect(annotated(annotations)).toEqual({})
  })
})

describe('what is malformed', () => {
  test.each(['', '{', 'null', '[]', '"text"', '7', '{"id":"a"', '\u0000', '{}'])('%j is unreadable', (document) => {
    expect(readDocument(document)).toEqual({ segments: [], unreadable: 1 })
  })

  test.each([
    ['id', { id: undefined }],
    ['id that is text', { id: 7 }],
    ['name', { name: '' }],
    ['name of bearable length', { name: 'x'.repeat(3_000) }],
  ])('a segment without %s is unreadable', (_, more) => {
    expect(read({ ...service(0, 1), ...more })).toEqual({ segments: [], unreadable: 1 })
  })

  test.each([['text'], [{ 0: 'a' }], [7], [true]])(
    'subsegments that are %j are one thing unreadable',
    (subsegments) => {
      expect(read(service(0, 1, { subsegments }))).toMatchObject({ segments: [{ name: 'orders' }], unreadable: 1 })
    },
  )

  test('each subsegment that cannot be read is counted, and what is inside of it moves up', () => {
    const inner = timed('c', 'inner', 0, 1)
    const subsegments = [null, 'x', { id: 'b', name: 'b', subsegments: [inner] }, timed('d', 'd', 0, 1)]
    const { segments, unreadable } = read(service(0, 1, { subsegments }))
    expect(unreadable).toBe(3)
    expect(segments.map(({ id, parentId }) => [id, parentId])).toEqual([
      ['5e7ce00000000001', undefined],
      ['d', '5e7ce00000000001'],
      ['c', '5e7ce00000000001'],
    ])
  })

  test('a subsegment without an id keeps its place, and so does what is inside of it', () => {
    const subsegments = [{ ...timed('', 'a', 0, 1), subsegments: [timed('c', 'c', 0, 1)] }, timed('', 'b', 0, 1)]
    const { segments } = read(service(0, 1, { subsegments }))
    const [, a, b, c] = segments
    expect([a?.name, b?.name, c?.parentId]).toEqual(['a', 'b', a?.id])
    expect(new Set(segments.map(({ id }) => id)).size).toBe(4)
  })

  test('odd values of the other fields are left out', () => {
    const odd = { http: { response: 'x' }, aws: 7, resource_arn: {}, fault: 'yes', error: 1, throttle: null }
    expect(first({ ...service(0, 1), ...odd })).toEqual({
      id: '5e7ce00000000001',
      name: 'orders',
      origin: 'AWS::Lambda',
      startMs: T0 * 1_000,
      endMs: T0 * 1_000 + 1,
      fault: false,
      error: false,
      throttle: false,
      annotated: {},
    })
  })
})
