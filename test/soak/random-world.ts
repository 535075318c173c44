/** Makes an account, or a small organization, with functions and roles of every kind that a rollout may meet. */
import type { PolicyDocument } from '../../src/sandbox/policy/document.js'
import type { Account, RoleSeed } from '../../src/sandbox/world/account.js'
import { type FunctionSeed, SEEDED_AT } from '../../src/sandbox/world/function-seed.js'
import { DEFAULT_ACCOUNT, World } from '../../src/sandbox/world.js'
import { SECRET } from '../support/world.js'
import { Chance } from './chance.js'

export const REGIONS = ['us-east-1', 'eu-west-1'] as const
export const MEMBER = '222233334444'
export const ENTRANCE = 'OrganizationAccountAccessRole'

export interface RandomWorld {
  world: World
  /** Account ids; the first is that of the credentials. */
  accounts: string[]
}

const BASIC = 'AWSLambdaBasicExecutionRole'
const WRITE = 'AWSXRayDaemonWriteAccess'
const WRITES = ['xray:PutTraceSegments', 'xray:PutTelemetryRecords']

function statement(Effect: 'Allow' | 'Deny', ...Action: string[]): PolicyDocument {
  return { Version: '2012-10-17', Statement: [{ Effect, Action, Resource: '*' }] }
}

/** More of those that a rollout has something to do with. */
const ROLES: readonly RoleSeed[] = [
  { name: 'bare', managed: [BASIC] },
  { name: 'bare-too', path: '/teams/blue/', managed: [BASIC] },
  { name: 'empty' },
  { name: 'writing', managed: [BASIC, WRITE] },
  { name: 'writing-too', managed: [WRITE] },
  { name: 'inline', inline: { tracing: statement('Allow', 'xray:Put*') } },
  { name: 'ours', managed: [BASIC], inline: { 'xtrace-xray-write': statement('Allow', ...WRITES) } },
  { name: 'both', managed: [WRITE], inline: { 'xtrace-xray-write': statement('Allow', ...WRITES) } },
  { name: 'taken', inline: { 'xtrace-xray-write': statement('Allow', 'xray:PutTraceSegments', 's3:GetObject') } },
  { name: 'half', inline: { segments: statement('Allow', 'xray:PutTraceSegments') } },
  { name: 'denying', managed: [WRITE], inline: { guard: statement('Deny', 'xray:*') } },
  { name: 'linked', path: '/aws-service-role/lambda.amazonaws.com/' },
  { name: 'trustless', managed: [WRITE], trust: statement('Deny', 'sts:AssumeRole') },
]

/** The same seed makes the same world, again and again. */
export function randomWorld(seed: number): RandomWorld {
  const chance = new Chance(seed)
  const world = new World(seed)
  const own = world.account(DEFAULT_ACCOUNT)
  const accounts = [own]
  if (chance.happens(0.25)) {
    const organization = world.createOrganization(own.id)
    accounts.push(organization.addAccount({ id: MEMBER, name: 'Member' }))
  }
  for (const account of accounts) fill(account, chance)
  return { world, accounts: accounts.map(({ id }) => id) }
}

function fill(account: Account, chance: Chance): void {
  const elsewhere = [...account.optIns.keys()].filter((name) => !REGIONS.some((region) => region === name))
  account.disableRegions(...elsewhere)
  for (const role of ROLES) account.addRole(role)
  const boundary = account.addPolicy({ name: 'boundary', document: statement('Allow', 's3:*', 'logs:*') })
  account.addRole({ name: 'bounded', managed: [WRITE], boundary: boundary.arn })
  const policies = Array.from({ length: 10 }, (_, index) =>
    account.addPolicy({ name: `p-${index}`, document: statement('Allow', 's3:GetObject') }),
  )
  account.addRole({ name: 'full', managed: policies.map(({ arn }) => arn) })
  const team = account.addPolicy({
    name: 'team-tracing',
    document: statement('Allow', 'xray:*'),
    olderVersions: [statement('Allow', 's3:*')],
  })
  account.addRole({ name: 'team', managed: [team.arn] })
  // Few roles in one world, so that functions share them.
  const roles = chance.some([...account.roles.keys(), 'deleted'], 0.4).filter((name) => name !== ENTRANCE)
  for (let index = chance.between(3, 9); index > 0; index--) {
    const region = account.region(chance.one(REGIONS))
    const name = chance.one(['bare', 'writing', ...roles])
    const role = account.roles.get(name)?.arn ?? account.arnOf('role', '/', name)
    const seed = randomFunction(`${chance.one(['api', 'job'])}-${index}`, role, chance)
    const made = region.addFunction(seed)
    if (made.versions.size > 0 && chance.happens(0.15)) {
      // Somebody has changed $LATEST since it was published.
      made.publish(SEEDED_AT, { ...made.configuration, MemorySize: 1_024 })
      made.changedSincePublish = true
    }
  }
}

function randomFunction(name: string, role: string, chance: Chance): FunctionSeed {
  const mode = () => chance.one(['Active', 'PassThrough', 'PassThrough', undefined] as const)
  const versions = chance.happens(0.5) ? Array.from({ length: chance.between(1, 3) }, () => ({ mode: mode() })) : []
  const numbers = ['$LATEST', ...versions.map((_, index) => String(index + 1))]
  const aliases = chance.some(['live', 'beta'], versions.length > 0 ? 0.7 : 0.1).map((alias) => {
    const version = chance.one(numbers)
    const other = chance.one(numbers)
    const splits = ![version, '$LATEST'].includes(other) && version !== '$LATEST' && chance.happens(0.4)
    return { name: alias, version, ...(splits && { weights: { [other]: chance.one([0, 0.1, 1]) } }) }
  })
  return {
    name,
    role,
    mode: mode(),
    versions,
    aliases,
    environment: { DB_PASSWORD: `${SECRET}${name}` },
    ...(chance.happens(0.15) && { updating: true }),
    ...(chance.happens(0.05) && { state: chance.one(['Inactive', 'Pending', 'Failed']) }),
    ...(chance.happens(0.1) && { packageType: 'Image' as const }),
    ...(chance.happens(0.08) && { managedInstances: true, latestPublishedMode: chance.one(['Active', 'PassThrough']) }),
    ...(chance.happens(0.1) && { eventSources: [{ kind: chance.one(['kafka', 'msk', 'mq', 'sqs'] as const) }] }),
    ...(chance.happens(0.06) && { runtime: chance.one(['nodejs12.x', 'python2.7']) }),
  }
}
