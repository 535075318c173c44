/** Which roles tracing functions need: every version of every function counts, in every region that can be read. */
import { describe, expect, test } from 'vitest'
import type { LambdaFunction } from '../../../src/core/lambda-function.js'
import { XtraceError } from '../../../src/errors.js'
import { type RolesInUse, rolesInUse } from '../../../src/usecases/read/roles-in-use.js'
import { ACCOUNT, fn } from '../../core/build-observation.js'
import { FakeWorld, type Stored } from '../../rollout/support/fake-world.js'
import { roleArn } from '../../rollout/support/steps.js'
import { VirtualClock } from '../../rollout/support/virtual-clock.js'
import { rolloutTools } from '../support/rollout-tools.js'

const ORDERS = { role: roleArn('orders') }
const ON = { ...ORDERS, mode: 'Active' as const }

function account(...functions: (LambdaFunction | Stored)[]) {
  const clock = new VirtualClock()
  const world = new FakeWorld(clock, functions, [])
  const inUse = async (leaving: LambdaFunction[] = []) => {
    const arns = new Set(leaving.map((one) => one.arn))
    const byAccount = await rolesInUse([roleArn('orders')], arns, rolloutTools(world, clock))
    return inWords(byAccount.get(ACCOUNT))
  }
  return { world, inUse }
}

function inWords(found: RolesInUse | undefined): string[] | string {
  if (!found) throw new Error('the account was not asked for')
  return 'inUse' in found ? [...found.inUse].sort() : found.because
}

const versioned = (latest: LambdaFunction, ...modes: LambdaFunction['mode'][]): Stored => ({
  latest,
  versions: modes.map((mode, index) => ({ ...latest, mode, version: String(index + 1) })),
  aliases: [],
})

describe('a role is in use', () => {
  test('by an Active function, in whatever region', async () => {
    const away = fn('b', { role: roleArn('away'), mode: 'Active', region: 'eu-west-1' })
    expect(await account(fn('a', ON), away, fn('c', { role: roleArn('off') })).inUse()).toEqual([
      roleArn('away'),
      roleArn('orders'),
    ])
  })

  test('not by a function that leaves', async () => {
    const a = fn('a', ON)
    expect(await account(a).inUse([a])).toEqual([])
  })

  test('by another function of the role that stays', async () => {
    const a = fn('a', ON)
    expect(await account(a, fn('b', ON)).inUse([a])).toEqual([roleArn('orders')])
  })

  test('by one of the same name in another region', async () => {
    const a = fn('a', ON)
    expect(await account(a, fn('a', { ...ON, region: 'eu-west-1' })).inUse([a])).toEqual([roleArn('orders')])
  })

  test('by a published version that is Active, of the very function that leaves', async () => {
    const a = fn('a', ON)
    expect(await account(versioned(a, 'PassThrough', 'Active', 'PassThrough')).inUse([a])).toEqual([roleArn('orders')])
    expect(await account(versioned(a, 'PassThrough')).inUse([a])).toEqual([])
    expect(await account(versioned(fn('a', ORDERS), 'Active')).inUse([])).toEqual([roleArn('orders')])
  })
})

describe('regions', () => {
  const refused = new XtraceError('INVALID_CREDENTIALS', 'The security token is invalid.')
  const denied = new XtraceError('ACCESS_DENIED', 'You may not list functions.')

  test('all that the account has enabled are read, not only those of the change', async () => {
    const { world, inUse } = account()
    world.regions = ['us-east-1', 'eu-west-1', 'ap-south-1']
    await inUse()
    expect(world.calls.filter((call) => call.startsWith('listAllVersions'))).toHaveLength(3)
  })

  test('asked for where the change is', async () => {
    const { world, inUse } = account()
    await inUse([fn('a', { region: 'eu-west-1' })])
    expect(world.calls[0]).toBe('fromAccount eu-west-1')
  })

  test('one that is not enabled is passed over: nothing can run there', async () => {
    const { world, inUse } = account(fn('a', ON))
    world.fail('listAllVersions eu-west-1', refused)
    expect(await inUse()).toEqual([roleArn('orders')])
    expect(world.calls).toContain('whoAmI us-east-1')
  })

  test('the list of regions is not to be had: the known ones are tried', async () => {
    const { world, inUse } = account(fn('a', { ...ON, region: 'sa-east-1' }))
    world.regions = denied
    expect(await inUse()).toEqual([roleArn('orders')])
  })

  test.each<[what: string, error: XtraceError]>([
    ['denied', denied],
    ['throttled out', new XtraceError('THROTTLED', 'Too fast.')],
    ['out of reach', new XtraceError('CONNECTION_LOST', 'socket hang up')],
  ])('one that is %s: nobody knows, so nothing may be taken', async (_, error) => {
    const { world, inUse } = account(fn('a'))
    world.fail('listAllVersions eu-west-1', error)
    expect(await inUse()).toBe(`functions in eu-west-1 could not be read, and they may need it: ${error.message}`)
  })

  test.each(['EXPIRED_CREDENTIALS', 'INTERRUPTED'] as const)('%s ends it', async (code) => {
    const { world, inUse } = account()
    world.fail('listAllVersions eu-west-1', new XtraceError(code, 'It is over.'))
    await expect(inUse()).rejects.toMatchObject({ code })
  })

  test('credentials that work nowhere are no region that is off', async () => {
    const { world, inUse } = account()
    world.fail('listAllVersions eu-west-1', refused).fail('whoAmI us-east-1', refused)
    await expect(inUse()).rejects.toMatchObject({ code: 'INVALID_CREDENTIALS' })
  })
})
