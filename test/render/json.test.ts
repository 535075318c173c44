/** The public JSON: its form, the order of its keys, and no byte that a terminal would obey. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type ReportedError, report } from '../../src/core/report.js'
import { renderJson, renderJsonError } from '../../src/render/json.js'
import { anyCharacter } from '../support/any-character.js'

const error: ReportedError = {
  code: 'FUNCTION_NOT_FOUND',
  message: 'Function orders does not exist.',
  suggestions: ['Check the name.'],
  exit: 5,
}
const full = report(
  'audit',
  { functions: [{ name: 'orders', weights: { 4: 0.1 } }] },
  {
    outcome: 'incomplete',
    table: [{ columns: ['FUNCTION'], rows: [['orders']] }],
    findings: [
      {
        id: 'XT001',
        severity: 'low',
        subject: 'arn',
        message: 'off',
        evidence: ['mode PassThrough'],
        repair: 'xtrace enable orders',
      },
    ],
    coverage: [{ account: '111122223333', region: 'us-east-1', status: 'denied-iam', reason: 'AccessDenied' }],
    notes: ['one'],
    text: 'a document',
  },
)

test('a report', async () => {
  await expect(renderJson(full)).toMatchFileSnapshot('golden/report.json')
})

test('a report of nothing but an error keeps what was read besides', async () => {
  await expect(renderJson({ ...full, outcome: 'refused', error })).toMatchFileSnapshot('golden/report-with-error.json')
})

test('an error with nothing else to report', async () => {
  await expect(renderJsonError('xtrace/show@1', error)).toMatchFileSnapshot('golden/error.json')
})

test('keys stand in one order, whatever order the report has them in', () => {
  const turned = Object.fromEntries(Object.entries(full).reverse()) as typeof full
  expect(Object.keys(turned)).not.toEqual(Object.keys(full))
  expect(renderJson(turned)).toBe(renderJson(full))
  expect(Object.keys(JSON.parse(renderJson(full)))).toEqual([
    'schema',
    'outcome',
    'data',
    'findings',
    'coverage',
    'notes',
  ])
})

test('control characters are escaped, in values and in names', () => {
  const text = renderJson(report('show', { 'a\u009b': 'b\u001b[2J\u0007\u007f\u0085\n' }))
  expect(text).toContain(String.raw`"a\u009b": "b\u001b[2J\u0007\u007f\u0085\n"`)
})

test('whatever the data holds: only line feeds as control characters, and it reads back as it was', () => {
  const data = fc.dictionary(fc.string({ unit: anyCharacter }), fc.string({ unit: anyCharacter }))
  fc.assert(
    fc.property(data, (held) => {
      const text = renderJson(report('show', held))
      expect(text.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u)
      expect(text.endsWith('}\n')).toBe(true)
      expect(JSON.stringify(JSON.parse(text).data)).toBe(JSON.stringify(held))
    }),
    { numRuns: 250 },
  )
})
