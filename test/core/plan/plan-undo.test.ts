/** How a run is taken back: step by step against what stands there now. */
import { describe, expect, test } from 'vitest'
import type { Alias, LambdaFunction } from '../../../src/core/lambda-function.js'
import type { Plan, Step } from '../../../src/core/plan/plan.js'
import { planUndo, type UndoEvidence, type UndoPlan } from '../../../src/core/plan/plan-undo.js'
import type { RunState, StepState } from '../../../src/core/run.js'
import {
  grantStep,
  modeStep,
  moveStep,
  POLICY,
  planOf,
  publishStep,
  revoking,
  roleArn,
} from '../../rollout/support/steps.js'
import { fn, functionArn } from '../build-observation.js'
import { headerOf } from '../run/build-run.js'

const DONE: StepState = { state: 'done', changed: true }
const HIS: StepState = { state: 'done', changed: false }
const ORDERS = { role: roleArn('orders') }
const grant = grantStep('orders')
const a = modeStep('a', { after: [grant.id] })

interface Now {
  functions?: LambdaFunction[]
  aliases?: Alias[]
  roles?: UndoEvidence['roles']
}

/** Every step is done, where `states` does not say otherwise; aliases are those of function a. */
function undo(steps: Step[], now: Now, states: Record<string, StepState> = {}): UndoPlan {
  const plan: Plan = planOf(...steps)
  const state: RunState = {
    header: headerOf(plan),
    steps: new Map(plan.steps.map((step) => [step.id, states[step.id] ?? DONE])),
    refused: 0,
  }
  return planUndo(plan, state, {
    functions: new Map((now.functions ?? []).map((one) => [one.arn, one])),
    aliases: new Map([[functionArn('a'), now.aliases ?? []]]),
    roles: now.roles ?? { inUse: new Set() },
  })
}

const kinds = ({ plan }: UndoPlan) => plan.steps.map((step) => step.kind)
const active = fn('a', { ...ORDERS, mode: 'Active', revisionId: 'now' })

describe('modes', () => {
  test('go back, against the revision that stands there now', () => {
    const { plan, kept } = undo([modeStep('a')], { functions: [active] })
    expect(plan.steps).toEqual([{ ...modeStep('a'), from: 'Active', to: 'PassThrough', revisionId: 'now', after: [] }])
    expect([kept, plan.unchanged, plan.refused]).toEqual([[], [], []])
  })

  test('somebody has set it back already: left alone', () => {
    const { plan } = undo([modeStep('a')], { functions: [fn('a')] })
    expect(plan).toMatchObject({
      steps: [],
      unchanged: [{ function: functionArn('a'), because: 'its mode is PassThrough already' }],
    })
  })

  test('the function is gone: said, and no more', () => {
    const { plan } = undo([modeStep('a'), modeStep('b')], { functions: [fn('b', { mode: 'Active' })] })
    expect(plan.steps).toHaveLength(1)
    expect(plan.refused).toMatchObject([{ function: functionArn('a'), code: 'FUNCTION_NOT_FOUND' }])
  })

  test.each<[what: string, state: StepState]>([
    ['somebody else had done it', HIS],
    ['it failed', { state: 'failed', code: 'ACCESS_DENIED', message: 'No.' }],
    ['it was never begun', { state: 'todo' }],
  ])('%s: not ours to take back', (_, state) => {
    const undone = undo([modeStep('a')], { functions: [active] }, { [modeStep('a').id]: state })
    expect(undone).toMatchObject({ plan: { steps: [], unchanged: [], refused: [] }, kept: [] })
  })

  test('begun and never heard of again: what stands there tells', () => {
    const states: Record<string, StepState> = { [modeStep('a').id]: { state: 'started' } }
    expect(kinds(undo([modeStep('a')], { functions: [active] }, states))).toEqual(['setMode'])
    expect(undo([modeStep('a')], { functions: [fn('a')] }, states).plan).toMatchObject({ steps: [], unchanged: [{}] })
  })
})

describe('grants', () => {
  test('are taken back last, after every function that traces with the role', () => {
    const apart = modeStep('z')
    const z = fn('z', { mode: 'Active', role: roleArn('payments') })
    const { plan, kept } = undo([grant, a, apart], { functions: [active, z] })
    expect(kept).toEqual([])
    expect(plan.steps.at(-1)).toEqual({
      kind: 'revoke',
      id: `revoke:${roleArn('orders')}:managed`,
      role: roleArn('orders'),
      how: 'managed',
      policy: POLICY,
      after: [a.id],
    })
  })

  test('inline as inline', () => {
    const inline = grantStep('orders', { how: 'inline', policy: 'xtrace-xray-write' })
    expect(undo([inline], {}).plan.steps).toMatchObject([{ how: 'inline', policy: 'xtrace-xray-write', after: [] }])
  })

  test('stay where another function traces with the role, or where that cannot be known', () => {
    const used = undo([grant, a], { functions: [active], roles: { inUse: new Set([roleArn('orders')]) } })
    expect(kinds(used)).toEqual(['setMode'])
    expect(used.kept).toEqual(['role orders keeps its permission: another function traces with it now'])
    const dark = undo([grant, a], { functions: [active], roles: { because: 'eu-west-1 could not be read' } })
    expect(kinds(dark)).toEqual(['setMode'])
    expect(dark.kept).toEqual(['role orders keeps its permission: eu-west-1 could not be read'])
  })

  test('that were begun and never heard of again are taken back too: what is not there counts as away', () => {
    expect(kinds(undo([grant], {}, { [grant.id]: { state: 'started' } }))).toEqual(['revoke'])
  })

  test('that failed or were never begun are not', () => {
    for (const state of ['failed', 'todo'] as const)
      expect(kinds(undo([grant], {}, { [grant.id]: { state } }))).toEqual([])
  })

  test('a function that has another role by now is not waited for', () => {
    const moved = { ...active, role: roleArn('new') }
    expect(undo([grant, a], { functions: [moved] }).plan.steps).toMatchObject([{ kind: 'setMode' }, { after: [] }])
  })
})

describe('aliases', () => {
  const steps = [publishStep('a'), moveStep('a', { from: { version: '3', weights: { 2: 0.25 } } })]
  const states = { [publishStep('a').id]: { ...DONE, note: '7' } }
  const moved: Alias = { name: 'live', version: '7', weights: {}, revisionId: 'live-now' }
  const stays = 'version 7 of arn:aws:lambda:us-east-1:111122223333:function:a stays: a version cannot be unpublished'
  const changed = 'alias live of arn:aws:lambda:us-east-1:111122223333:function:a stays: somebody has changed it since'

  test('go back to what they served, weights included; the version stays', () => {
    const { plan, kept } = undo(steps, { functions: [active], aliases: [moved] }, states)
    expect(plan.steps).toEqual([
      {
        kind: 'moveAlias',
        id: moveStep('a').id,
        function: functionArn('a'),
        alias: 'live',
        from: { version: '7', weights: {} },
        to: { version: '3', weights: { 2: 0.25 } },
        revisionId: 'live-now',
        after: [],
      },
    ])
    expect(kept).toEqual([stays])
  })

  test.each<[what: string, now: Alias[]]>([
    ['serves a newer version', [{ ...moved, version: '8' }]],
    ['splits its traffic by now', [{ ...moved, weights: { 8: 0.1 } }]],
    ['serves what it served before, but split in another way', [{ ...moved, version: '3', weights: { 2: 0.5 } }]],
    ['is gone', []],
    ['has another name', [{ ...moved, name: 'beta' }]],
  ])('that somebody has changed since stay: it %s', (_, aliases) => {
    const { plan, kept } = undo(steps, { functions: [active], aliases }, states)
    expect(plan.steps).toEqual([])
    expect(kept).toEqual([stays, changed])
  })

  test('that serve what they served before are back already', () => {
    const back: Alias = { ...moved, version: '3', weights: { 2: 0.25 } }
    for (const state of [DONE, { state: 'started' } as const]) {
      const { plan, kept } = undo(
        steps,
        { functions: [active], aliases: [back] },
        { ...states, [moveStep('a').id]: state },
      )
      expect(plan).toMatchObject({ steps: [], unchanged: [{ because: 'alias live serves version 3 already' }] })
      expect(kept).toEqual([stays])
    }
  })

  test('of a function that is gone', () => {
    expect(undo(steps, {}, states).plan).toMatchObject({ steps: [], refused: [{ code: 'FUNCTION_NOT_FOUND' }] })
  })

  test('that were moved to a version which was there before, as an undo does', () => {
    const again = undo(
      [moveStep('a', { from: { version: '7', weights: {} }, to: { version: '3', weights: { 2: 0.25 } } })],
      {
        functions: [active],
        aliases: [{ ...moved, version: '3', weights: { 2: 0.25 } }],
      },
    )
    expect(again.plan.steps).toMatchObject([{ to: { version: '7', weights: {} } }])
  })
})

describe('undoing disable --revoke', () => {
  const off = modeStep('a', { from: 'Active', to: 'PassThrough' })
  const managed = revoking('orders', { after: [off.id] })
  const inline = revoking('orders', {
    id: `revoke:${roleArn('orders')}:inline`,
    how: 'inline',
    policy: 'xtrace-xray-write',
    after: [off.id],
  })

  test('gives back everything that the role had lost, before any function of it is turned on', () => {
    const z = modeStep('z', { from: 'Active', to: 'PassThrough' })
    const { plan } = undo([off, z, managed, inline], {
      functions: [fn('a', ORDERS), fn('z', { role: roleArn('payments') })],
    })
    const grants = plan.steps.filter((step) => step.kind === 'grant')
    expect(grants.map(({ how, policy }) => [how, policy]).sort()).toEqual([
      ['inline', 'xtrace-xray-write'],
      ['managed', POLICY],
    ])
    const modes = plan.steps.flatMap((step) => (step.kind === 'setMode' ? [[step.to, step.after]] : []))
    expect(modes).toEqual([
      ['Active', grants.map((step) => step.id)],
      ['Active', []],
    ])
  })

  test('a permission that was not taken is not given', () => {
    expect(kinds(undo([managed], {}, { [managed.id]: { state: 'todo' } }))).toEqual([])
  })
})

test('nothing done, nothing to undo', () => {
  const steps = [grant, a, publishStep('a'), moveStep('a'), revoking('x')]
  const states = Object.fromEntries(steps.map((step) => [step.id, { state: 'todo' } as const]))
  expect(undo(steps, { functions: [active] }, states)).toMatchObject({
    plan: { steps: [], unchanged: [], refused: [] },
    kept: [],
  })
})
