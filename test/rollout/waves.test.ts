/** How a plan is cut into waves. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Limit } from '../../src/core/limit.js'
import { type Wave, wavesOf } from '../../src/rollout/waves.js'
import { grantStep, modeStep, moveStep, planOf, publishStep, revoking } from './support/steps.js'

const names = (count: number) => Array.from({ length: count }, (_, index) => `f${String(index).padStart(3, '0')}`)
const sizes = (waves: Wave[]) => waves.map((wave) => wave.work.length)
const all = (count: number) => planOf(...names(count).map((name) => modeStep(name)))

describe('cumulative', () => {
  test.each<[limits: Limit[], functions: number, sizes: number[]]>([
    [[], 10, [10]],
    [[{ count: 1 }, { percent: 10 }, { percent: 100 }], 50, [1, 4, 45]],
    [[{ count: 1 }], 10, [1, 9]],
    [[{ percent: 1 }], 10, [1, 9]],
    [[{ count: 5 }, { count: 5 }], 10, [5, 5]],
    [[{ percent: 50 }, { count: 1 }], 10, [1, 4, 5]],
    [[{ count: 99 }, { percent: 100 }], 10, [10]],
    [[{ percent: 7 }], 100, [7, 93]],
    [[{ count: 0 }], 3, [3]],
    [[{ count: 1 }], 0, []],
  ])('%j of %i', (limits, functions, expected) => {
    expect(sizes(wavesOf(all(functions), limits))).toEqual(expected)
  })
})

test('all steps of a function are one work, in their order', () => {
  const [wave] = wavesOf(planOf(moveStep('a'), publishStep('a', { after: [modeStep('a').id] }), modeStep('a')), [])
  expect(wave?.work).toHaveLength(1)
  expect(wave?.work[0]).toMatchObject({
    place: '111122223333 us-east-1',
    steps: [{ kind: 'setMode' }, { kind: 'publish' }, { kind: 'moveAlias' }],
  })
  expect(wave?.work[0]).not.toHaveProperty('gate')
})

test('the gate is the grant that the mode waits for', () => {
  const grant = grantStep('orders')
  const waves = wavesOf(
    planOf(grant, modeStep('a', { after: [grant.id] }), publishStep('b', { after: [grant.id] })),
    [],
  )
  expect(waves[0]?.work.map((work) => work.gate)).toEqual([grant.id, undefined])
})

test('a plan of grants alone is one wave, however it is cut', () => {
  const plan = planOf(grantStep('orders'), grantStep('payments'))
  for (const limits of [[], [{ count: 1 }, { percent: 100 }]])
    expect(wavesOf(plan, limits).map(({ grants, work }) => [grants.length, work.length])).toEqual([[2, 0]])
})

test('a grant comes in the first wave that needs it, once; one that nobody waits for in the last', () => {
  const [first, late, alone] = ['first', 'late', 'alone'].map((name) => grantStep(name))
  if (!first || !late || !alone) throw new Error('three grants')
  const plan = planOf(
    first,
    late,
    alone,
    modeStep('a', { after: [first.id] }),
    modeStep('b', { after: [first.id] }),
    modeStep('c', { after: [late.id] }),
  )
  const grants = (limits: Limit[]) => wavesOf(plan, limits).map((wave) => wave.grants.map((grant) => grant.id))
  expect(grants([{ count: 1 }, { count: 2 }])).toEqual([[first.id], [], [late.id, alone.id]])
  expect(grants([])).toEqual([[first.id, late.id, alone.id]])
})

test('grants alone are a wave, revokes belong to none', () => {
  expect(wavesOf(planOf(grantStep('orders')), [{ count: 1 }])).toMatchObject([
    { grants: [{ kind: 'grant' }], work: [] },
  ])
  expect(wavesOf(planOf(revoking('orders')), [])).toEqual([])
})

test('every function is in exactly one wave, every grant in the first one that needs it', () => {
  const limit: fc.Arbitrary<Limit> = fc.oneof(
    fc.nat(30).map((count) => ({ count })),
    fc.nat(100).map((percent) => ({ percent })),
  )
  const world = fc.array(fc.record({ role: fc.option(fc.nat(5)), publishes: fc.boolean() }), { maxLength: 25 })
  fc.assert(
    fc.property(world, fc.array(limit, { maxLength: 5 }), (functions, limits) => {
      const roles = [...new Set(functions.flatMap(({ role }) => role ?? []))]
      const plan = planOf(
        ...roles.map((role) => grantStep(`r${role}`)),
        ...functions.flatMap(({ role, publishes }, index) => {
          const mode = modeStep(`f${index}`, { after: role === null ? [] : [grantStep(`r${role}`).id] })
          return publishes ? [mode, publishStep(`f${index}`, { after: [mode.id] })] : [mode]
        }),
      )
      const waves = wavesOf(plan, limits)
      const steps = waves.flatMap((wave) => [...wave.grants, ...wave.work.flatMap((work) => work.steps)])
      expect(steps.map((step) => step.id).sort()).toEqual(plan.steps.map((step) => step.id).sort())
      const functionsOf = waves.flatMap((wave) => wave.work.map((work) => work.steps[0]))
      expect(functionsOf).toHaveLength(functions.length)
      const granted = new Set<string>()
      for (const wave of waves) {
        const needed = new Set(wave.work.flatMap((work) => work.steps.flatMap((step) => step.after)))
        for (const grant of wave.grants) {
          expect(needed).toContain(grant.id)
          granted.add(grant.id)
        }
        for (const id of needed) if (id.startsWith('grant:')) expect(granted).toContain(id)
      }
      expect(waves.every((wave) => wave.work.length > 0)).toBe(true)
    }),
  )
})
