/** Documents of any size and form: no crash, no overflow, no waiting, and no secret. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { functionTrace } from '../../../src/core/trace/function-trace.js'
import { waterfallSection } from '../../../src/core/trace/waterfall-section.js'
import { type Fields, ORDERS, ran, service, T0, timed, traceOf } from './documents.js'

const SECONDS = 3

/** Runs it, and fails where it takes longer than anybody waits. */
function quickly(documents: (Fields | string)[]) {
  const trace = {
    ...traceOf(),
    documents: documents.map((one) => (typeof one === 'string' ? one : JSON.stringify(one))),
  }
  const before = process.cpuUsage()
  const result = functionTrace(trace, ORDERS)
  waterfallSection(result, 'orders')
  expect(process.cpuUsage(before).user / 1e6).toBeLessThan(SECONDS)
  expect(result.spans.length).toBeLessThan(100)
  return result
}

test('a hundred thousand levels', () => {
  const deep = 100_000
  const level = `{"name":"n","start_time":${T0},"end_time":${T0},"subsegments":[`
  const outer = JSON.stringify(ran(50, 395, { subsegments: [] })).replace(
    '"subsegments":[]',
    `"subsegments":[${level.repeat(deep)}${']}'.repeat(deep)}]`,
  )
  expect(quickly([service(0, 400), outer])).toMatchObject({ missing: [], unreadable: 0 })
})

test('a hundred thousand subsegments in one document', () => {
  const many = Array.from({ length: 100_000 }, () => `{"name":"n","start_time":${T0},"end_time":${T0}}`).join()
  const outer = JSON.stringify(ran(50, 395, { subsegments: [] })).replace('"subsegments":[]', `"subsegments":[${many}]`)
  expect(quickly([service(0, 400), outer]).spans.at(-1)?.label).toBe('and 99970 more')
})

test('thirty thousand phases of the same name', () => {
  const many = Array.from({ length: 30_000 }, (_, n) => timed(`i${n}`, 'Init', 60, 61))
  expect(quickly([service(0, 400), ran(50, 395, { subsegments: many })]).phases.initialization).toBe(30_000)
})

test('thirty thousand documents that hang in a chain, each below the next', () => {
  const chain = Array.from({ length: 30_000 }, (_, n) =>
    timed(`${n}`, 'n', 0, 1, { type: 'subsegment', parent_id: `${n + 1}` }),
  )
  expect(quickly([...chain, service(0, 400), ran(50, 395, { parent_id: '0' })]).invocations).toBe(2)
})

test('twenty thousand invocations', () => {
  const many = Array.from({ length: 20_000 }, (_, n) => [
    service(n, n + 10, { id: `s${n}` }),
    ran(n + 1, n + 9, { id: `f${n}`, parent_id: `s${n}` }),
  ])
  expect(quickly(many.flat())).toMatchObject({ invocations: 20_000, durationMs: 10 })
})

test.each<[string, Fields[]]>([
  ['itself', [service(0, 400, { parent_id: '5e7ce00000000001' }), ran(50, 395, { parent_id: 'f00c000000000001' })]],
  ['each other', [service(0, 400, { parent_id: 'f00c000000000001' }), ran(50, 395)]],
  [
    'what it encloses',
    [
      service(0, 400),
      ran(50, 395, {
        parent_id: 'b2',
        subsegments: [timed('b1', 'x', 60, 70, { subsegments: [timed('b2', 'y', 60, 70)] })],
      }),
    ],
  ],
  [
    'subsegments in a circle',
    [
      service(0, 400),
      ran(50, 395, { parent_id: 'c1' }),
      timed('c1', 'x', 60, 70, { type: 'subsegment', parent_id: 'c2' }),
      timed('c2', 'y', 60, 70, { type: 'subsegment', parent_id: 'c1' }),
    ],
  ],
])('inside of %s', (_, documents) => {
  expect(quickly(documents).invocations).toBeGreaterThan(0)
})

const KEYS = [
  'id',
  'parent_id',
  'name',
  'origin',
  'start_time',
  'end_time',
  'in_progress',
  'subsegments',
  'annotations',
  'aws',
  'http',
  'resource_arn',
  'type',
  '__proto__',
  'constructor',
]
const NAMES = [
  'orders',
  'Init',
  'Invocation',
  'Attempt #1',
  'constructor',
  '__proto__',
  'AWS::Lambda',
  'AWS::Lambda::Function',
  'a',
  'b',
]

test('documents of any form', () => {
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      fc.oneof(
        fc.constantFrom(...NAMES),
        fc.constantFrom(T0, T0 + 1, -1, 1e308, 0, 429),
        fc.boolean(),
        fc.constant(null),
      ),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(fc.constantFrom(...KEYS), tie('value'), { maxKeys: 12 }),
    ),
  }))
  const segment = fc
    .tuple(fc.dictionary(fc.constantFrom(...KEYS), value, { maxKeys: 12 }), fc.constantFrom(service(0, 9), ran(1, 8)))
    .map(([odd, usual]) => ({ ...usual, ...odd }))
  fc.assert(
    fc.property(fc.array(segment, { maxLength: 6 }), (documents) => {
      const trace = functionTrace(traceOf(...documents), ORDERS)
      expect(JSON.stringify(trace)).not.toMatch(/null|s3cr3t/)
      expect(waterfallSection(trace, 'orders').timeline?.bars).toHaveLength(trace.spans.length)
    }),
    { numRuns: 300 },
  )
})
