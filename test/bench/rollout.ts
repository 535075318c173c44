/** A rollout against its floor: the calls that must be made, at AWS's rate, in the region that has most of them. */
import {
  GetFunctionConfigurationCommand,
  LambdaClient,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda'
import type { FaultRule } from '../../src/sandbox/faults.js'
import { seedFleet } from '../../src/sandbox/seed-fleet.js'
import { type Sandbox, startSandbox } from '../../src/sandbox/server.js'
import { World } from '../../src/sandbox/world.js'
import type { Figure } from './figure.js'
import { measuredRun } from './measured-run.js'

const REGIONS = ['us-east-1', 'eu-west-1', 'ap-southeast-2']
const RATE = 15
const ACCOUNT = '123456789012'

/** Lambda's and the network's unkindness, in shares of all calls. */
const UNKIND: FaultRule[] = [
  { match: { service: 'lambda' }, kind: 'http-500', probability: 0.05 },
  { match: { service: 'lambda' }, kind: 'http-503', probability: 0.05 },
  { match: { service: 'lambda' }, kind: 'reset-before', probability: 0.03 },
  { match: { service: 'lambda' }, kind: 'reset-after', probability: 0.03 },
]

export async function rolloutBench(bin: string, functions: number): Promise<Figure[]> {
  const kind = await rollout(bin, functions, [])
  const unkind = await rollout(bin, functions, UNKIND)
  const naive = await naiveSeconds(Math.min(20, functions))
  const perFunction = kind.seconds / functions
  const size = `${functions} functions, 25 roles, 3 regions`
  return [
    {
      name: `enable --all, ${size}`,
      value: kind.seconds,
      unit: 's',
      floor: kind.floor,
      floorName: 'calls ÷ 15/s',
      bound: 1.15,
    },
    { name: 'its throttled answers', value: kind.throttled * 100, unit: '%', bound: 1 },
    { name: 'its memory', value: kind.memory, unit: 'MB', bound: 200 },
    { name: 'grants per role', value: kind.grantsPerRole, unit: '', bound: 1 },
    {
      name: 'the same with 5 % 500, 5 % 503, 6 % resets',
      value: unkind.seconds,
      unit: 's',
      floor: unkind.floor,
      floorName: 'calls ÷ 15/s',
    },
    { name: 'its updates per function', value: unkind.updatesPerFunction, unit: '', bound: 1 },
    {
      name: 'a loop of read, write, wait (sample of 20), per function',
      value: naive,
      unit: 's',
      floor: perFunction,
      floorName: 'xtrace, per function',
    },
  ]
}

interface Rollout {
  seconds: number
  floor: number
  throttled: number
  memory: number
  grantsPerRole: number
  updatesPerFunction: number
}

async function rollout(bin: string, functions: number, faults: FaultRule[]): Promise<Rollout> {
  const sandbox = await fleetSandbox(functions, faults)
  const words = ['enable', '--all', '--region', REGIONS.join(','), '--rate', String(RATE), '--yes', '--json']
  const run = await measuredRun(bin, words, sandbox)
  const calls = sandbox.calls
  await sandbox.close()
  const active = REGIONS.flatMap((region) => [
    ...sandbox.world.account(ACCOUNT).region(region).functions.values(),
  ]).filter((fn) => fn.mode === 'Active')
  if (run.status !== 0 || active.length !== functions) {
    throw new Error(`the rollout ended with ${run.status} and ${active.length} of ${functions} Active: ${run.stderr}`)
  }
  const updates = calls.filter((call) => call.operation === 'UpdateFunctionConfiguration' && done(call))
  const grants = calls.filter((call) => call.operation === 'AttachRolePolicy' && call.status === 200)
  return {
    seconds: run.seconds,
    floor: Math.max(...REGIONS.map((region) => mustBeMade(calls.filter((call) => call.region === region)))) / RATE,
    throttled: calls.filter((call) => call.status === 429).length / calls.length,
    memory: run.memory,
    grantsPerRole: grants.length / Math.max(1, new Set(grants.map((call) => call.resource)).size),
    updatesPerFunction: updates.length / functions,
  }
}

/** Lists, and one update for each function. */
function mustBeMade(calls: Sandbox['calls']): number {
  const lists = calls.filter((call) => call.operation.startsWith('List') && call.status === 200)
  const updated = new Set(
    calls.filter((call) => call.operation === 'UpdateFunctionConfiguration').map((call) => call.resource),
  )
  return lists.length + updated.size
}

function done(call: Sandbox['calls'][number]): boolean {
  return call.status === 200 || call.errorCode === 'reset-after'
}

async function fleetSandbox(functions: number, faults: FaultRule[]): Promise<Sandbox> {
  const world = new World()
  seedFleet(world, {
    account: ACCOUNT,
    functions,
    roles: 25,
    regions: REGIONS,
    randomSeed: 7,
    writingRoleShare: 0.6,
    environmentBytes: 1024,
  })
  const settings = { settleMs: 1000, latencyMs: 60, iamDelayMs: 3000, lambdaRate: RATE }
  return startSandbox({ world, settings, faults, randomSeed: 11 })
}

/** Seconds a function takes in a loop that does one after the other, as a shell script would. */
async function naiveSeconds(functions: number): Promise<number> {
  const sandbox = await fleetSandbox(functions * 3, [])
  const world = sandbox.world.account(ACCOUNT).region('us-east-1')
  const names = [...world.functions.values()].filter(
    (fn) => sandbox.world.account(ACCOUNT).role(fn.role.split('/').at(-1) ?? '').managed.length > 1,
  )
  const credentials = { accessKeyId: `AKIA${ACCOUNT}BENCH`, secretAccessKey: 'bench' }
  const client = new LambdaClient({ region: 'us-east-1', endpoint: sandbox.url, credentials })
  const start = performance.now()
  for (const { name: FunctionName } of names) await oneByHand(client, FunctionName)
  const seconds = (performance.now() - start) / 1000 / names.length
  client.destroy()
  await sandbox.close()
  return seconds
}

async function oneByHand(client: LambdaClient, FunctionName: string): Promise<void> {
  const before = await client.send(new GetFunctionConfigurationCommand({ FunctionName }))
  if (before.TracingConfig?.Mode === 'Active') return
  await client.send(new UpdateFunctionConfigurationCommand({ FunctionName, TracingConfig: { Mode: 'Active' } }))
  for (;;) {
    const { LastUpdateStatus } = await client.send(new GetFunctionConfigurationCommand({ FunctionName }))
    if (LastUpdateStatus !== 'InProgress') return
    await new Promise((resolve) => setTimeout(resolve, 1000))
  }
}
