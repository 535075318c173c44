/** BEHAVIOUR S7: what the fleets say of their functions is what the functions are. */
import { describe, expect, it } from 'vitest'
import { CUSTOMER_POLICIES, ROLE_KINDS } from '../../src/sandbox/audit-fleet/role-kinds.js'
import { allows, type RolePolicies } from '../../src/sandbox/policy/evaluate.js'
import { seedAuditFleet } from '../../src/sandbox/seed-audit-fleet.js'
import { seedFleet } from '../../src/sandbox/seed-fleet.js'
import { seedOrganization } from '../../src/sandbox/seed-organization.js'
import type { Account } from '../../src/sandbox/world/account.js'
import type { LambdaFunction } from '../../src/sandbox/world/lambda-function.js'
import type { Role } from '../../src/sandbox/world/role.js'
import { World } from '../../src/sandbox/world.js'

const REGIONS = ['us-east-1', 'eu-west-1', 'ap-southeast-2']
const BLOCKING_SOURCES = ['kafka', 'msk', 'mq', 'documentdb']
/** Kinds with conditions that the sandbox's own evaluator does not decide. */
const BEYOND_EVALUATOR = new Map([['denies-without-tls', true]])

/** By the sandbox's evaluator, from what IAM has; nothing of it comes from the seed's own table. */
function canWrite(account: Account, role: Role | undefined): boolean {
  if (role === undefined) return false
  const kind = role.name.replace(/-\d{5}$/, '')
  const documentOf = (arn: string) => account.policies.get(arn)?.defaultVersion.stored.document ?? { Statement: [] }
  const policies: RolePolicies = {
    identity: [...role.managed.map(documentOf), ...[...role.inline.values()].map((stored) => stored.document)],
    ...(role.boundary === undefined ? {} : { boundary: documentOf(role.boundary) }),
  }
  return (
    BEYOND_EVALUATOR.get(kind) ??
    ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'].every((action) => allows(policies, action))
  )
}

/** Versions that callers of an alias, or of managed instances, meet. */
function served(lambda: LambdaFunction): Array<'Active' | 'PassThrough' | undefined> {
  const versions = [...lambda.aliases.values()].flatMap(({ version, weights }) => {
    const shares = Object.entries(weights).filter(([, weight]) => weight > 0)
    const all = shares.some(([, weight]) => weight === 1)
    return [...(all ? [] : [version]), ...shares.map(([other]) => other)]
  })
  const numbered = versions.filter((version) => version !== '$LATEST').map((version) => lambda.versions.get(version))
  const published = lambda.latestPublished === undefined ? [] : [lambda.latestPublished]
  return [...numbered, ...published].map((version) => version?.configuration.TracingConfig?.Mode)
}

function verdictOf(account: Account, lambda: LambdaFunction): string {
  const region = account.region(lambda.arn.split(':')[3] ?? '')
  const sources = region.eventSourceMappings.filter((mapping) => mapping.functionName === lambda.name)
  if (sources.some(({ kind }) => BLOCKING_SOURCES.includes(kind))) return 'unsupported'
  if (lambda.configuration.MasterArn !== undefined || lambda.configuration.Runtime === 'nodejs12.x') {
    return 'unsupported'
  }
  if (lambda.mode !== 'Active') return 'off'
  if (!canWrite(account, account.roles.get(lambda.role.split('/').at(-1) ?? ''))) return 'blind'
  return served(lambda).every((mode) => mode === 'Active') ? 'traced' : 'stale'
}

function functionsOf(account: Account): LambdaFunction[] {
  return [...account.regions.values()].flatMap((region) => [...region.functions.values()])
}

const auditFleet = (randomSeed: number) => {
  const world = new World()
  const size = { functions: 1000, roles: 155, regions: REGIONS, environmentBytes: 500, randomSeed }
  return { world, account: world.account(), verdicts: seedAuditFleet(world, size) }
}

describe('S7: fleets whose verdicts are known', () => {
  const { world, account, verdicts } = auditFleet(1)
  const functions = functionsOf(account)

  it('knows each function of an audit fleet', () => {
    expect(verdicts.size).toBe(1000)
    const found = functions.map((lambda) => [lambda.arn, verdictOf(account, lambda)])
    expect(Object.fromEntries(found)).toEqual(Object.fromEntries(verdicts))
    const count = (verdict: string) => [...verdicts.values()].filter((one) => one === verdict).length
    expect(['off', 'stale', 'unsupported'].map(count)).toEqual([300, 140, 60])
    expect(Math.min(count('traced'), count('blind'))).toBeGreaterThan(200)
  })

  it('has seventy versions for a hundred functions, and all regions', () => {
    expect(functions.reduce((sum, { versions }) => sum + versions.size, 0)).toBe(700)
    expect([...account.regions.keys()].sort()).toEqual([...REGIONS].sort())
    const replicas = functions.filter(({ configuration }) => configuration.MasterArn !== undefined)
    expect(replicas).toHaveLength(10)
    expect(replicas.filter(({ arn }) => arn.includes(':us-east-1:'))).toEqual([])
    const withStack = functions.filter(({ tags }) => 'aws:cloudformation:stack-name' in tags)
    expect(withStack.length).toBeGreaterThan(200)
    expect(functions.filter(({ configuration }) => configuration.Layers !== undefined)).toHaveLength(20)
  })

  it('has roles of every kind, in use, and names some that are gone', () => {
    const kinds = new Set([...account.roles.keys()].map((name) => name.replace(/-\d{5}$/, '')))
    expect([...kinds, 'deleted'].sort()).toEqual(Object.keys(ROLE_KINDS).sort())
    expect(account.roles.size).toBe(155)
    const used = new Set(functions.map(({ role }) => role.split('/').at(-1) ?? ''))
    const gone = [...used].filter((name) => !account.roles.has(name))
    expect([gone.length > 0, gone.every((name) => name.startsWith('deleted-'))]).toEqual([true, true])
    const customer = [...account.policies.values()].filter(({ awsManaged }) => !awsManaged)
    expect(customer.map(({ name }) => name)).toEqual(CUSTOMER_POLICIES.map(({ name }) => name))
  })

  it('is the same for the same seed, and another for another', () => {
    expect(auditFleet(1).world.snapshot()).toEqual(world.snapshot())
    expect(auditFleet(2).verdicts).not.toEqual(verdicts)
  })

  it('knows each function of a plain fleet', () => {
    const other = new World()
    const size = { functions: 300, roles: 20, regions: REGIONS, activeShare: 0.5, writingRoleShare: 0.5 }
    const found = seedFleet(other, { ...size, versionsEvery: 4, randomSeed: 1 })
    const own = other.account()
    expect(new Map(functionsOf(own).map((lambda) => [lambda.arn, verdictOf(own, lambda)]))).toEqual(new Map(found))
    expect(new Set(found.values())).toEqual(new Set(['off', 'traced', 'blind']))
  })
})

describe('S4 and S7: an organization for load tests', () => {
  const seeded = (randomSeed: number, aggregator?: string) => {
    const world = new World()
    const size = { accounts: 30, regions: REGIONS, functionsPerRegion: 4, roles: 5, activeShare: 0.5, randomSeed }
    return { world, ...seedOrganization(world, { ...size, writingRoleShare: 0.5, aggregator }) }
  }

  it('has a fleet of its own in every account', () => {
    const { world, organization, expectedVerdicts } = seeded(1)
    const accounts = [...organization.members.keys()].map((id) => world.account(id))
    expect([accounts.length, accounts[0]?.id, expectedVerdicts.size]).toEqual([30, '123456789012', 360])
    for (const account of accounts) {
      expect([...account.regions.values()].map((region) => region.functions.size)).toEqual([4, 4, 4])
      expect(account.roles.has('OrganizationAccountAccessRole')).toBe(account !== organization.management)
      for (const lambda of functionsOf(account)) {
        expect(expectedVerdicts.get(lambda.arn)).toBe(verdictOf(account, lambda))
      }
    }
    const modes = new Set(
      accounts.map((account) =>
        functionsOf(account)
          .map(({ mode }) => mode)
          .join(' '),
      ),
    )
    expect(modes.size).toBeGreaterThan(25)
    expect(seeded(1).world.snapshot()).toEqual(world.snapshot())
    expect(seeded(2).world.snapshot()).not.toEqual(world.snapshot())
  })

  it('is recorded by AWS Config where an aggregator is asked for', () => {
    const recorded = ({ world }: { world: World }) =>
      [...world.accounts.values()].flatMap(({ regions }) =>
        [...regions.values()].flatMap(({ recorder }) => recorder.recorded),
      ).length
    const { world, organization } = seeded(1, 'org')
    expect([recorded({ world }), recorded(seeded(1))]).toEqual([360, 0])
    expect([...organization.management.region('us-east-1').aggregators.keys()]).toEqual(['org'])
  })

  it('is built quickly and compactly', () => {
    const before = process.memoryUsage().rss
    const start = performance.now()
    const regions = Array.from({ length: 17 }, (_, index) => `eu-west-${index}`)
    const size = { accounts: 50, regions, functionsPerRegion: 20, roles: 20, randomSeed: 1 }
    const { expectedVerdicts } = seedOrganization(new World(), size)
    expect(expectedVerdicts.size).toBe(17_000)
    expect(performance.now() - start).toBeLessThan(5000)
    expect((process.memoryUsage().rss - before) / 2 ** 20).toBeLessThan(150)
  })
})
