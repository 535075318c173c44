/** An audit against its floor: the pages and aliases that must be read, at AWS's rate, in the region that has most of them. */
import { seedAuditFleet } from '../../../src/sandbox/seed-audit-fleet.js'
import { seedOrganization } from '../../../src/sandbox/seed-organization.js'
import { startSandbox } from '../../../src/sandbox/server.js'
import { World } from '../../../src/sandbox/world.js'
import { type Measured, measured } from '../measure/against-sandbox.js'
import { listMemory } from '../measure/bare-sdk.js'
import { RATE } from '../measure/fleet.js'
import type { Figure } from '../report/figure.js'

/** Those that are enabled for every account. */
const REGIONS = [
  ...['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2', 'ca-central-1', 'sa-east-1'],
  ...['eu-central-1', 'eu-west-1', 'eu-west-2', 'eu-west-3', 'eu-north-1'],
  ...['ap-south-1', 'ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3', 'ap-southeast-1', 'ap-southeast-2'],
]
const IN_A_REGION = 20
const SETTINGS = { latencyMs: 60, lambdaRate: RATE }

/** @param accounts of the organization; absent: none is measured */
export async function measureAudit(functions: number, inRegions: number, accounts?: number): Promise<Figure[]> {
  const regions = REGIONS.slice(0, inRegions)
  return [...(await oneAccount(functions, regions)), ...(accounts ? await organization(accounts) : [])]
}

async function oneAccount(functions: number, regions: readonly string[]): Promise<Figure[]> {
  const world = new World()
  const roles = Math.ceil(functions * 0.15)
  const expected = seedAuditFleet(world, { functions, roles, regions, environmentBytes: 1024, randomSeed: 7 })
  const sandbox = await startSandbox({ world, settings: SETTINGS })
  const run = await measured(sandbox, ['audit', ...placesOf(regions), '--json'])
  const calls = [...sandbox.calls]
  const memory = await listMemory(sandbox, regions)
  await sandbox.close()
  const lambda = calls.filter((call) => call.service === 'lambda')
  const lists = lambda.filter((call) => call.operation.startsWith('List'))
  const floors = regions.map((region) => lists.filter((call) => call.region === region && call.status === 200).length)
  const what = `audit of ${functions} functions, ${roles} roles, ${functions * 0.7} versions, ${regions.length} regions`
  return [
    {
      what,
      measured: run.seconds,
      unit: 's',
      floor: Math.max(...floors) / RATE,
      against: 'pages of functions and aliases ÷ 15/s',
      bound: { most: 1.2 },
    },
    {
      what: 'its calls of Lambda',
      measured: lambda.length,
      unit: 'calls',
      floor: floors.reduce((sum, count) => sum + count, 0),
      against: 'pages that were answered',
      bound: { most: 1.01 },
    },
    rightVerdicts(JSON.parse(run.stdout).data.functions, expected),
    { what, measured: run.memory, unit: 'MB', ...memory, bound: { most: 3 } },
  ]
}

/** Memory must not grow with the number of accounts: a quarter of them is the floor. */
async function organization(accounts: number): Promise<Figure[]> {
  const few = await auditOrganization(Math.ceil(accounts / 4))
  const all = await auditOrganization(accounts)
  const what = `audit --org of ${accounts} accounts × ${REGIONS.length} regions × ${IN_A_REGION} functions`
  return [
    {
      what,
      measured: all.run.seconds,
      unit: 's',
      floor: few.run.seconds * 4,
      against: 'a quarter of the accounts, times four',
      bound: { most: 1.2 },
    },
    all.right,
    {
      what: `${what}, written as lines`,
      measured: all.run.memory,
      unit: 'MB',
      floor: few.run.memory,
      against: 'a quarter of the accounts',
      bound: { most: 1.25 },
    },
  ]
}

async function auditOrganization(accounts: number): Promise<{ run: Measured; right: Figure }> {
  const world = new World()
  const size = { accounts, regions: REGIONS, functionsPerRegion: IN_A_REGION, roles: 20, randomSeed: 3 }
  const { expectedVerdicts } = seedOrganization(world, { ...size, activeShare: 0.5, writingRoleShare: 0.5 })
  const sandbox = await startSandbox({ world, settings: { ...SETTINGS, keepCalls: 0 } })
  const run = await measured(sandbox, ['audit', '--org', ...placesOf(REGIONS), '--format', 'ndjson'])
  await sandbox.close()
  const lines = run.stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  const functions = lines.filter((line) => !line.event)
  return { run, right: rightVerdicts(functions, expectedVerdicts) }
}

function placesOf(regions: readonly string[]): string[] {
  return ['--region', regions.join(','), '--rate', String(RATE)]
}

/** Against the functions there are, or those that were told of where that is more. */
function rightVerdicts(
  functions: Array<{ arn: string; verdict: string }>,
  expected: ReadonlyMap<string, string>,
): Figure {
  return {
    what: 'its right verdicts',
    measured: functions.filter(({ arn, verdict }) => expected.get(arn) === verdict).length,
    unit: 'verdicts',
    floor: Math.max(functions.length, expected.size),
    against: 'functions',
    bound: { least: 1 },
  }
}
