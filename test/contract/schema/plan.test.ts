/** The published schema of plans: it says of every damaged plan what the reader of plans says. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Plan, planId } from '../../../src/core/plan/plan.js'
import { planChange } from '../../../src/core/plan/plan-change.js'
import { planText, readPlanText } from '../../../src/core/plan/plan-file.js'
import { asXtraceError } from '../../../src/errors.js'
import { anyObservation } from '../../core/arbitrary-observation.js'
import { functionArn, ROLE } from '../../core/build-observation.js'
import { role } from '../../core/policy/build-role.js'
import { planOf, setMode } from '../../core/run/build-run.js'
import { grantStep, moveStep, publishStep, revoking } from '../../rollout/support/steps.js'
import { damagesOf } from './damage.js'
import { faultsOfPlan } from './validate.js'

/** Every kind of step, with every field that it may have. */
const PLAN = planOf([
  grantStep('a', { blind: [functionArn('blind')] }),
  grantStep('b', { how: 'inline', policy: 'xtrace-xray-write' }),
  setMode('a', [grantStep('a').id]),
  publishStep('a', { latestPublished: true, revisionId: 'r2', codeSha256: `${'A'.repeat(43)}=` }),
  moveStep('a', { from: { version: '1', weights: { 2: 0.5 } } }),
  moveStep('b', { to: { version: '$LATEST.PUBLISHED', weights: { 3: 1 } }, after: [] }),
  revoking('a'),
])

const json = (text: string): unknown => JSON.parse(text)

/** What the reader has against the plan; `''`: nothing, or only what no schema can say. */
function refusalOf(plan: unknown): string {
  try {
    readPlanText(`${JSON.stringify(plan)}\n`, 'the file')
    return ''
  } catch (error) {
    const { message } = asXtraceError(error)
    return /does not fit the rest|is that of an earlier step|names no earlier step|is not a publish step/.test(message)
      ? ''
      : message
  }
}

test('a plan with every kind of step is one', () => {
  expect(new Set(PLAN.steps.map(({ kind }) => kind)).size).toBe(5)
  expect(faultsOfPlan(json(planText(PLAN)))).toEqual([])
  expect(readPlanText(planText(PLAN), 'the file')).toEqual(PLAN)
})

test('whatever is wrong with a plan, schema and reader agree on it', () => {
  const damages = damagesOf(json(planText(PLAN)))
  const opinions = damages.map(({ name, value }) => {
    const id = / id$/.test(name) ? {} : { id: planId(value as Plan) }
    const damaged = { ...(value as Plan), ...id }
    return { name, reader: refusalOf(damaged) === '', schema: faultsOfPlan(damaged).length === 0 }
  })
  expect(opinions.filter(({ reader, schema }) => reader !== schema)).toEqual([])
  expect(opinions.filter(({ schema }) => !schema).length).toBeGreaterThan(400)
  expect([...new Set(opinions.filter(({ schema }) => schema).map(({ name }) => name))].sort()).toEqual(
    [
      'nonsense at refused[].because',
      'nonsense at unchanged[].because',
      'without steps[].blind',
      'without steps[].from.weights.2',
      'without steps[].latestPublished',
      'without steps[].revisionId',
      'without steps[].to.weights',
      'without steps[].to.weights.3',
    ].sort(),
  )
})

describe('the words of a policy', () => {
  test.each([
    ['managed', 'xtrace-xray-write'],
    ['inline', 'arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess'],
    ['managed', 'arn:aws:iam::aws:policy/AdministratorAccess'],
    ['inline', 'somebody-elses'],
  ] as const)('are not %s %s', (how, policy) => {
    for (const plan of [planOf([grantStep('a', { how, policy })]), planOf([revoking('a', { how, policy })])]) {
      expect(faultsOfPlan(plan)).not.toEqual([])
      expect(refusalOf(plan)).toContain('the only one that xtrace manages')
    }
  })
})

test('every plan that can be made is one', () => {
  const request = fc.record({
    to: fc.constantFrom('Active' as const, 'PassThrough' as const),
    grants: fc.constantFrom('managed' as const, 'inline' as const, 'none' as const),
    publish: fc.record({ forceWeighted: fc.boolean() }),
    observations: fc.array(anyObservation, { maxLength: 1 }),
    roles: fc.constantFrom(new Map(), new Map([[ROLE, role([])]])),
  })
  fc.assert(
    fc.property(request, (one) => {
      expect(faultsOfPlan(json(planText(planChange(one))))).toEqual([])
    }),
  )
})
