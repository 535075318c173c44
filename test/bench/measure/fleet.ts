/** The fleet that rollouts are measured on: more functions than roles, and some roles that cannot write yet. */
import type { FaultRule } from '../../../src/sandbox/faults.js'
import { seedFleet } from '../../../src/sandbox/seed-fleet.js'
import { type Sandbox, startSandbox } from '../../../src/sandbox/server.js'
import type { LambdaFunction } from '../../../src/sandbox/world/lambda-function.js'
import { World } from '../../../src/sandbox/world.js'
import { ACCOUNT } from './against-sandbox.js'

/** Requests a second that Lambda allows an account and region. */
export const RATE = 15
/** Milliseconds. */
export const SETTLE = 1000

export interface FleetSize {
  functions: number
  roles: number
  regions: readonly string[]
  /** Until Lambda sees a grant; milliseconds. */
  iamDelayMs: number
}

export function startFleet({ iamDelayMs, ...size }: FleetSize, faults: FaultRule[] = []): Promise<Sandbox> {
  const world = new World()
  seedFleet(world, { ...size, account: ACCOUNT, randomSeed: 7, writingRoleShare: 0.6, environmentBytes: 1024 })
  const settings = { settleMs: SETTLE, latencyMs: 60, iamDelayMs, lambdaRate: RATE }
  return startSandbox({ world, settings, faults, randomSeed: 11 })
}

export function functionsIn({ world }: Sandbox, regions: readonly string[]): LambdaFunction[] {
  return regions.flatMap((region) => [...world.account(ACCOUNT).region(region).functions.values()])
}
