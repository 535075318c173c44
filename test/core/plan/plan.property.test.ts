/** What holds for the plan of every set of functions and roles. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { LambdaFunction } from '../../../src/core/lambda-function.js'
import type { Plan } from '../../../src/core/plan/plan.js'
import { type PlanRequest, planChange } from '../../../src/core/plan/plan-change.js'
import { afterGrant } from '../../../src/core/policy/grant.js'
import { traceWritePermission } from '../../../src/core/policy/permission.js'
import type { Role } from '../../../src/core/policy/role.js'
import { ACCOUNT, fn, functionArn, observation } from '../build-observation.js'
import { allow, BOTH, deny, inline, managed, role } from '../policy/build-role.js'

const onlyIn = (region: string) => ({ Condition: { StringEquals: { 'aws:RequestedRegion': region } } })

/** Every kind of role that a plan tells apart, each under its own name. */
const ROLES: Role[] = Object.entries<Partial<Role>>({
  bare: {},
  writer: { policies: [inline('trace', allow(BOTH))] },
  half: { policies: [inline('trace', allow(BOTH[0]))] },
  regional: { policies: [inline('trace', allow(BOTH, onlyIn('us-east-1')))] },
  guarded: { policies: [inline('guard', deny('xray:*', onlyIn('eu-west-1')))] },
  denied: { policies: [inline('guard', deny('xray:*'))] },
  fenced: { boundary: managed('ops', allow('s3:*')) },
  partly: { policies: [{ ...managed('team'), unreadable: 'AccessDenied' }] },
  unread: { unreadable: 'AccessDenied' },
  deleted: { missing: true },
}).map(([name, more]) => role([], { arn: `arn:aws:iam::${ACCOUNT}:role/${name}`, name, ...more }))

const anyFunction: fc.Arbitrary<LambdaFunction> = fc
  .record({
    name: fc.constantFrom('a', 'B', 'c-1', 'c_1', 'Z'),
    region: fc.constantFrom('us-east-1', 'eu-west-1'),
    role: fc.constantFrom(...ROLES.map(({ arn }) => arn)),
    mode: fc.constantFrom('Active' as const, 'PassThrough' as const),
    runtime: fc.constantFrom('nodejs22.x', 'nodejs22.x', 'nodejs22.x', 'python2.7'),
    edgeReplicaOf: fc.constantFrom(undefined, undefined, undefined, functionArn('edge')),
  })
  .map(({ name, edgeReplicaOf, ...more }) =>
    fn(name, { ...more, ...(edgeReplicaOf !== undefined && { edgeReplicaOf }) }),
  )

interface World {
  functions: LambdaFunction[]
  roles: Role[]
}

const anyWorld: fc.Arbitrary<World> = fc.record({
  functions: fc.uniqueArray(anyFunction, { selector: ({ arn }) => arn, maxLength: 10 }),
  roles: fc.constant(ROLES),
})
const anyWish = fc.record({
  to: fc.constantFrom('Active' as const, 'Active' as const, 'PassThrough' as const),
  grants: fc.constantFrom('managed' as const, 'inline' as const, 'none' as const),
})
type Wish = Pick<PlanRequest, 'to' | 'grants'>

function planOf({ functions, roles }: World, wish: Wish): Plan {
  const byArn = new Map(roles.map((one) => [one.arn, one]))
  const observations = functions.map((one) => {
    const its = byArn.get(one.role)
    if (!its) throw new Error(`no role ${one.role}`)
    return observation(one, { permission: traceWritePermission(its, one) })
  })
  return planChange({ ...wish, observations, roles: byArn })
}

/** The world as it would be when every step has been carried out. */
function carriedOut({ functions, roles }: World, plan: Plan): World {
  const modes = new Map(
    plan.steps.flatMap((step) => (step.kind === 'setMode' ? [[step.function, step.to] as const] : [])),
  )
  const grants = new Map(plan.steps.flatMap((step) => (step.kind === 'grant' ? [[step.role, step.how] as const] : [])))
  return {
    functions: functions.map((one) => ({ ...one, mode: modes.get(one.arn) ?? one.mode })),
    roles: roles.map((one) => {
      const how = grants.get(one.arn)
      return how === undefined ? one : afterGrant(one, how, 'aws')
    }),
  }
}

const check = (says: (world: World, wish: Wish) => void) =>
  fc.assert(fc.property(anyWorld, anyWish, says), { numRuns: 250 })

test('the order of functions and roles does not matter, not even to the id', () => {
  fc.assert(
    fc.property(
      anyWorld.chain((world) =>
        fc.tuple(
          fc.constant(world),
          fc.shuffledSubarray(world.functions, { minLength: world.functions.length }),
          fc.shuffledSubarray(world.roles, { minLength: world.roles.length }),
        ),
      ),
      anyWish,
      ([world, functions, roles], wish) => {
        expect(planOf({ functions, roles }, wish)).toEqual(planOf(world, wish))
      },
    ),
    { numRuns: 250 },
  )
})

test('what is planned and done needs nothing more, and what was refused stays refused', () => {
  check((world, wish) => {
    const plan = planOf(world, wish)
    const again = planOf(carriedOut(world, plan), wish)
    expect(again.steps).toEqual([])
    expect(again.refused.map((one) => one.function)).toEqual(plan.refused.map((one) => one.function))
  })
})

test('a step waits for steps that stand before it in the same plan, and no id comes twice', () => {
  check((world, wish) => {
    const before = new Set<string>()
    for (const { id, after } of planOf(world, wish).steps) {
      for (const one of after) expect(before).toContain(one)
      expect(before).not.toContain(id)
      before.add(id)
    }
  })
})

test('a function that is refused or unchanged has no step, and every other one has', () => {
  check((world, wish) => {
    const { steps, unchanged, refused } = planOf(world, wish)
    const changed = steps.flatMap((step) => (step.kind === 'setMode' ? [step.function] : []))
    const granted = new Set(steps.flatMap((step) => (step.kind === 'grant' ? [step.role] : [])))
    const still = [...unchanged, ...refused].map((one) => one.function)
    expect(new Set([...changed, ...still]).size).toBe(changed.length + still.length)
    for (const one of world.functions)
      if (![...changed, ...still].includes(one.arn)) {
        expect(one.mode).toBe('Active')
        expect(granted).toContain(one.role)
      }
  })
})

test('every step changes something, and only roles of functions that are in the plan are granted', () => {
  check((world, wish) => {
    const { steps, refused } = planOf(world, wish)
    const lost = new Set(refused.map((one) => one.function))
    const served = new Set(world.functions.filter((one) => !lost.has(one.arn)).map((one) => one.role))
    for (const step of steps) {
      if (step.kind === 'grant') expect(served).toContain(step.role)
      else if (step.kind !== 'setMode') throw new Error(`a change of mode plans no ${step.kind}`)
      else {
        expect(step.to).toBe(wish.to)
        expect(step.from).not.toBe(step.to)
      }
    }
  })
})

test('no grant without a wish for it: never under none, never for PassThrough', () => {
  check((world, wish) => {
    const grants = planOf(world, wish).steps.filter((step) => step.kind === 'grant')
    if (wish.grants === 'none' || wish.to === 'PassThrough') expect(grants).toEqual([])
    else for (const step of grants) expect(step.how).toBe(wish.grants)
  })
})
