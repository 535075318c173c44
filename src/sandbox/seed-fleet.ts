/** Fills a world with a large synthetic account, the same for the same numbers, for load tests. */
import { environmentOfSize } from './fleet/environment.js'
import type { ExpectedVerdict, ExpectedVerdicts } from './fleet/expected-verdict.js'
import { fleetTraffic } from './fleet/traffic.js'
import { JOBS, padded, RUNTIMES, TEAMS } from './fleet/vocabulary.js'
import { seededRandom } from './random.js'
import type { TracingMode } from './world/function-configuration.js'
import type { FunctionSeed } from './world/function-seed.js'
import { DEFAULT_ACCOUNT, type World } from './world.js'

export interface FleetSize {
  account?: string
  /** In all regions together. */
  functions: number
  roles: number
  regions: readonly string[]
  /** Every n-th function has a published version, and an alias `live` on it. */
  versionsEvery?: number
  /** Share of functions that are Active already, 0 to 1. */
  activeShare?: number
  /** Share of roles that can write to X-Ray already, 0 to 1. */
  writingRoleShare?: number
  /** Bytes of environment values per function, in all; absent: only the two short ones. */
  environmentBytes?: number
  /** Layers per function; Lambda allows five. */
  layers?: number
  /** Invocations a minute of the median function; some are a hundred times as busy. Absent: all stand idle. */
  medianPerMinute?: number
  randomSeed: number
}

/** @returns what each function is, as it was made */
export function seedFleet(world: World, size: FleetSize): ExpectedVerdicts {
  const random = seededRandom(size.randomSeed)
  const pick = (choices: readonly string[]): string => choices[Math.floor(random() * choices.length)] ?? ''
  const account = world.account(size.account ?? DEFAULT_ACCOUNT)
  const roles = Array.from({ length: size.roles }, (_, index) => {
    const writes = random() < (size.writingRoleShare ?? 0)
    const managed = ['AWSLambdaBasicExecutionRole', ...(writes ? ['AWSXRayDaemonWriteAccess'] : [])]
    return { arn: account.addRole({ name: `fleet-role-${padded(index)}`, managed }).arn, writes }
  })
  const verdicts = new Map<string, ExpectedVerdict>()
  for (let index = 0; index < size.functions; index += 1) {
    const region = size.regions[index % size.regions.length] ?? 'us-east-1'
    const mode: TracingMode = random() < (size.activeShare ?? 0) ? 'Active' : 'PassThrough'
    const team = pick(TEAMS)
    const environment = { STAGE: 'prod', API_TOKEN: `fleet-token-${index}` }
    const role = roles[Math.floor(index / size.regions.length) % roles.length]
    const layers = layerArns(size.layers ?? 0, account.region(region).partition, region, account.id)
    const seed: FunctionSeed = {
      name: `${team}-${pick(JOBS)}-${padded(index)}`,
      role: role?.arn ?? '',
      mode,
      runtime: pick(RUNTIMES),
      memorySize: 128 * (1 + Math.floor(random() * 8)),
      environment: environmentOfSize(size.environmentBytes ?? 0, environment, size.randomSeed + index),
      ...(layers.length === 0 ? {} : { layers }),
      tags: { team },
      codeSha256: `fleet-code-${padded(index)}`,
    }
    const versioned = size.versionsEvery !== undefined && index % size.versionsEvery === 0
    const live = { versions: [{ mode }], aliases: [{ name: 'live', version: '1' }] }
    const made = account.region(region).addFunction(versioned ? { ...seed, ...live } : seed)
    const { arn } = made
    made.traffic = fleetTraffic(arn, size.medianPerMinute)
    verdicts.set(arn, mode === 'PassThrough' ? 'off' : role?.writes === true ? 'traced' : 'blind')
  }
  return verdicts
}

function layerArns(count: number, partition: string, region: string, account: string): string[] {
  const arn = (number: number) => `arn:${partition}:lambda:${region}:${account}:layer:fleet-layer-${number}:${number}`
  return Array.from({ length: count }, (_, index) => arn(index + 1))
}
