/** What became of each function, from its steps. */
import { describe, expect, test } from 'vitest'
import { makePlan, type Plan, type Step } from '../../../src/core/plan/plan.js'
import { type ErrorCode, XtraceError } from '../../../src/errors.js'
import type { StepOutcome } from '../../../src/rollout/step-outcome.js'
import {
  type FunctionOutcome,
  functionOutcomes,
  outcomeOfSteps,
} from '../../../src/usecases/change/function-outcome.js'
import { functionArn } from '../../core/build-observation.js'
import { grantStep, modeStep, moveStep, planOf, publishStep } from '../../rollout/support/steps.js'

const A = functionArn('a')
const mode = modeStep('a')
const done = (step: Step, changed = true): StepOutcome => ({ step, status: 'done', changed })
const error = (code: ErrorCode) => new XtraceError(code, `${code} it is.`)
const failed = (step: Step): StepOutcome => ({ step, status: 'failed', error: error('ACCESS_DENIED'), open: false })
const left = (step: Step): StepOutcome => ({ step, status: 'left', error: error('INTERRUPTED') })

function outcome(plan: Plan, ...ends: StepOutcome[]): FunctionOutcome | undefined {
  return functionOutcomes(plan, new Map(ends.map((one) => [one.step.id, one]))).get(A)
}

const MODES = { from: 'PassThrough', to: 'Active' }
const [publish, move] = [publishStep('a'), moveStep('a')]
const whole = planOf(mode, publish, move)

test.each<[what: string, ends: StepOutcome[], expected: object]>([
  ['nothing was carried out', [], { ...MODES, result: 'planned' }],
  ['all done', [done(mode), done(publish), done(move)], { ...MODES, result: 'changed' }],
  [
    'done by somebody else',
    [done(mode, false), done(publish, false), done(move, false)],
    { ...MODES, result: 'unchanged' },
  ],
  ['one of them done by us', [done(mode, false), done(publish), done(move)], { ...MODES, result: 'changed' }],
  [
    'the first failed',
    [failed(mode), failed(publish), failed(move)],
    { ...MODES, result: 'failed', error: { code: 'ACCESS_DENIED' } },
  ],
  [
    'the last failed',
    [done(mode), done(publish), failed(move)],
    { ...MODES, result: 'failed', error: { code: 'ACCESS_DENIED' } },
  ],
  [
    'stopped on the way',
    [done(mode), left(publish), left(move)],
    { ...MODES, result: 'left', error: { code: 'INTERRUPTED' } },
  ],
])('%s', (_, ends, expected) => {
  expect(outcome(whole, ...ends)).toMatchObject(expected)
})

test('stopped in the middle of a step: that AWS may have taken it is said', () => {
  const open: StepOutcome = { step: mode, status: 'left', error: error('INTERRUPTED'), open: true }
  expect(outcome(whole, open, left(publish), left(move))).toMatchObject({
    result: 'left',
    error: { code: 'INTERRUPTED', message: 'INTERRUPTED it is. What was under way may have been done all the same.' },
  })
  expect(outcome(whole, left(mode), left(publish), left(move))?.error?.message).toBe('INTERRUPTED it is.')
})

test('a function without a change of mode has none to show', () => {
  expect(outcome(planOf(publish, move), done(publish), done(move))).toEqual({ result: 'changed' })
})

describe('beside the steps', () => {
  test('unchanged and refused functions have a row each, a refusal as a sentence', () => {
    const because = 'runtime python2.7 is blocked'
    const plan = makePlan(
      [],
      [{ function: functionArn('b'), because: 'already Active' }],
      [{ function: A, code: 'RUNTIME_BLOCKED', because }],
    )
    const found = functionOutcomes(plan, new Map())
    expect(found.get(functionArn('b'))).toEqual({ result: 'unchanged' })
    expect(found.get(A)).toMatchObject({
      result: 'refused',
      error: { code: 'RUNTIME_BLOCKED', message: 'Runtime python2.7 is blocked.' },
    })
  })

  test('a function that was changed, and whose alias was refused, shows both', () => {
    const plan = makePlan([mode], [], [{ function: A, code: 'ALIAS_DIFFERS', because: 'it differs.' }])
    expect(outcome(plan, done(mode))).toMatchObject({ ...MODES, result: 'changed', error: { message: 'it differs.' } })
  })

  test('where a step failed too, its failure is what the row tells of', () => {
    const plan = makePlan([mode], [], [{ function: A, code: 'ALIAS_WEIGHTED', because: 'it splits its traffic.' }])
    expect(outcome(plan, failed(mode))).toMatchObject({ result: 'failed', error: { code: 'ACCESS_DENIED' } })
  })
})

test('only the role of a function had to change: its grant tells', () => {
  const grant = grantStep('orders')
  const of = (...ends: StepOutcome[]) => outcomeOfSteps([grant], new Map(ends.map((one) => [one.step.id, one])))
  expect(of(done(grant))).toEqual({ result: 'changed' })
  expect(of(failed(grant))).toMatchObject({ result: 'failed' })
  expect(of()).toEqual({ result: 'planned' })
})
