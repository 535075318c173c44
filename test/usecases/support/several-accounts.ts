/** Three accounts in memory: that of the credentials and two others, each with its own function and role of the same names. */
import type { LambdaFunction } from '../../../src/core/lambda-function.js'
import type { Role } from '../../../src/core/policy/role.js'
import type { RolloutTools } from '../../../src/usecases/runs/carry-out.js'
import { fn } from '../../core/build-observation.js'
import { role } from '../../core/policy/build-role.js'
import { FakeWorld, type Stored } from '../../rollout/support/fake-world.js'
import { VirtualClock } from '../../rollout/support/virtual-clock.js'
import { type MemoryRuns, rolloutTools } from './rollout-tools.js'

export const OWN = '111122223333'
export const MEMBER = '222222222222'
export const OTHER = '333333333333'
export const ALL = [OWN, MEMBER, OTHER] as const

export const WAY = { role: 'Tracing', externalId: 'blue' }

export function arnIn(account: string, name = 'api', region = 'us-east-1'): string {
  return `arn:aws:lambda:${region}:${account}:function:${name}`
}

export function roleIn(account: string, name = 'orders'): string {
  return `arn:aws:iam::${account}:role/${name}`
}

export function fnIn(account: string, more: Partial<LambdaFunction> = {}): LambdaFunction {
  const { name = 'api', region = 'us-east-1' } = more
  return fn(name, { arn: arnIn(account, name, region), account, role: roleIn(account), ...more })
}

export function roleOfAccount(account: string, policies: Role['policies'] = []): Role {
  return role(policies, { arn: roleIn(account), name: 'orders', account })
}

export interface SeveralAccounts {
  own: FakeWorld
  member: FakeWorld
  other: FakeWorld
  /** With a way into the others. */
  tools: RolloutTools & { runs: MemoryRuns }
  /** Without one. */
  plain: RolloutTools & { runs: MemoryRuns }
  /** What each account looks like, in the order of `ALL`. */
  picture(): unknown[]
}

/** @param seed of one account */
export function severalAccounts(
  seed: (account: string) => { functions: (LambdaFunction | Stored)[]; roles: Role[] } = (account) => ({
    functions: [fnIn(account)],
    roles: [roleOfAccount(account)],
  }),
): SeveralAccounts {
  const clock = new VirtualClock()
  const worlds = ALL.map((account) => {
    const { functions, roles } = seed(account)
    return new FakeWorld(clock, functions, roles, account)
  })
  const [own, member, other] = worlds
  if (!own || !member || !other) throw new Error('three accounts')
  own.members.set(MEMBER, member).set(OTHER, other)
  const plain = rolloutTools(own, clock)
  const tools = { ...plain, aws: plain.aws.through(WAY) }
  return { own, member, other, plain, tools, picture: () => worlds.map((world) => world.picture()) }
}
