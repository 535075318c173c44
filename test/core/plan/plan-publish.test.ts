/** What it takes that live traffic gets the change: one obstacle at a time, and nothing but tracing moves. */
import { describe, expect, test } from 'vitest'
import type { LambdaFunction } from '../../../src/core/lambda-function.js'
import type { Step } from '../../../src/core/plan/plan.js'
import { planChange } from '../../../src/core/plan/plan-change.js'
import { type PublishChoice, planPublish } from '../../../src/core/plan/plan-publish.js'
import type { Observation, ServedAlias } from '../../../src/core/verdict.js'
import { modeStep } from '../../rollout/support/steps.js'
import { alias, fn, NO, observation } from '../build-observation.js'
import { role } from '../policy/build-role.js'

const LATEST = fn('orders', { mode: 'Active', codeSha256: 'code', settings: 'set' })
const ARN = LATEST.arn
const FACTS = { codeSha256: 'code', settings: 'set' }
const PLAIN: PublishChoice = { forceWeighted: false }
const FORCED: PublishChoice = { forceWeighted: true }

/** An alias whose versions are read and alike $LATEST. */
function serving(
  name: string,
  version: string,
  modes: ServedAlias['modes'],
  weights: Record<string, number> = {},
): ServedAlias {
  const served = Object.fromEntries([version, ...Object.keys(weights)].map((one) => [one, FACTS]))
  return { ...alias(name, version, modes, weights), served, revisionId: `${name}-r1` }
}

const live = serving('live', '3', { 3: 'PassThrough' })

function decide(
  aliases: Observation['aliases'],
  choice = PLAIN,
  subject: LambdaFunction = LATEST,
  before: Step[] = [],
) {
  return planPublish(observation(subject, { aliases }), choice, before)
}

describe('an alias that serves an untraced version', () => {
  test('one version is published, and the alias moves to it', () => {
    expect(decide({ value: [live] })).toEqual({
      refused: [],
      steps: [
        { kind: 'publish', id: `publish:${ARN}`, function: ARN, codeSha256: 'code', after: [] },
        {
          kind: 'moveAlias',
          id: `moveAlias:${ARN}:live`,
          function: ARN,
          alias: 'live',
          from: { version: '3', weights: {} },
          to: { version: { publishedBy: `publish:${ARN}` } },
          revisionId: 'live-r1',
          after: [`publish:${ARN}`],
        },
      ],
    })
  })

  test('several aliases share one version', () => {
    const { steps } = decide({ value: [live, serving('beta', '2', { 2: 'PassThrough' })] })
    expect(steps.map((step) => step.id)).toEqual([`publish:${ARN}`, `moveAlias:${ARN}:live`, `moveAlias:${ARN}:beta`])
  })

  test('all that comes before on the function is waited for', () => {
    const mode = modeStep('orders')
    expect(decide({ value: [live] }, PLAIN, LATEST, [mode]).steps[0]?.after).toEqual([mode.id])
  })

  test('an alias without a revision moves without one', () => {
    const { revisionId: _, ...loose } = live
    expect(decide({ value: [loose] }).steps[1]).not.toHaveProperty('revisionId')
  })
})

describe('what is left alone', () => {
  test.each<[what: string, one: ServedAlias]>([
    ['it serves $LATEST', serving('live', '$LATEST', { $LATEST: 'PassThrough' })],
    ['it serves an Active version', serving('live', '3', { 3: 'Active' })],
    ['two Active versions share its traffic', serving('live', '3', { 3: 'Active', 4: 'Active' }, { 4: 0.5 })],
    ['no traffic reaches the untraced version', serving('live', '3', { 3: 'PassThrough', 4: 'Active' }, { 4: 1 })],
  ])('%s', (_, one) => {
    expect(decide({ value: [one] })).toEqual({ steps: [], refused: [] })
  })

  test('every alias but the named one, whatever stands in its way', () => {
    const other = serving('other', '2', { 2: 'PassThrough' }, { 1: 0.5 })
    const { steps, refused } = decide({ value: [other, live] }, { ...PLAIN, alias: 'live' })
    expect(refused).toEqual([])
    expect(steps.flatMap((step) => (step.kind === 'moveAlias' ? [step.alias] : []))).toEqual(['live'])
    expect(decide({ value: [live] }, { ...PLAIN, alias: 'other' })).toEqual({ steps: [], refused: [] })
  })
})

describe('refused, and nothing is published', () => {
  const unread = { ...live, served: {} }
  const { codeSha256: _, ...hashless } = LATEST

  test.each<[what: string, aliases: Observation['aliases'], code: string, because: string, subject?: LambdaFunction]>([
    [
      'aliases that could not be read',
      { unreadable: 'AccessDenied' },
      'ALIAS_UNKNOWN',
      'its aliases could not be read: AccessDenied',
    ],
    [
      'traffic that is split',
      { value: [serving('live', '3', { 3: 'PassThrough', 4: 'Active' }, { 4: 0.1 })] },
      'ALIAS_WEIGHTED',
      'alias live splits its traffic between versions 3 and 4',
    ],
    [
      'a further version without traffic yet',
      { value: [serving('live', '3', { 3: 'PassThrough', 4: 'Active' }, { 4: 0 })] },
      'ALIAS_WEIGHTED',
      'alias live splits its traffic between versions 3 and 4',
    ],
    [
      'a version that could not be read',
      { value: [{ ...unread, modes: { 3: 'unknown' } }] },
      'ALIAS_UNKNOWN',
      'version 3 that alias live serves could not be read',
    ],
    [
      'a version of which only the mode is known',
      { value: [alias('live', '3', { 3: 'PassThrough' })] },
      'ALIAS_UNKNOWN',
      'version 3 that alias live serves could not be read',
    ],
    [
      '$LATEST without a hash',
      { value: [live] },
      'ALIAS_UNKNOWN',
      'version 3 that alias live serves could not be read',
      hashless,
    ],
    [
      'other code',
      { value: [{ ...live, served: { 3: { ...FACTS, codeSha256: 'old' } } }] },
      'ALIAS_DIFFERS',
      'alias live serves version 3, whose code is not that of $LATEST',
    ],
    [
      'the same code with other settings',
      { value: [{ ...live, served: { 3: { ...FACTS, settings: 'other' } } }] },
      'ALIAS_DIFFERS',
      'alias live serves version 3, whose settings (environment, memory, layers or the like) are not those of $LATEST',
    ],
  ])('%s', (_, aliases, code, because, subject = LATEST) => {
    expect(decide(aliases, PLAIN, subject)).toEqual({ steps: [], refused: [{ function: ARN, code, because }] })
  })

  test('one alias that cannot be moved keeps the others: half a change would be a surprise', () => {
    const differs = { ...serving('old', '1', { 1: 'PassThrough' }), served: { 1: { ...FACTS, codeSha256: 'old' } } }
    const { steps, refused } = decide({ value: [live, differs] })
    expect(steps).toEqual([])
    expect(refused.map((one) => one.code)).toEqual(['ALIAS_DIFFERS'])
  })
})

describe('--force-weighted', () => {
  const split = serving('live', '3', { 3: 'PassThrough', 4: 'Active' }, { 4: 0.1 })

  test('the alias serves the new version alone, and the plan knows what it served', () => {
    const { steps, refused } = decide({ value: [split] }, FORCED)
    expect(refused).toEqual([])
    expect(steps[1]).toMatchObject({ from: { version: '3', weights: { 4: 0.1 } } })
    expect(steps[1]).not.toHaveProperty('to.weights')
  })

  test('forces nothing else', () => {
    const differs = { ...split, served: { 3: { ...FACTS, codeSha256: 'old' }, 4: FACTS } }
    expect(decide({ value: [differs] }, FORCED).refused).toMatchObject([{ code: 'ALIAS_DIFFERS' }])
  })
})

describe('Lambda Managed Instances', () => {
  const subject = { ...LATEST, managedInstances: true }
  const renewed = serving('$LATEST.PUBLISHED', '$LATEST.PUBLISHED', { '$LATEST.PUBLISHED': 'PassThrough' })

  test('$LATEST.PUBLISHED is renewed, and no alias is moved for it', () => {
    expect(decide({ value: [renewed] }, PLAIN, subject).steps).toEqual([
      {
        kind: 'publish',
        id: `publishLatest:${ARN}`,
        function: ARN,
        codeSha256: 'code',
        latestPublished: true,
        after: [],
      },
    ])
  })

  test('beside an alias of its own', () => {
    const { steps } = decide({ value: [renewed, live] }, PLAIN, subject)
    expect(steps.map((step) => step.id)).toEqual([`publishLatest:${ARN}`, `publish:${ARN}`, `moveAlias:${ARN}:live`])
  })

  test('not where another alias was named, nor where its code differs', () => {
    expect(decide({ value: [renewed] }, { ...PLAIN, alias: 'live' }, subject).steps).toEqual([])
    const old = { ...renewed, served: { '$LATEST.PUBLISHED': { ...FACTS, codeSha256: 'old' } } }
    expect(decide({ value: [old] }, PLAIN, subject).refused).toMatchObject([{ code: 'ALIAS_DIFFERS' }])
  })
})

const bare = role([])
const plan = (seen: Observation, publish?: PublishChoice) =>
  planChange({
    to: 'Active',
    grants: 'managed',
    observations: [seen],
    roles: new Map([[bare.arn, bare]]),
    ...(publish && { publish }),
  })
const off: LambdaFunction = { ...LATEST, mode: 'PassThrough' }

describe('as part of enabling', () => {
  const aliases = { value: [live] }

  test('grant, mode, publish, alias, each after the one before', () => {
    const { steps } = plan(observation(off, { aliases, permission: NO }), PLAIN)
    expect(steps.map((step) => step.kind)).toEqual(['grant', 'setMode', 'publish', 'moveAlias'])
    const [grant, mode, publish] = steps.map((step) => step.id)
    expect(steps.map((step) => step.after)).toEqual([[], [grant], [grant, mode], [publish]])
  })

  test('a stale function is published alone', () => {
    expect(plan(observation(LATEST, { aliases }), PLAIN).steps.map((step) => step.kind)).toEqual([
      'publish',
      'moveAlias',
    ])
  })

  test('not without being asked', () => {
    expect(plan(observation(LATEST, { aliases }))).toMatchObject({ steps: [], unchanged: [{ function: ARN }] })
  })

  test('an obstacle keeps the alias, not the mode', () => {
    const made = plan(observation(off, { aliases: { unreadable: 'AccessDenied' } }), PLAIN)
    expect(made.steps.map((step) => step.kind)).toEqual(['setMode'])
    expect(made.refused).toMatchObject([{ function: ARN, code: 'ALIAS_UNKNOWN' }])
    const stale = plan(observation(LATEST, { aliases: { unreadable: 'AccessDenied' } }), PLAIN)
    expect(stale).toMatchObject({ steps: [], unchanged: [], refused: [{ code: 'ALIAS_UNKNOWN' }] })
  })
})

describe('an alias that the function does not have', () => {
  const beta: PublishChoice = { ...PLAIN, alias: 'beta' }

  test.each([LATEST, off])('refuses a function that was named, its mode $mode too', (subject) => {
    expect(plan(observation(subject, { aliases: { value: [live] } }), { ...beta, mustExist: true })).toMatchObject({
      steps: [],
      unchanged: [],
      refused: [{ function: ARN, code: 'ALIAS_UNKNOWN', because: 'function orders has no alias beta' }],
    })
  })

  test('is not claimed where the aliases could not be read', () => {
    const unread = observation(off, { aliases: { unreadable: 'AccessDenied' } })
    expect(plan(unread, { ...beta, mustExist: true }).refused).toMatchObject([
      { because: 'its aliases could not be read: AccessDenied' },
    ])
  })

  test('passes over a function that was only selected', () => {
    const seen = observation(off, { aliases: { value: [live] } })
    expect(plan(seen, beta)).toMatchObject({ steps: [{ kind: 'setMode' }], refused: [] })
  })

  test('is no obstacle where all aliases are meant', () => {
    const seen = observation(off, { aliases: { value: [] } })
    expect(plan(seen, { ...PLAIN, mustExist: true })).toMatchObject({ steps: [{ kind: 'setMode' }], refused: [] })
  })
})
