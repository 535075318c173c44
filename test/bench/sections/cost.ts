/** A cost report against its floor: the pages of the list at AWS's rate, and the same metrics asked for by the bare SDK. */
import { seedFleet } from '../../../src/sandbox/seed-fleet.js'
import { startSandbox } from '../../../src/sandbox/server.js'
import { World } from '../../../src/sandbox/world.js'
import type { Cost } from '../../../src/usecases/cost/request.js'
import { measured } from '../measure/against-sandbox.js'
import { bareSdk } from '../measure/bare-sdk.js'
import { RATE } from '../measure/fleet.js'
import type { Figure } from '../report/figure.js'

const REGION = 'us-east-1'
/** 720 hours of 140 functions are what one call may hold. */
const NAMES_A_CALL = 140

export async function measureCost(functions: number): Promise<Figure[]> {
  const world = new World()
  const fleet = { functions, roles: 50, regions: [REGION], activeShare: 0.3, writingRoleShare: 0.5 }
  const arns = seedFleet(world, { ...fleet, medianPerMinute: 5, randomSeed: 11 })
  const sandbox = await startSandbox({ world, settings: { latencyMs: 60, lambdaRate: RATE } })
  const run = await measured(sandbox, ['cost', '--rate', String(RATE), '--json'])
  const called = (service: string) => sandbox.calls.filter((call) => call.service === service).length
  const [listCalls, metricCalls] = [called('lambda'), called('monitoring')]
  const bare = await bareSdk<Counted>(sandbox, 'count-invocations', [...arns.keys()].map(nameOf))
  await sandbox.close()
  const { data }: { data: Cost } = JSON.parse(run.stdout)
  const right = data.functions.filter(({ name, invocations }) => bare.invocations[name] === invocations)
  const what = `cost of ${functions} functions, 30 days`
  return [
    {
      what,
      measured: run.seconds,
      unit: 's',
      floor: listCalls / RATE + bare.seconds,
      against: 'list calls ÷ 15/s + the bare SDK',
      bound: { most: 1.3 },
    },
    {
      what: 'its calls of GetMetricData',
      measured: metricCalls,
      unit: 'calls',
      floor: Math.ceil(functions / NAMES_A_CALL),
      against: 'the least that hold every hour',
      bound: { most: 1.1 },
    },
    {
      what: 'its right counts',
      measured: right.length,
      unit: 'functions',
      floor: functions,
      against: 'functions, as the bare SDK counts them',
      bound: { least: 1 },
    },
    {
      what,
      measured: run.memory,
      unit: 'MB',
      floor: bare.memory,
      against: 'the bare SDK, counting the same',
      bound: { most: 2 },
    },
  ]
}

function nameOf(arn: string): string {
  return arn.slice(arn.lastIndexOf(':') + 1)
}

interface Counted {
  seconds: number
  invocations: Record<string, number>
}
