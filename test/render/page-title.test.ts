/** What a page is called: its subject, and whose it is. */
import { expect, test } from 'vitest'
import type { Coverage } from '../../src/core/report.js'
import { report } from '../../src/core/report.js'
import { pageTitle } from '../../src/render/page-title.js'

const read = (account: string, region: string): Coverage => ({ account, region, status: 'read' })
const FEW = [read('111122223333', 'us-east-1'), read('111122223333', 'eu-west-1')]
const OF = { functions: [{ account: '111122223333' }, { account: '111122223333' }] }

test.each([
  ['an audit of an account', 'audit', {}, FEW, 'Lambda tracing, account 111122223333'],
  ['an audit of two', 'audit', {}, [...FEW, read('999900001111', 'us-east-1')], 'Lambda tracing, 2 accounts'],
  ['named functions, which cover no place', 'verify', OF, [], 'Arrival of Lambda traces, account 111122223333'],
  ['places before functions', 'cost', { functions: [] }, FEW, 'Cost of Lambda tracing, account 111122223333'],
  ['a function of nobody knows whom', 'verify', { functions: [{ account: null }] }, [], 'Arrival of Lambda traces'],
  ['templates', 'template-check', { templates: [] }, [], 'Lambda tracing in templates'],
  ['anything else by its command', 'runs', { runs: [] }, [], 'xtrace runs'],
])('%s', (_, command, data, coverage, title) => {
  expect(pageTitle(report(command, data, { coverage }))).toBe(title)
})
