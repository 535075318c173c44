/** How far a run is, in words. */
import { describe, expect, test } from 'vitest'
import { foldRun, type JournalEntry } from '../../../src/core/run.js'
import { XtraceError } from '../../../src/errors.js'
import type { StepOutcome } from '../../../src/rollout/step-outcome.js'
import { Tally } from '../../../src/usecases/runs/tally.js'
import { headerOf } from '../../core/run/build-run.js'
import { grantStep, modeStep, planOf } from '../../rollout/support/steps.js'
import { VirtualClock } from '../../rollout/support/virtual-clock.js'

const steps = Array.from({ length: 200 }, (_, index) => modeStep(`f${index}`))
const grant = grantStep('orders')
const step = (index: number) => steps[index] ?? grant

function begun(entries: JournalEntry[] = []) {
  const clock = new VirtualClock()
  const plan = planOf(grant, ...steps)
  const tally = new Tally(plan, clock, foldRun(plan, headerOf(plan), entries))
  const end = (outcome: StepOutcome) => tally.note({ type: 'ended', outcome })
  /** Some steps end, one in every so many milliseconds. */
  const done = (from: number, to: number, every: number) => {
    for (let index = from; index < to; index++) {
      clock.advance(every)
      end({ step: step(index), status: 'done', changed: true })
    }
  }
  return { clock, tally, end, done }
}

const error = new XtraceError('ACCESS_DENIED', 'No.')

test('nothing yet: nothing to say', () => {
  const { tally } = begun()
  expect([tally.ended, tally.total, tally.besides()]).toEqual([0, 201, ''])
})

test('a step that begins is not one that has ended', () => {
  const { tally } = begun()
  tally.note({ type: 'started', step: grant })
  expect(tally.ended).toBe(0)
})

test('what an earlier process did does not count', () => {
  const at = '2026-11-22T17:57:00.000Z'
  const { tally } = begun([
    { type: 'done', step: grant.id, at, changed: true },
    { type: 'started', step: step(0).id, at },
    { type: 'failed', step: step(1).id, at, code: 'THROTTLED', message: 'Too fast.' },
  ])
  expect(tally.total).toBe(200)
})

describe('speed and what is left of the time', () => {
  test('not within the first second: it would be a guess', () => {
    const { tally, done } = begun()
    done(0, 9, 100)
    expect([tally.ended, tally.besides()]).toEqual([9, ''])
  })

  test('over all that was, at first', () => {
    const { tally, done } = begun()
    done(0, 20, 100)
    expect(tally.besides()).toBe('10.0/s, about 19 s left')
  })

  test('over the last fifteen seconds, later', () => {
    const { tally, done } = begun()
    done(0, 100, 50)
    done(100, 130, 1_000)
    expect(tally.besides()).toMatch(/^1\.[01]\/s, about \d\d s left$/)
  })

  test('long times in minutes', () => {
    const { tally, done } = begun()
    done(0, 4, 5_000)
    expect(tally.besides()).toMatch(/^0\.[23]\/s, about 1\d min left$/)
  })

  test('nothing for a quarter of a minute: no guess', () => {
    const { clock, tally, done } = begun()
    done(0, 20, 100)
    clock.advance(60_000)
    expect(tally.besides()).toBe('')
  })

  test('all done: none', () => {
    const { tally, end, done } = begun()
    done(0, 200, 100)
    end({ step: grant, status: 'done', changed: true })
    expect([tally.ended, tally.besides()]).toEqual([201, ''])
  })
})

describe('what was not done', () => {
  test('with the last failure: function or role, and why', () => {
    const { tally, end } = begun()
    end({ step: grant, status: 'failed', error, open: false })
    expect(tally.besides()).toBe('1 not done (last: orders: No.)')
    end({ step: step(3), status: 'failed', error, open: true })
    expect(tally.besides()).toBe('2 not done (last: f3: No.)')
    end({ step: step(4), status: 'left', error })
    expect([tally.ended, tally.besides()]).toEqual([3, '3 not done (last: f3: No.)'])
  })

  test('only left: there is no failure to name', () => {
    const { tally, end } = begun()
    end({ step: step(4), status: 'left', error })
    expect(tally.besides()).toBe('1 not done')
  })
})
