/** What `apply` is given to put right what an audit found. */
import { describe, expect, test } from 'vitest'
import { assess } from '../../../src/core/drift/assess.js'
import { compareWithBaseline, readBaseline } from '../../../src/core/drift/baseline.js'
import { planRepair, type RepairCase } from '../../../src/core/drift/repair-plan.js'
import type { LambdaFunction } from '../../../src/core/lambda-function.js'
import { planText, readPlanText } from '../../../src/core/plan/plan-file.js'
import { traceWritePermission } from '../../../src/core/policy/permission.js'
import type { Role } from '../../../src/core/policy/role.js'
import type { Demand } from '../../../src/core/rules/rules.js'
import type { Observation, ServedAlias } from '../../../src/core/verdict.js'
import { alias, fn, functionArn, observation, ROLE } from '../build-observation.js'
import { allow, BOTH, deny, inline, role } from '../policy/build-role.js'
import { auditJson, rowOf } from './build-audit.js'

const CODE = { codeSha256: 'code', settings: 'set' }
const writer = role([inline('trace', allow(BOTH))])
const bare = role([])
const denied = role([inline('guard', deny('xray:*'))])
const wantActive: Demand = { tracing: 'Active' }
const wantOff: Demand = { tracing: 'PassThrough', line: 4 }

const orders = fn('orders', CODE)
const ordersOn = fn('orders', { ...CODE, mode: 'Active' })
const SET_MODE = `setMode:${functionArn('orders')}`
const GRANT = `grant:${ROLE}`
const PUBLISH = `publish:${functionArn('orders')}`
const MOVE_LIVE = `moveAlias:${functionArn('orders')}:live`

function serving(name: string, more: Partial<ServedAlias> = {}): ServedAlias {
  return { ...alias(name, '3', { 3: 'PassThrough' }), served: { 3: CODE }, ...more }
}

function caseOf(
  subject: LambdaFunction,
  its: Role,
  demand: Demand | { undecided: string } = wantActive,
  aliases: ServedAlias[] = [],
  more: Partial<Observation> = {},
): RepairCase {
  const permission = traceWritePermission(its, subject)
  const seen = observation(subject, { permission, aliases: { value: aliases }, ...more })
  return { seen, ...assess(rowOf(seen), seen, demand, { today: '2027-04-01', role: its }) }
}

function planFor(one: RepairCase, its: Role, grants?: Parameters<typeof planRepair>[2]) {
  const plan = planRepair([one], new Map([[ROLE, its]]), grants)
  expect(readPlanText(planText(plan), 'plan.json')).toEqual(plan)
  return plan
}

const stepIds = (plan: ReturnType<typeof planRepair>) => plan.steps.map(({ id }) => id)

describe('what the rules find', () => {
  const expired: Demand = { tracing: 'exempt', reason: 'a game', expires: '2027-03-31' }
  const exempt: Demand = { tracing: 'exempt', reason: 'a game' }
  const wantLive: Demand = { tracing: 'Active', aliases: ['live'] }

  test.each<[what: string, one: RepairCase, its: Role, steps: string[]]>([
    ['off', caseOf(orders, writer), writer, [SET_MODE]],
    ['off, the role cannot write', caseOf(orders, bare), bare, [GRANT, SET_MODE]],
    ['blind', caseOf(ordersOn, bare), bare, [GRANT]],
    ['stale', caseOf(ordersOn, writer, wantActive, [serving('live')]), writer, [PUBLISH, MOVE_LIVE]],
    ['an exemption that is over', caseOf(orders, bare, expired), bare, [GRANT, SET_MODE]],
    ['on against the rules', caseOf(ordersOn, writer, wantOff), writer, [SET_MODE]],
    [
      'off, with an alias',
      caseOf(orders, writer, wantActive, [serving('live')]),
      writer,
      [SET_MODE, PUBLISH, MOVE_LIVE],
    ],
    ['blind, with an alias', caseOf(ordersOn, bare, wantActive, [serving('live')]), bare, [GRANT, PUBLISH, MOVE_LIVE]],
    [
      'stale by two aliases, of which the rules ask for one',
      caseOf(ordersOn, writer, wantLive, [serving('live'), serving('old')]),
      writer,
      [PUBLISH, MOVE_LIVE],
    ],
    ['stale by another alias than the rules ask for', caseOf(ordersOn, writer, wantLive, [serving('old')]), writer, []],
    ['an alias that is missing', caseOf(ordersOn, writer, wantLive), writer, []],
    ['traced', caseOf(ordersOn, writer), writer, []],
    ['exempt', caseOf(orders, writer, exempt), writer, []],
    ['off, as the rules want it', caseOf(orders, writer, wantOff), writer, []],
    ['undecided', caseOf(orders, writer, { undecided: 'tags could not be read' }), writer, []],
    [
      'unsupported',
      caseOf(orders, writer, wantActive, [], { eventSources: { value: [{ function: '', kind: 'mq' }] } }),
      writer,
      [],
    ],
  ])('%s', (_, one, its, steps) => {
    const plan = planFor(one, its)
    expect(stepIds(plan)).toEqual(steps)
    expect(plan).toMatchObject({ unchanged: [], refused: [] })
  })

  test('what is on against the rules is turned off, and nothing else', () => {
    expect(planFor(caseOf(ordersOn, writer, wantOff), writer).steps).toMatchObject([
      { kind: 'setMode', from: 'Active', to: 'PassThrough', after: [] },
    ])
  })

  test('a version is published when the mode is set, and that when the role can write', () => {
    const { steps } = planFor(caseOf(orders, bare, wantActive, [serving('live')]), bare)
    expect(steps.map(({ id, after }) => [id, after])).toEqual([
      [GRANT, []],
      [SET_MODE, [GRANT]],
      [PUBLISH, [GRANT, SET_MODE]],
      [MOVE_LIVE, [PUBLISH]],
    ])
  })

  test('grants as they are chosen', () => {
    const blind = caseOf(ordersOn, bare)
    expect(planFor(blind, bare).steps).toMatchObject([{ kind: 'grant', how: 'managed', blind: [ordersOn.arn] }])
    expect(planFor(blind, bare, 'inline').steps).toMatchObject([{ kind: 'grant', how: 'inline' }])
    expect(planFor(blind, bare, 'none')).toMatchObject({ steps: [], refused: [{ code: 'ROLE_CANNOT_WRITE' }] })
  })
})

describe('refused', () => {
  const otherCode = { served: { 3: { codeSha256: 'other', settings: 'set' } } }

  test.each<[what: string, one: RepairCase, its: Role, steps: string[], codes: string[]]>([
    ['a grant that would not help', caseOf(ordersOn, denied), denied, [], ['ROLE_DENIED']],
    [
      'an alias whose move would release more; the other one moves',
      caseOf(ordersOn, writer, wantActive, [serving('old', otherCode), serving('live')]),
      writer,
      [PUBLISH, MOVE_LIVE],
      ['ALIAS_DIFFERS'],
    ],
    [
      'an alias that splits its traffic; the function is turned on',
      caseOf(orders, writer, wantActive, [
        serving('live', { weights: { 4: 0.1 }, modes: { 3: 'PassThrough', 4: 'Active' } }),
      ]),
      writer,
      [SET_MODE],
      ['ALIAS_WEIGHTED'],
    ],
    [
      'aliases of a function that cannot be turned on: said once, of the function',
      caseOf(orders, denied, wantActive, [serving('live'), serving('beta')]),
      denied,
      [],
      ['ROLE_DENIED'],
    ],
  ])('%s', (_, one, its, steps, codes) => {
    const plan = planFor(one, its)
    expect(stepIds(plan)).toEqual(steps)
    expect(plan.refused.map(({ code }) => code)).toEqual(codes)
  })
})

describe('what has changed since a baseline', () => {
  const live = serving('live')
  const traced = rowOf(observation(ordersOn))
  const was = (row: object) => compareWithBaseline(readBaseline(auditJson({ functions: [row] }), 'before.json'))

  /** As an audit without rules of its own does it: only what has changed counts. */
  function since(before: object, one: RepairCase): RepairCase {
    return { ...one, findings: was(before).changesOf(one.row) }
  }

  test.each<[what: string, one: RepairCase, its: Role, steps: string[]]>([
    ['turned off', since(traced, caseOf(orders, writer)), writer, [SET_MODE]],
    ['turned on', since(rowOf(observation(orders)), caseOf(ordersOn, writer)), writer, []],
    ['turned off, as the rules want it', since(traced, caseOf(orders, writer, wantOff)), writer, []],
    ['turned off, the rules cannot be decided', since(traced, caseOf(orders, writer, { undecided: 'x' })), writer, []],
    ['the role lost the right', since(traced, caseOf(ordersOn, bare)), bare, [GRANT]],
    [
      'an alias serves an untraced version',
      since(traced, caseOf(ordersOn, writer, wantActive, [live])),
      writer,
      [PUBLISH, MOVE_LIVE],
    ],
    [
      'an alias moved',
      since(traced, caseOf(ordersOn, writer, wantActive, [alias('live', '4', { 4: 'Active' })])),
      writer,
      [],
    ],
    ['new and off', since(rowOf(observation(fn('other'))), caseOf(orders, writer)), writer, [SET_MODE]],
    ['new and traced', since(rowOf(observation(fn('other'))), caseOf(ordersOn, writer)), writer, []],
  ])('%s', (_, one, its, steps) => {
    expect(stepIds(planFor(one, its))).toEqual(steps)
  })

  test('turned on since, against the rules: off again', () => {
    const one = caseOf(ordersOn, writer, wantOff)
    const changed = was(rowOf(observation(orders))).changesOf(one.row)
    const plan = planFor({ ...one, findings: [...changed, ...one.findings] }, writer)
    expect(plan.steps).toMatchObject([{ to: 'PassThrough' }])
  })
})

test('one plan for all: a role is granted once', () => {
  const cases = [caseOf(orders, bare), caseOf(fn('api', { mode: 'Active' }), bare)]
  const plan = planRepair(cases, new Map([[ROLE, bare]]))
  expect(stepIds(plan)).toEqual([GRANT, SET_MODE])
  expect(planRepair(cases.toReversed(), new Map([[ROLE, bare]]))).toEqual(plan)
})
