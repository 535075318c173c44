/** The question before a change: who is asked, what is counted, and how it is left. */
import { PassThrough } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { agreeTo, isAgreed } from '../../src/cli/agree.js'
import { makePlan, type Plan } from '../../src/core/plan/plan.js'
import { ACCOUNT, functionArn } from '../core/build-observation.js'
import { grantStep, modeStep, moveStep, planOf, publishStep, revoking } from '../rollout/support/steps.js'

const CTRL_C = '\u0003'

function terminal({ isTTY = true, rows = 24 } = {}) {
  const input = Object.assign(new PassThrough(), { isTTY })
  const output = Object.assign(new PassThrough(), { isTTY, columns: 80, rows })
  const shown: string[] = []
  output.on('data', (chunk) => shown.push(String(chunk)))
  return { input, output, shown: () => shown.join('') }
}

const ask = (plan: Plan, on: ReturnType<typeof terminal>) =>
  agreeTo(plan, [{ title: 'Roles', rows: [['+', 'orders']] }], { pause: () => undefined, colour: false }, on)

describe('nobody is asked', () => {
  const modes = planOf(modeStep('a'), modeStep('b'))
  const by = { named: false, picked: false, yes: false }

  test.each([
    ['neither named nor picked', by, false],
    ['named', { ...by, named: true }, true],
    ['picked', { ...by, picked: true }, true],
    ['--yes', { ...by, yes: true }, true],
  ])('about modes alone, %s: %o %s', (_, given, expected) => expect(isAgreed(modes, given)).toBe(expected))

  test.each([
    ['a grant', planOf(grantStep('orders'), modeStep('a'))],
    ['a grant alone', planOf(grantStep('orders', { blind: [functionArn('a')] }))],
    ['a permission taken back', planOf(modeStep('a', { from: 'Active', to: 'PassThrough' }), revoking('orders'))],
    ['an alias', planOf(publishStep('a'), moveStep('a'))],
  ])('%s was not seen in the list that was picked from', (_, plan) => {
    expect(isAgreed(plan, { ...by, picked: true })).toBe(false)
    expect(isAgreed(plan, { ...by, picked: true, yes: true })).toBe(true)
    expect(isAgreed(plan, { ...by, named: true })).toBe(true)
  })
})

describe('the question', () => {
  const refused = ['x', 'y'].map((name) => ({
    function: functionArn(name),
    code: 'UNSUPPORTED' as const,
    because: 'no',
  }))

  test.each([
    [[], `1 function and 1 role in 1 region of account ${ACCOUNT} would change. Go on? [y/N] `],
    [refused.slice(1), `1 function and 1 role in 1 region of account ${ACCOUNT} would change; 1 is refused. Go on?`],
    [refused, 'would change; 2 are refused. Go on? [y/N] '],
  ])('counts what is refused, however long the plan is', async (left, expected) => {
    const on = terminal()
    const answer = ask(makePlan([grantStep('orders'), modeStep('a')], [], left), on)
    on.input.write('y\n')
    expect(await answer).toBe(true)
    expect(on.shown()).toContain('+  orders')
    expect(on.shown()).toContain(expected)
  })

  test.each([
    [24, 'line 39\n… and 20 more lines; --dry-run shows all\n'],
    [50, 'line 46\n… and 13 more lines; --dry-run shows all\n'],
    [62, 'line 58\n… and 1 more line; --dry-run shows all\n'],
    [63, 'line 59\n\n'],
  ])('shows of a long plan what %i rows hold, forty lines at least', async (rows, end) => {
    const on = terminal({ rows })
    const lines = Array.from({ length: 60 }, (_, index) => [`line ${index}`])
    const answer = agreeTo(planOf(modeStep('a')), [{ rows: lines }], { pause: () => undefined, colour: false }, on)
    on.input.write('n\n')
    await answer
    expect(on.shown()).toContain(end)
  })

  test.each(['n\n', '\n', 'yes please\n'])('%j is no', async (typed) => {
    const on = terminal()
    const answer = ask(planOf(modeStep('a')), on)
    on.input.write(typed)
    expect(await answer).toBe(false)
  })

  test('Ctrl-C leaves its line before the error is told', async () => {
    const on = terminal()
    const answer = ask(planOf(modeStep('a')), on)
    on.input.write(CTRL_C)
    await expect(answer).rejects.toMatchObject({ code: 'INTERRUPTED', message: 'Interrupted: nothing was changed.' })
    expect(on.shown()).toMatch(/\[y\/N\] .*\n$/)
  })

  test('cannot be asked without a terminal', async () => {
    await expect(ask(planOf(modeStep('a')), terminal({ isTTY: false }))).rejects.toMatchObject({ code: 'USAGE' })
  })
})
