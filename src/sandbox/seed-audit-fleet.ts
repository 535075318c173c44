/** Fills a world with a large account whose every function has a known verdict, to measure audits by. */
import { FUNCTION_KINDS, type FunctionKind } from './audit-fleet/function-kinds.js'
import { CUSTOMER_POLICIES, ROLE_KINDS, type RoleKind } from './audit-fleet/role-kinds.js'
import { environmentOfSize } from './fleet/environment.js'
import type { ExpectedVerdict, ExpectedVerdicts } from './fleet/expected-verdict.js'
import { JOBS, padded, RUNTIMES, TEAMS } from './fleet/vocabulary.js'
import { seededRandom } from './random.js'
import type { Account } from './world/account.js'
import type { FunctionSeed } from './world/function-seed.js'
import { stackTags } from './world/stack-tags.js'
import { DEFAULT_ACCOUNT, type World } from './world.js'

export interface AuditFleetSize {
  account?: string
  /** In all regions together; every hundred of them has seventy versions. */
  functions: number
  /** That exist; a few functions name roles that do not. */
  roles: number
  regions: readonly string[]
  /** Bytes of environment values per function, in all; absent: only the two short ones. */
  environmentBytes?: number
  randomSeed: number
}

interface SeededRole {
  readonly arn: string
  readonly writes: boolean
}

/** @returns what each function is, as it was made */
export function seedAuditFleet(world: World, size: AuditFleetSize): ExpectedVerdicts {
  const random = seededRandom(size.randomSeed)
  const pick = <T>(choices: readonly T[]): T => choices[Math.floor(random() * choices.length)] as T
  const account = world.account(size.account ?? DEFAULT_ACCOUNT)
  const roles = addRoles(account, size.roles)
  const writing = roles.filter(({ writes }) => writes)
  const verdicts = new Map<string, ExpectedVerdict>()
  let deck: FunctionKind[] = []
  for (let index = 0; index < size.functions; index += 1) {
    if (deck.length === 0) deck = FUNCTION_KINDS.flatMap((one) => Array.from({ length: one.share }, () => one))
    const [kind] = deck.splice(Math.floor(random() * deck.length), 1) as [FunctionKind]
    const role = pick(kind.verdict === 'stale' ? writing : roles)
    const team = pick(TEAMS)
    const name = `${team}-${pick(JOBS)}-${padded(index)}`
    const region = regionFor(kind, index, size.regions)
    const stack = random() < 0.3 ? stackTags(`${team}-prod`, name, { region, account: account.id }) : {}
    const environment = { STAGE: 'prod', API_TOKEN: `fleet-token-${index}` }
    const seed: FunctionSeed = {
      runtime: pick(RUNTIMES),
      environment: environmentOfSize(size.environmentBytes ?? 0, environment, size.randomSeed + index),
      codeSha256: `fleet-code-${padded(index)}`,
      ...kind.seed,
      ...identity(kind, name, account),
      role: role.arn,
      tags: { team, ...stack },
    }
    const { arn } = account.region(region).addFunction(seed)
    verdicts.set(arn, kind.verdict === 'by-role' ? (role.writes ? 'traced' : 'blind') : kind.verdict)
  }
  return verdicts
}

function addRoles(account: Account, count: number): SeededRole[] {
  for (const policy of CUSTOMER_POLICIES) account.addPolicy(policy)
  const kinds = Object.entries(ROLE_KINDS).filter(([, { role }]) => role !== undefined)
  const existing = Array.from({ length: count }, (_, index) => {
    const [name, kind] = kinds[index % kinds.length] as [string, RoleKind]
    const { boundary, ...role } = kind.role ?? {}
    const within = boundary === undefined ? {} : { boundary: account.arnOf('policy', '/', boundary) }
    const { arn } = account.addRole({ ...role, ...within, name: `${name}-${padded(index)}` })
    return { arn, writes: kind.writes }
  })
  const deleted = Array.from({ length: Math.ceil(count / kinds.length) }, (_, index) => {
    return { arn: account.arnOf('role', '/', `deleted-${padded(index)}`), writes: false }
  })
  return [...existing, ...deleted]
}

/** Lambda@Edge functions live in us-east-1, their replicas elsewhere. */
function regionFor(kind: FunctionKind, index: number, regions: readonly string[]): string {
  const possible = kind.edge === true ? regions.filter((region) => region !== EDGE_HOME) : regions
  return possible[index % possible.length] ?? EDGE_HOME
}

const EDGE_HOME = 'us-east-1'

function identity(kind: FunctionKind, name: string, account: Account): Pick<FunctionSeed, 'name' | 'masterArn'> {
  if (kind.edge !== true) return { name }
  return { name: `${EDGE_HOME}.${name}`, masterArn: `${account.region(EDGE_HOME).arnOf(name)}:1` }
}
