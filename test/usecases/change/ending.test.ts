/** How a change ends as a whole. */
import { describe, expect, test } from 'vitest'
import type { ReportedError } from '../../../src/core/report.js'
import { type ErrorCode, type ExitName, XtraceError } from '../../../src/errors.js'
import { endingOf } from '../../../src/usecases/change/ending.js'
import type { ChangeResult } from '../../../src/usecases/change/function-outcome.js'
import { reportedError } from '../../../src/usecases/failed-row.js'

interface Row {
  result: ChangeResult
  error?: ReportedError
}

const fine = (result: ChangeResult): Row => ({ result })
const bad = (code: ErrorCode, result: ChangeResult = 'failed'): Row => ({
  result,
  error: reportedError(new XtraceError(code, `${code} it is.`)),
})

test.each<[what: string, rows: Row[], outcome: ExitName, error: ErrorCode | undefined]>([
  ['nothing at all', [], 'ok', undefined],
  ['all done', [fine('changed'), fine('unchanged'), fine('granted')], 'ok', undefined],
  ['part done', [fine('changed'), bad('ACCESS_DENIED')], 'incomplete', undefined],
  ['nothing to do, and one refused', [fine('unchanged'), bad('UNSUPPORTED', 'refused')], 'incomplete', undefined],
  ['one refused', [bad('UNSUPPORTED', 'refused')], 'refused', 'UNSUPPORTED'],
  ['the mode set, the alias refused', [bad('ALIAS_DIFFERS', 'changed')], 'incomplete', undefined],
  ['the same as a dry run', [bad('ALIAS_DIFFERS', 'planned')], 'incomplete', undefined],
  ['all refused, each for its own reason', [bad('UNSUPPORTED'), bad('ACCESS_DENIED')], 'refused', 'UNSUPPORTED'],
  ['all failed by a fault', [bad('FAULT'), bad('FAULT')], 'fault', 'FAULT'],
  ['a fault among refusals', [bad('ACCESS_DENIED'), bad('FAULT')], 'refused', 'ACCESS_DENIED'],
  [
    'credentials that expired',
    [bad('ACCESS_DENIED'), bad('EXPIRED_CREDENTIALS', 'left')],
    'credentials',
    'ACCESS_DENIED',
  ],
  ['the same after something was done', [fine('changed'), bad('EXPIRED_CREDENTIALS', 'left')], 'incomplete', undefined],
  [
    'stopped by --max-errors at once',
    [bad('ACCESS_DENIED'), bad('TOO_MANY_FAILURES', 'left')],
    'incomplete',
    'ACCESS_DENIED',
  ],
  [
    'Ctrl-C, whatever was done',
    [fine('changed'), bad('STALE', 'refused'), bad('INTERRUPTED', 'left')],
    'interrupted',
    'INTERRUPTED',
  ],
  ['a stale plan, refused', [bad('STALE', 'refused')], 'stale', 'STALE'],
  ['a stale plan, the rest done', [fine('changed'), bad('STALE', 'refused')], 'stale', undefined],
  ['a stale plan, the rest failed', [bad('ACCESS_DENIED'), bad('STALE', 'refused')], 'stale', 'STALE'],
])('%s', (_, rows, outcome, error) => {
  const ending = endingOf(rows)
  expect(ending.outcome).toBe(outcome)
  expect(ending.error?.code).toBe(error)
})

test('a plan that was begun before is not stale any more, though not all of it is done', () => {
  expect(endingOf([fine('changed'), bad('STALE', 'refused')], true)).toEqual({ outcome: 'incomplete' })
  expect(endingOf([bad('ACCESS_DENIED'), bad('STALE', 'refused')], true)).toMatchObject({
    outcome: 'refused',
    error: { code: 'ACCESS_DENIED', exit: 5 },
  })
})

describe('the message', () => {
  test('of one failure is its own', () => {
    expect(endingOf([bad('ACCESS_DENIED')]).error).toMatchObject({ message: 'ACCESS_DENIED it is.', exit: 5 })
  })

  test('of several says how many, and the exit status is that of the whole', () => {
    const { error } = endingOf([bad('ACCESS_DENIED'), bad('TOO_MANY_FAILURES', 'left')])
    expect(error).toMatchObject({
      message: 'None of the 2 functions could be changed. The first: ACCESS_DENIED it is.',
      exit: 6,
    })
  })
})
