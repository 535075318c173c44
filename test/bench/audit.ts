/** An audit against its floor: the pages and aliases that must be read, at AWS's rate, in the region that has most of them. */
import { seedAuditFleet } from '../../src/sandbox/seed-audit-fleet.js'
import { seedOrganization } from '../../src/sandbox/seed-organization.js'
import { type Call, startSandbox } from '../../src/sandbox/server.js'
import { World } from '../../src/sandbox/world.js'
import type { Figure } from './figure.js'
import { type MeasuredRun, measuredRun } from './measured-run.js'

/** The regions that are enabled for every account. */
const REGIONS = [
  ...['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2', 'ca-central-1', 'sa-east-1'],
  ...['eu-central-1', 'eu-west-1', 'eu-west-2', 'eu-west-3', 'eu-north-1'],
  ...['ap-south-1', 'ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3', 'ap-southeast-1', 'ap-southeast-2'],
]
const RATE = 15
const SETTINGS = { latencyMs: 60, lambdaRate: RATE }

export async function auditBench(bin: string, functions: number, accounts: number): Promise<Figure[]> {
  return [...(await oneAccount(bin, functions)), ...(await organization(bin, accounts))]
}

async function oneAccount(bin: string, functions: number): Promise<Figure[]> {
  const world = new World()
  const roles = Math.ceil(functions * 0.15)
  const expected = seedAuditFleet(world, { functions, roles, regions: REGIONS, environmentBytes: 1024, randomSeed: 7 })
  const sandbox = await startSandbox({ world, settings: SETTINGS })
  const run = await measuredRun(bin, ['audit', ...everywhere(), '--json'], sandbox)
  await sandbox.close()
  const { calls } = sandbox
  const wrong = wrongVerdicts(JSON.parse(run.stdout).data.functions, expected)
  const floors = REGIONS.map(
    (region) => calls.filter((call) => call.region === region && call.service === 'lambda').length,
  )
  return [
    {
      name: `audit of ${functions} functions, ${roles} roles, ${functions * 0.7} versions, 17 regions`,
      value: run.seconds,
      unit: 's',
      floor: Math.max(...floors) / RATE,
      floorName: 'calls ÷ 15/s',
      bound: 1.2,
    },
    { name: 'its memory', value: run.memory, unit: 'MB', bound: 250 },
    { name: 'its wrong verdicts', value: wrong, unit: '', bound: 0 },
    { name: 'its reads of single functions', value: calls.filter(readsOneFunction).length, unit: '', bound: 0 },
    { name: 'its throttled answers', value: (100 * throttled(calls)) / calls.length, unit: '%', bound: 1 },
  ]
}

/** Memory must not grow with the number of accounts: a quarter of them is the floor. */
async function organization(bin: string, accounts: number): Promise<Figure[]> {
  const few = await auditOrganization(bin, Math.ceil(accounts / 4))
  const all = await auditOrganization(bin, accounts)
  return [
    { name: `audit --org of ${accounts} accounts × 17 regions × 20 functions`, value: all.run.seconds, unit: 's' },
    {
      name: 'its memory, written as lines',
      value: all.run.memory,
      unit: 'MB',
      floor: few.run.memory,
      floorName: 'a quarter of the accounts',
      bound: 1.25,
    },
    { name: 'its wrong verdicts', value: all.wrong, unit: '', bound: 0 },
  ]
}

async function auditOrganization(bin: string, accounts: number): Promise<{ run: MeasuredRun; wrong: number }> {
  const world = new World()
  const size = { accounts, regions: REGIONS, functionsPerRegion: 20, roles: 20, randomSeed: 3 }
  const { expectedVerdicts } = seedOrganization(world, { ...size, activeShare: 0.5, writingRoleShare: 0.5 })
  const sandbox = await startSandbox({ world, settings: { ...SETTINGS, keepCalls: 0 } })
  const run = await measuredRun(bin, ['audit', '--org', ...everywhere(), '--format', 'ndjson'], sandbox)
  await sandbox.close()
  const lines = run.stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  return {
    run,
    wrong: wrongVerdicts(
      lines.filter((line) => !line.event),
      expectedVerdicts,
    ),
  }
}

function everywhere(): string[] {
  return ['--region', REGIONS.join(','), '--rate', String(RATE)]
}

/** Functions whose verdict is not what they were made to be, those that are missing or too many included. */
function wrongVerdicts(
  functions: Array<{ arn: string; verdict: string }>,
  expected: ReadonlyMap<string, string>,
): number {
  const right = functions.filter(({ arn, verdict }) => expected.get(arn) === verdict).length
  return Math.max(functions.length, expected.size) - right
}

function readsOneFunction(call: Call): boolean {
  return call.operation === 'GetFunction' || call.operation === 'GetFunctionConfiguration'
}

function throttled(calls: readonly Call[]): number {
  return calls.filter((call) => call.status === 429).length
}
