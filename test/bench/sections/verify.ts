/** A proof for many functions against its floor: the list at AWS's rate, and the same questions to X-Ray by the bare SDK. */
import { seedFleet } from '../../../src/sandbox/seed-fleet.js'
import { startSandbox } from '../../../src/sandbox/server.js'
import { World } from '../../../src/sandbox/world.js'
import { measured } from '../measure/against-sandbox.js'
import { bareSdk } from '../measure/bare-sdk.js'
import { RATE } from '../measure/fleet.js'
import type { Figure } from '../report/figure.js'

const REGION = 'us-east-1'

export async function measureVerify(functions: number): Promise<Figure[]> {
  const world = new World()
  const fleet = { functions, roles: 20, regions: [REGION], activeShare: 1, writingRoleShare: 1 }
  const names = [...seedFleet(world, { ...fleet, medianPerMinute: 2, randomSeed: 5 }).keys()].map(nameOf)
  const sandbox = await startSandbox({ world, settings: { latencyMs: 60, lambdaRate: RATE } })
  const run = await measured(sandbox, ['verify', '--all', '--rate', String(RATE), '--json'])
  const lists = sandbox.calls.filter(({ service }) => service === 'lambda').length
  const traceCalls = sandbox.calls.filter(({ service }) => service === 'xray').length
  const before = sandbox.calls.length
  const bare = await bareSdk<Read>(sandbox, 'read-traces', names)
  const bareCalls = sandbox.calls.length - before
  await sandbox.close()
  const told: Array<{ proof: { answer: string } }> = JSON.parse(run.stdout).data.functions
  const what = `verify of ${functions} functions, 15 minutes`
  return [
    {
      what,
      measured: run.seconds,
      unit: 's',
      floor: lists / RATE + bare.seconds,
      against: 'list calls ÷ 15/s + the bare SDK',
      bound: { most: 1.5 },
    },
    {
      what: 'its calls of X-Ray',
      measured: traceCalls,
      unit: 'calls',
      floor: bareCalls,
      against: 'those of the bare SDK',
      bound: { most: 1.2 },
    },
    {
      what: 'functions that it proves',
      measured: told.filter(({ proof }) => proof.answer === 'yes').length,
      unit: 'functions',
      floor: bare.seen,
      against: 'those whose traces the bare SDK finds',
      bound: { least: 1 },
    },
    {
      what,
      measured: run.memory,
      unit: 'MB',
      floor: bare.memory,
      against: 'the bare SDK, asking the same',
      bound: { most: 2 },
    },
  ]
}

function nameOf(arn: string): string {
  return arn.slice(arn.lastIndexOf(':') + 1)
}

interface Read {
  seconds: number
  /** Functions with a trace. */
  seen: number
}
