/** NDJSON: rows, then findings, then the line that says how it ended. */
import { expect, test } from 'vitest'
import { report } from '../../src/core/report.js'
import { endEvent, findingEvent, renderLine, renderNdjson } from '../../src/render/ndjson.js'
import { audit } from './audit-report.js'

const linesOf = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))

test('an audit', async () => {
  await expect(renderNdjson(audit)).toMatchFileSnapshot('golden/audit.ndjson')
})

test('the pieces make the same lines as the whole, for whoever prints them as they come', () => {
  const rows = [{ name: 'orders' }, { name: 'legacy_jobs' }]
  const pieces = [...rows, ...audit.findings.map(findingEvent), endEvent(audit)]
  expect(pieces.map(renderLine).join('')).toBe(renderNdjson(audit))
})

test('an error ends it; data without counts has none', () => {
  const error = { code: 'FAULT' as const, message: 'Broken.', suggestions: [], exit: 1 }
  expect(linesOf(renderNdjson(report('runs', { runs: [{ id: 'a' }] }, { outcome: 'fault', error })))).toEqual([
    { id: 'a' },
    { event: 'end', schema: 'xtrace/runs@1', outcome: 'error', error, coverage: [], notes: [] },
  ])
})

test.each([
  ['no data', null, []],
  ['data that is no list', { plan: 'p', counts: { steps: 2 } }, [{ plan: 'p', counts: { steps: 2 } }]],
])('%s', (_, data, rows) => {
  expect(linesOf(renderNdjson(report('apply', data))).slice(0, -1)).toEqual(rows)
})

test('a line is a line, and no control character is in it', () => {
  expect(renderLine({ a: 'b\n\u001b[2J\u009b' })).toBe('{"a":"b\\n\\u001b[2J\\u009b"}\n')
})
