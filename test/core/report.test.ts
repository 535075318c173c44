/** The report that a use case starts from. */
import { expect, test } from 'vitest'
import { report } from '../../src/core/report.js'

test('a report has every part, empty where the use case has nothing to say', () => {
  expect(report('show', { functions: [] })).toEqual({
    schema: 'xtrace/show@1',
    outcome: 'ok',
    data: { functions: [] },
    table: [],
    findings: [],
    coverage: [],
    notes: [],
  })
})

test('what the use case has takes the place of what is empty', () => {
  const made = report('audit', {}, { outcome: 'drift', notes: ['one'], text: 'document' })
  expect(made).toMatchObject({
    schema: 'xtrace/audit@1',
    outcome: 'drift',
    notes: ['one'],
    text: 'document',
    table: [],
  })
})
