/** A rollout against its floor: the calls that must be made, at AWS's rate, in the region that has most of them. */
import type { FaultRule } from '../../../src/sandbox/faults.js'
import type { Sandbox } from '../../../src/sandbox/server.js'
import { type Measured, measured } from '../measure/against-sandbox.js'
import { listMemory } from '../measure/bare-sdk.js'
import { type FleetSize, functionsIn, RATE, SETTLE, startFleet } from '../measure/fleet.js'
import type { Figure } from '../report/figure.js'

/** Lambda's and the network's unkindness, in shares of all calls. */
const UNKIND: readonly FaultRule[] = [
  { match: { service: 'lambda' }, kind: 'http-500', probability: 0.05 },
  { match: { service: 'lambda' }, kind: 'http-503', probability: 0.05 },
  { match: { service: 'lambda' }, kind: 'reset-before', probability: 0.03 },
  { match: { service: 'lambda' }, kind: 'reset-after', probability: 0.03 },
]

export async function measureRollout(size: FleetSize, unkind: boolean): Promise<Figure[]> {
  const fleet = `${size.functions} functions, ${size.roles} roles, in ${size.regions.join(' ')}`
  return [
    ...(await rollout(`enable --all, ${fleet}`, size, [])),
    ...(unkind ? await rollout('the same with 5 % 500, 5 % 503, 6 % resets', size, UNKIND) : []),
  ]
}

async function rollout(what: string, size: FleetSize, faults: readonly FaultRule[]): Promise<Figure[]> {
  const sandbox = await startFleet(size, [...faults])
  const region = ['--region', size.regions.join(',')]
  const run = await measured(sandbox, ['enable', '--all', ...region, '--rate', String(RATE), '--yes', '--json'])
  requireAllActive(run, sandbox, size)
  const calls = [...sandbox.calls]
  sandbox.faults.length = 0
  const memory = await listMemory(sandbox, size.regions)
  await sandbox.close()
  const updates = calls.filter((call) => call.operation === 'UpdateFunctionConfiguration' && isDone(call))
  const grants = calls.filter((call) => call.operation === 'AttachRolePolicy' && call.status === 200)
  const answered = calls.filter((call) => call.status !== 429)
  const floors = size.regions.map((name) => mustBeMade(calls.filter((call) => call.region === name)))
  return [
    {
      what,
      measured: run.seconds,
      unit: 's',
      floor: Math.max(...floors) / RATE + SETTLE / 1000,
      against: 'calls ÷ 15/s + the last update settling',
      bound: { most: faults.length === 0 ? 1.15 : 1.3 },
    },
    {
      what: 'its calls',
      measured: calls.length,
      unit: 'calls',
      floor: answered.length,
      against: 'not throttled',
      bound: { most: 1.01 },
    },
    {
      what: 'its updates that were done',
      measured: updates.length,
      unit: 'updates',
      floor: size.functions,
      against: 'functions',
      bound: { most: 1 },
    },
    {
      what: 'its grants',
      measured: grants.length,
      unit: 'grants',
      floor: new Set(grants.map((call) => call.resource)).size,
      against: 'roles that need one',
      bound: { most: 1 },
    },
    { what, measured: run.memory, unit: 'MB', ...memory, bound: { most: 3 } },
  ]
}

function requireAllActive({ status, stderr }: Measured, sandbox: Sandbox, { functions, regions }: FleetSize): void {
  const active = functionsIn(sandbox, regions).filter((fn) => fn.mode === 'Active').length
  if (status === 0 && active === functions) return
  throw new Error(`the rollout ended with ${status} and ${active} of ${functions} Active: ${stderr}`)
}

/** Lists, and one update for each function. */
function mustBeMade(calls: Sandbox['calls']): number {
  const lists = calls.filter((call) => call.operation.startsWith('List') && call.status === 200)
  const updates = calls.filter((call) => call.operation === 'UpdateFunctionConfiguration')
  return lists.length + new Set(updates.map((call) => call.resource)).size
}

function isDone(call: Sandbox['calls'][number]): boolean {
  return call.status === 200 || call.errorCode === 'reset-after'
}
