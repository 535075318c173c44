/** Publishing a version and moving an alias, through everything that can come between. */
import { describe, expect, test } from 'vitest'
import type { Alias, LambdaFunction } from '../../src/core/lambda-function.js'
import type { MoveAliasStep, PublishStep } from '../../src/core/plan/plan.js'
import { type ErrorCode, XtraceError } from '../../src/errors.js'
import { moveAlias, publish, requireAlike } from '../../src/rollout/publish.js'
import { fn } from '../core/build-observation.js'
import { FakeWorld } from './support/fake-world.js'
import { moveStep, publishStep } from './support/steps.js'
import { VirtualClock } from './support/virtual-clock.js'

const LATEST = fn('a', { mode: 'Active', codeSha256: 'a-code', settings: 'same' })
const PASSING: ErrorCode[] = ['CONFLICT', 'PRECONDITION', 'CONNECTION_LOST', 'SERVER_ERROR']
const PUBLISH = 'publishVersion us-east-1 a'
const MOVE = 'moveAlias us-east-1 a'

function account(latest: Partial<LambdaFunction> = {}, alias: Partial<Alias> = {}, versions: LambdaFunction[] = []) {
  const clock = new VirtualClock()
  const stored = {
    latest: { ...LATEST, ...latest },
    versions: [{ ...LATEST, mode: 'PassThrough' as const, version: '1' }, ...versions],
    aliases: [{ name: 'live', version: '1', weights: {}, revisionId: 'live-r1', ...alias }],
  }
  const world = new FakeWorld(clock, [stored], [])
  const tools = async () => ({ lambda: await world.aws().lambda('us-east-1'), clock })
  return {
    world,
    clock,
    publishing: async (more: Partial<PublishStep> = {}) => publish(publishStep('a', more), await tools()),
    moving: async (version: string, more: Partial<MoveAliasStep> = {}) =>
      moveAlias(moveStep('a', more), version, await tools()),
    comparing: async (version: string) => requireAlike(moveStep('a'), version, (await tools()).lambda),
    seen: () => world.picture().functions[LATEST.arn],
  }
}

const failure = (code: ErrorCode) => new XtraceError(code, `${code} it is.`)
const second: LambdaFunction = { ...LATEST, version: '2' }

describe('publishing', () => {
  test('answers the version that was made', async () => {
    const { world, publishing } = account()
    expect(await publishing()).toBe('2')
    expect(world.accepted).toEqual([PUBLISH])
  })

  test('an update that runs is waited for', async () => {
    const { world, clock, publishing } = account({ updateStatus: 'InProgress', updateReason: '' })
    expect(await publishing()).toBe('2')
    expect(world.refused).toEqual([])
    expect(clock.now()).toBeGreaterThan(0)
  })

  test.each(PASSING)('%s passes', async (code) => {
    const { world, publishing } = account()
    world.fail(PUBLISH, failure(code), 'before', 7)
    expect(await publishing()).toBe('2')
    expect(world.accepted).toEqual([PUBLISH])
  })

  test.each(['CONNECTION_LOST', 'SERVER_ERROR'] as const)('%s after the work: one version, not two', async (code) => {
    const { world, publishing, seen } = account()
    world.fail(PUBLISH, failure(code), 'after')
    expect(await publishing()).toBe('2')
    expect(seen()).toMatchObject({ versions: ['1 PassThrough', '2 Active'] })
  })

  test('eight times in vain is enough', async () => {
    const { world, publishing } = account()
    world.fail(PUBLISH, failure('CONFLICT'), 'before', 100)
    await expect(publishing()).rejects.toMatchObject({ code: 'CONFLICT' })
    expect(world.calls.filter((call) => call === PUBLISH)).toHaveLength(8)
  })

  test.each<ErrorCode>(['ACCESS_DENIED', 'INVALID_REQUEST', 'EXPIRED_CREDENTIALS'])(
    '%s ends it at once',
    async (code) => {
      const { world, publishing } = account()
      world.fail(PUBLISH, failure(code))
      await expect(publishing()).rejects.toMatchObject({ code })
      expect(world.calls.filter((call) => call === PUBLISH)).toHaveLength(1)
    },
  )

  test('a version that came out untraced is no success', async () => {
    await expect(account({ mode: 'PassThrough' }).publishing()).rejects.toMatchObject({ code: 'UPDATE_FAILED' })
  })

  describe('$LATEST.PUBLISHED', () => {
    const served: LambdaFunction = { ...LATEST, mode: 'PassThrough', version: '$LATEST.PUBLISHED' }

    test('is renewed', async () => {
      const { publishing, seen } = account({}, {}, [served])
      expect(await publishing({ latestPublished: true })).toBe('$LATEST.PUBLISHED')
      expect(seen()).toMatchObject({ versions: ['1 PassThrough', '$LATEST.PUBLISHED Active'] })
    })

    test('not where $LATEST has got other settings meanwhile', async () => {
      const { world, publishing } = account({ settings: 'new' }, {}, [served])
      await expect(publishing({ latestPublished: true })).rejects.toMatchObject({ code: 'ALIAS_DIFFERS' })
      expect(world.accepted).toEqual([])
    })
  })
})

describe('comparing what was published with what the alias serves', () => {
  test.each<[what: string, next: Partial<LambdaFunction>, alike: boolean]>([
    ['only the mode', {}, true],
    ['the code', { codeSha256: 'other' }, false],
    ['a setting', { settings: 'other' }, false],
  ])('%s differs', async (_, next, alike) => {
    const compared = account({}, {}, [{ ...second, ...next }]).comparing('2')
    if (alike) await expect(compared).resolves.toBeUndefined()
    else await expect(compared).rejects.toMatchObject({ code: 'ALIAS_DIFFERS' })
  })
})

describe('moving an alias', () => {
  test('against the revision that was read', async () => {
    const { world, moving, seen } = account({}, {}, [second])
    expect(await moving('2')).toBe(true)
    expect(seen()).toMatchObject({ aliases: [{ version: '2', weights: {} }] })
    expect(world.calls).toEqual([MOVE])
  })

  test('with weights, as an undo does', async () => {
    const { moving, seen } = account({}, { version: '2' }, [second])
    const back = { from: { version: '2', weights: {} }, to: { version: '1', weights: { 2: 0.25 } } }
    expect(await moving('1', back)).toBe(true)
    expect(seen()).toMatchObject({ aliases: [{ version: '1', weights: { 2: 0.25 } }] })
  })

  test('somebody has changed its description: read anew, and moved', async () => {
    const { world, moving } = account({}, { revisionId: 'other' }, [second])
    expect(await moving('2')).toBe(true)
    expect(world.accepted).toHaveLength(1)
    expect(world.refused).toHaveLength(1)
  })

  test('somebody has moved it there already: not ours', async () => {
    const { world, moving } = account({}, { version: '2', revisionId: 'other' }, [second])
    expect(await moving('2')).toBe(false)
    expect(world.accepted).toEqual([])
  })

  test.each<[what: string, alias: Partial<Alias>, message: string]>([
    ['moved it elsewhere', { version: '3' }, 'Somebody else has changed alias live: it serves version 3 now.'],
    [
      'begun to split its traffic',
      { weights: { 3: 0.1 } },
      'Somebody else has changed alias live: it serves version 1 now.',
    ],
    ['removed it', { name: 'other' }, 'Somebody else has changed alias live: it is gone.'],
  ])('somebody has %s: it is left alone', async (_, alias, message) => {
    const { world, moving } = account({}, { revisionId: 'other', ...alias }, [second])
    world.fail(MOVE, failure('PRECONDITION'))
    await expect(moving('2')).rejects.toMatchObject({ code: 'PRECONDITION', message })
    expect(world.accepted).toEqual([])
  })

  test.each(['CONNECTION_LOST', 'SERVER_ERROR'] as const)('%s after the work: moved once, and ours', async (code) => {
    const { world, moving } = account({}, {}, [second])
    world.fail(MOVE, failure(code), 'after')
    expect(await moving('2')).toBe(true)
    expect(world.calls.filter((call) => call === MOVE)).toHaveLength(1)
  })

  test.each(['CONFLICT', 'CONNECTION_LOST', 'SERVER_ERROR'] as const)('%s before it: tried again', async (code) => {
    const { world, moving } = account({}, {}, [second])
    world.fail(MOVE, failure(code), 'before', 7)
    expect(await moving('2')).toBe(true)
    expect(world.accepted).toHaveLength(1)
  })

  test('lost, and then refused for the revision that its own work had made', async () => {
    const { world, moving } = account({}, {}, [second])
    world.fail(MOVE, failure('CONNECTION_LOST')).fail(MOVE, failure('PRECONDITION'), 'after')
    expect(await moving('2')).toBe(true)
  })
})
