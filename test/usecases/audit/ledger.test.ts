/** What an audit keeps of each account, and what it hands out. */
import { expect, test } from 'vitest'
import { BUILT_IN_RULES } from '../../../src/core/rules/rules.js'
import type { AccountAudit } from '../../../src/usecases/audit/audit-account.js'
import { Ledger } from '../../../src/usecases/audit/ledger.js'
import type { AuditRequest, AuditTools } from '../../../src/usecases/audit/request.js'

const REQUEST: AuditRequest = {
  where: { accounts: 'own', entrance: { role: 'auditor' }, regions: ['us-east-1'], home: 'us-east-1' },
  choice: { selection: { match: [], exclude: [], runtimes: [], tags: [] } },
  source: { kind: 'lambda' },
  rules: BUILT_IN_RULES,
  today: '2026-11-22',
  latestOnly: false,
  acceptedGaps: [],
  failOn: ['drift'],
}

test('an account waits until what it hands out is taken', async () => {
  const taken: Array<() => void> = []
  const lines: object[] = []
  const ledger = new Ledger(REQUEST, {
    ...({} as AuditTools),
    handOut: (rows) => {
      lines.push(...rows)
      return new Promise((resolve) => taken.push(resolve))
    },
  })
  let absorbed = false
  const absorbing = ledger.absorb(accountWith('orders')).then(() => {
    absorbed = true
  })
  await new Promise(setImmediate)
  expect([absorbed, lines]).toEqual([false, [expect.objectContaining({ name: 'orders' })]])
  taken[0]?.()
  await absorbing
  expect(absorbed).toBe(true)
  void ledger.absorb(accountWith('billing'))
  expect(lines, 'what was handed out once is not handed out again').toHaveLength(2)
})

function accountWith(name: string): AccountAudit {
  const error = { code: 'FUNCTION_NOT_FOUND', message: 'Not found.', suggestions: [], exit: 4 } as const
  const row = { name, region: 'us-east-1', error } as unknown as AccountAudit['unread'][number]
  return { account: '123456789012', coverage: [], assessed: [], unread: [row], roles: new Map(), notes: [] }
}
