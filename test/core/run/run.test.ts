/** What a journal says of a run, entry by entry. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  foldRun,
  type JournalEntry,
  leftOf,
  markUndone,
  type RunSummary,
  type StepState,
  summaryOf,
} from '../../../src/core/run.js'
import { XtraceError } from '../../../src/errors.js'
import { anyEntry } from './any-entry.js'
import { AT, done, ended, failed, HEADER, headerOf, PLAN, planOf, STEP, started } from './build-run.js'

const { a, b, grant } = STEP
const fold = (entries: JournalEntry[]) => foldRun(PLAN, HEADER, entries)

test.each<[what: string, entries: JournalEntry[], state: StepState]>([
  ['nothing', [], { state: 'todo' }],
  ['another step', [done(b)], { state: 'todo' }],
  ['started', [started(a)], { state: 'started' }],
  ['done', [started(a), done(a)], { state: 'done', changed: true }],
  ['done by somebody else', [started(a), done(a, false)], { state: 'done', changed: false }],
  ['done with a note', [{ ...done(a), note: '7' } as JournalEntry], { state: 'done', changed: true, note: '7' }],
  ['failed', [started(a), failed(a)], { state: 'failed', code: 'CONFLICT', message: 'Busy: ünd "so".' }],
  ['failed, begun again', [failed(a), ended, started(a)], { state: 'started' }],
  ['failed, then done', [failed(a), ended, started(a), done(a)], { state: 'done', changed: true }],
])('%s', (_, entries, state) => {
  expect(fold(entries).steps.get(a)).toEqual(state)
})

test('every step of the plan has a state, whatever the journal says', () => {
  expect([...fold([]).steps.keys()]).toEqual(PLAN.steps.map((step) => step.id))
})

test('a run has ended when that is its last word', () => {
  expect(fold([done(a), ended]).ended).toBe('incomplete')
  expect(fold([done(a), ended, started(b)])).not.toHaveProperty('ended')
  expect(fold([])).not.toHaveProperty('ended')
})

test('an entry about a step that the plan does not have is refused', () => {
  const run = () => fold([done(a), started('setMode:other')])
  expect(run).toThrow(XtraceError)
  expect(run).toThrow(expect.objectContaining({ code: 'UNREADABLE_RUN', exit: 'usage' }))
})

describe('properties', () => {
  const entries = fc.array(anyEntry, { maxLength: 30 })
  const about = (entry: JournalEntry) => (entry.type === 'ended' ? undefined : entry.step)

  test('folding a part and then the rest is folding all', () => {
    fc.assert(
      fc.property(entries, entries, (first, rest) => {
        const before = fold(first).steps
        const after = fold(rest).steps
        const mentioned = new Set(rest.map(about))
        const both = new Map(PLAN.steps.map(({ id }) => [id, (mentioned.has(id) ? after : before).get(id)]))
        expect(fold([...first, ...rest]).steps).toEqual(both)
      }),
    )
  })

  test('the order between entries about different steps is irrelevant', () => {
    fc.assert(
      fc.property(entries, (all) => {
        const sorted = PLAN.steps.flatMap(({ id }) => all.filter((entry) => about(entry) === id))
        expect(fold(sorted).steps).toEqual(fold(all).steps)
      }),
    )
  })

  test('what is left and what is done is the whole plan, in its order', () => {
    fc.assert(
      fc.property(entries, (all) => {
        const state = fold(all)
        const left = new Set(leftOf(PLAN, state))
        expect([...left]).toEqual(PLAN.steps.filter((step) => left.has(step)))
        for (const step of PLAN.steps) expect(state.steps.get(step.id)?.state === 'done').toBe(!left.has(step))
        const { done, failed, left: todo } = summaryOf(state, false)
        expect(done + failed + todo).toBe(PLAN.steps.length)
        expect(failed + todo).toBe(left.size)
      }),
    )
  })
})

describe('the summary', () => {
  test('counts grants like other steps, and what is only begun as left', () => {
    expect(summaryOf(fold([done(grant), failed(a), started(b)]), false)).toEqual({
      id: HEADER.run,
      command: 'enable',
      startedAt: HEADER.startedAt,
      state: 'incomplete',
      done: 1,
      failed: 1,
      left: 4,
      refused: 1,
    })
  })

  test.each(['INTERRUPTED', 'EXPIRED_CREDENTIALS'] as const)(
    'a step that %s kept from being begun is left, not failed',
    (code) => {
      const state = fold([started(a), { type: 'failed', step: a, at: AT, code, message: 'No further call was made.' }])
      expect(state.steps.get(a)).toEqual({ state: 'todo' })
      expect(summaryOf(state, false)).toMatchObject({ done: 0, failed: 0, left: 6 })
    },
  )

  test('is finished when every step is done, whether or not the end was written', () => {
    const all = PLAN.steps.map((step) => done(step.id))
    expect(summaryOf(fold(all), false)).toMatchObject({ state: 'finished', failed: 0, left: 0 })
    expect(summaryOf(foldRun(planOf([]), HEADER, []), false).state).toBe('finished')
  })

  test('is running while a process has it, and says which run is undone', () => {
    const undo = foldRun(PLAN, headerOf(PLAN, { command: 'undo', of: 'other' }), [ended])
    expect(summaryOf(undo, true)).toMatchObject({ command: 'undo', of: 'other', state: 'running' })
  })
})

describe('runs that were taken back', () => {
  const one = (id: string, of?: string, state: RunSummary['state'] = 'finished'): RunSummary => ({
    ...{ id, command: of === undefined ? 'enable' : 'undo', startedAt: '2026-11-22T17:57:00.000Z', state },
    ...{ done: 1, failed: 0, left: 0, refused: 0, ...(of !== undefined && { of }) },
  })
  const states = (...newestFirst: RunSummary[]) => markUndone(newestFirst).map(({ id, state }) => `${id} ${state}`)

  test('are undone, finished or not', () => {
    expect(states(one('c', 'b'), one('b'), one('a'))).toEqual(['c finished', 'b undone', 'a finished'])
    expect(states(one('c', 'b'), one('b', undefined, 'incomplete'))).toEqual(['c finished', 'b undone'])
  })

  test('are not, while the undo is not at its end, or was undone itself', () => {
    expect(states(one('c', 'b', 'incomplete'), one('b'))).toEqual(['c incomplete', 'b finished'])
    expect(states(one('d', 'c'), one('c', 'b'), one('b'))).toEqual(['d finished', 'c undone', 'b finished'])
    expect(states({ ...one('c', 'b'), refused: 1 }, one('b'))).toEqual(['c finished', 'b finished'])
  })
})
