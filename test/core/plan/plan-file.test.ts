/** A plan's way to a file and back; anything else than the whole, unedited plan is refused. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Plan, planId, type Step } from '../../../src/core/plan/plan.js'
import { planText, readPlanText } from '../../../src/core/plan/plan-file.js'
import { EXIT_STATUSES, XtraceError } from '../../../src/errors.js'
import { anyCharacter } from '../../support/any-character.js'
import { PLAN, planOf, setMode } from '../run/build-run.js'

const TEXT = planText(PLAN)
type Json = Record<string, unknown>

function refusal(text: string): XtraceError {
  try {
    readPlanText(text, 'my.plan')
  } catch (error) {
    if (error instanceof XtraceError && EXIT_STATUSES[error.exit].status === 2) return error
    throw error
  }
  throw new Error('it was read')
}

/** The plan after an edit by somebody who knows how the id is made. */
function edited(edit: (plan: Json, steps: Json[]) => void): string {
  const plan = JSON.parse(TEXT) as Json
  edit(plan, plan.steps as Json[])
  return `${JSON.stringify({ ...plan, id: planId(plan as unknown as Plan) })}\n`
}

describe('what was saved is read', () => {
  test('as it was, with a step of every kind', () => {
    expect(readPlanText(TEXT, 'my.plan')).toEqual(PLAN)
    expect(planText(readPlanText(TEXT, 'my.plan'))).toBe(TEXT)
    expect(new Set(PLAN.steps.map((step) => step.kind)).size).toBe(5)
  })

  test('with nothing in it', () => {
    const empty = planOf([], { createdFor: { accounts: [], regions: [] }, unchanged: [], refused: [] })
    expect(readPlanText(planText(empty), 'my.plan')).toEqual(empty)
  })

  test('whatever the reasons say', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter }), (because) => {
        const plan = planOf([], {
          unchanged: [{ function: 'arn:aws-cn:lambda:cn-north-1:111122223333:function:f', because }],
        })
        expect(readPlanText(planText(plan), 'my.plan')).toEqual(plan)
      }),
    )
  })

  test('in another layout and order of keys, since that changes nothing', () => {
    const { id, steps, ...rest } = PLAN
    const shuffled = steps.map((step) => Object.fromEntries(Object.entries(step).reverse()))
    expect(readPlanText(`${JSON.stringify({ steps: shuffled, ...rest, id })}\n`, 'my.plan')).toEqual(PLAN)
  })
})

test('a plan that is cut off anywhere is refused', () => {
  const bytes = Buffer.from(TEXT)
  for (let length = 0; length < bytes.length; length++) {
    expect(refusal(bytes.subarray(0, length).toString()).code).toBe('UNREADABLE_PLAN')
  }
})

test('a byte that is changed is noticed, or changes nothing of the meaning', () => {
  const bytes = Buffer.from(TEXT)
  let refused = 0
  for (let at = 0; at < bytes.length; at++) {
    const changed = Buffer.from(bytes)
    changed[at] = (changed[at] ?? 0) ^ 1
    try {
      expect(readPlanText(changed.toString(), 'my.plan')).toEqual(PLAN)
    } catch (error) {
      expect(error).toMatchObject({ code: 'UNREADABLE_PLAN' })
      refused++
    }
  }
  expect(refused).toBe(bytes.length)
})

test.each([
  ['empty', '', 'it is not JSON'],
  ['binary', '\u0000\u0001\ufffd', 'it is not JSON'],
  ["somebody's credentials", '[default]\naws_secret_access_key = wJalrXUtnFEMI\n', 'it is not JSON'],
  ['JSON of another kind', '{"Version":"2012-10-17"}\n', 'it does not say that it is one'],
  ['a list', '[]\n', 'it does not say that it is one'],
  ['null', 'null\n', 'it does not say that it is one'],
  ['a journal', '{"schema":"xtrace/journal@1"}\n', 'it does not say that it is one'],
  ['a plan of the future', TEXT.replace('plan@1', 'plan@2'), 'it was saved by a newer xtrace (xtrace/plan@2'],
  ['a plan that never was', TEXT.replace('plan@1', 'plan@0'), 'there has never been a xtrace/plan@0'],
])('%s is refused, without being quoted', (_, text, because) => {
  const { message } = refusal(text)
  expect(message).toContain(`my.plan is not a plan that can be used: ${because}`)
  expect(message).not.toContain('wJalr')
})

test('an edit is noticed by the id', () => {
  expect(refusal(TEXT.replace('"Active"', '"PassThrough"')).message).toContain('plan.id does not fit the rest')
  expect(refusal(TEXT.replace(PLAN.id, '0000000000000000')).message).toContain('plan.id does not fit the rest')
})

describe('with an id that fits', () => {
  const admin = 'arn:aws:iam::aws:policy/AdministratorAccess'

  test.each<[where: string, what: string, edit: (plan: Json, steps: Json[]) => void]>([
    ['plan.steps', 'is missing', (plan) => Reflect.deleteProperty(plan, 'steps')],
    ['plan.steps', 'is not a list', (plan) => Object.assign(plan, { steps: {} })],
    ['plan.extra', 'is not a field', (plan) => Object.assign(plan, { extra: 1 })],
    [
      'plan.createdFor.accounts[0]',
      'is not an account',
      (plan) => Object.assign(plan, { createdFor: { accounts: ['1'], regions: [] } }),
    ],
    [
      'plan.refused[0].code',
      'is not a code',
      (plan) => Object.assign(plan, { refused: [{ function: setMode('a').id.slice(8), code: 'ODD', because: '' }] }),
    ],
    [
      'plan.unchanged[0].function',
      'is not the unqualified ARN',
      (plan) => Object.assign(plan, { unchanged: [{ function: 'a', because: '' }] }),
    ],
    ['plan.steps[0]', 'is not an object', (_, steps) => steps.splice(0, 1, 7 as never)],
    ['plan.steps[0].kind', 'is not grant or', (_, steps) => Object.assign(steps[0] ?? {}, { kind: 'delete' })],
    ['plan.steps[0].kind', 'is not grant or', (_, steps) => Reflect.deleteProperty(steps[0] ?? {}, 'kind')],
    [
      'plan.steps[0].role',
      'is not the ARN of an IAM role',
      (_, steps) => Object.assign(steps[0] ?? {}, { role: 'orders' }),
    ],
    [
      'plan.steps[0].policy',
      'is not arn:aws:iam::aws:policy/AWSXRay',
      (_, steps) => Object.assign(steps[0] ?? {}, { policy: admin }),
    ],
    [
      'plan.steps[5].policy',
      'is not xtrace-xray-write',
      (_, steps) => Object.assign(steps[5] ?? {}, { policy: 'theirs' }),
    ],
    ['plan.steps[1].to', 'is not Active or PassThrough', (_, steps) => Object.assign(steps[1] ?? {}, { to: 'active' })],
    [
      'plan.steps[1].revisionId',
      'is not a revision id',
      (_, steps) => Object.assign(steps[1] ?? {}, { revisionId: null }),
    ],
    ['plan.steps[1].environment', 'is not a field', (_, steps) => Object.assign(steps[1] ?? {}, { environment: {} })],
    [
      'plan.steps[1].function',
      'is not the unqualified ARN',
      (_, steps) => Object.assign(steps[1] ?? {}, { function: `${steps[1]?.function}:7` }),
    ],
    [
      'plan.steps[1].after',
      'names no earlier step',
      (_, steps) => Object.assign(steps[1] ?? {}, { after: [steps[2]?.id] }),
    ],
    [
      'plan.steps[1].after',
      'names no earlier step',
      (_, steps) => Object.assign(steps[1] ?? {}, { after: [steps[1]?.id] }),
    ],
    [
      'plan.steps[2].id',
      'is that of an earlier step',
      (_, steps) => Object.assign(steps[2] ?? {}, { id: steps[1]?.id }),
    ],
    ['plan.steps[3].codeSha256', 'is not a hash', (_, steps) => Object.assign(steps[3] ?? {}, { codeSha256: '' })],
    [
      'plan.steps[3].latestPublished',
      'is not true',
      (_, steps) => Object.assign(steps[3] ?? {}, { latestPublished: false }),
    ],
    ['plan.steps[4].alias', "is not an alias's name", (_, steps) => Object.assign(steps[4] ?? {}, { alias: '7' })],
    [
      'plan.steps[4].from.weights.4',
      'is not a number from 0 to 1',
      (_, steps) => Object.assign(steps[4] ?? {}, { from: { version: '3', weights: { 4: 2 } } }),
    ],
    [
      'plan.steps[4].to.version',
      'is not a version',
      (_, steps) => Object.assign(steps[4] ?? {}, { to: { version: 'live' } }),
    ],
    [
      'plan.steps[4].to.version.publishedBy',
      'is not a publish step',
      (_, steps) => Object.assign(steps[4] ?? {}, { to: { version: { publishedBy: steps[1]?.id } } }),
    ],
    [
      'plan.steps[4].to.version.publishedBy',
      'is not a publish step',
      (_, steps) => Object.assign(steps[4] ?? {}, { after: [] }),
    ],
  ])('%s %s: refused', (where, what, edit) => {
    expect(refusal(edited(edit)).message).toContain(`${where} ${what}`)
  })
})

describe('the id', () => {
  test('leaves out an id that is there and depends on no order of keys', () => {
    const { id, ...rest } = PLAN
    expect(planId(PLAN)).toBe(id)
    const reversed = Object.fromEntries(Object.entries(rest).reverse()) as unknown as Omit<Plan, 'id'>
    expect(planId(reversed)).toBe(id)
  })

  test('depends on everything else, the order of the steps among it', () => {
    const steps = [setMode('a', []), setMode('b', [])]
    const without = steps.map(({ ...step }): Step => {
      if (step.kind === 'setMode') delete step.revisionId
      return step
    })
    const ids = [steps, steps.toReversed(), steps.slice(1), without].map((some) => planOf(some).id)
    expect(new Set(ids).size).toBe(ids.length)
  })
})
