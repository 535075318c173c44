/** A small account with one execution role of every kind, and functions that all hold a secret. */
import type { PolicyDocument } from '../../src/sandbox/policy/document.js'
import type { Account, RoleSeed } from '../../src/sandbox/world/account.js'
import type { FunctionSeed } from '../../src/sandbox/world/function-seed.js'
import { World } from '../../src/sandbox/world.js'

export const ACCOUNT = '123456789012'
/** Every function's environment holds a value that begins with it. */
export const SECRET = 's3cr3t-'

/** `role` is a name here; without one it is the role that can write. */
export type SmallFunction = Omit<FunctionSeed, 'role'> & { role?: string; region?: string }

export interface SmallWorld {
  functions?: SmallFunction[]
  roles?: RoleSeed[]
  partition?: string
  /** The only regions that are enabled; those that a new account has if not said. */
  regions?: string[]
}

const BASIC = 'AWSLambdaBasicExecutionRole'
const WRITE = 'AWSXRayDaemonWriteAccess'

const statement = (Effect: 'Allow' | 'Deny', ...Action: string[]): PolicyDocument => ({
  Version: '2012-10-17',
  Statement: [{ Effect, Action, Resource: '*' }],
})

const ROLES: readonly RoleSeed[] = [
  { name: 'bare-role', managed: [BASIC] },
  { name: 'other-bare-role', managed: [BASIC] },
  { name: 'writing-role', managed: [BASIC, WRITE] },
  { name: 'inline-role', managed: [BASIC], inline: { tracing: statement('Allow', 'xray:Put*') } },
  { name: 'denying-role', managed: [BASIC], inline: { guard: statement('Deny', 'xray:*') } },
  { name: 'linked-role', path: '/aws-service-role/lambda.amazonaws.com/' },
  { name: 'pathed-role', path: '/teams/orders/', managed: [BASIC] },
  {
    name: 'trustless-role',
    managed: [WRITE],
    trust: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
    },
  },
]

export function smallWorld({ functions = [], roles = [], partition = 'aws', regions }: SmallWorld): World {
  const world = new World()
  const account = world.account(ACCOUNT, partition)
  if (regions) account.disableRegions(...[...account.optIns.keys()].filter((name) => !regions.includes(name)))
  for (const role of [...ROLES, ...roles]) account.addRole(role)
  addBoundedRole(account)
  addFullRole(account)
  for (const { region = 'us-east-1', role = 'writing-role', ...seed } of functions) {
    const environment = { DB_PASSWORD: `${SECRET}${seed.name}`, ...seed.environment }
    account.region(region).addFunction({ ...seed, role: roleArn(account, role), environment })
  }
  return world
}

/** Of the role as it is, or as it was before it was deleted. */
export function roleArn(account: Account, name: string): string {
  return account.roles.get(name)?.arn ?? account.arnOf('role', '/', name)
}

function addBoundedRole(account: Account): void {
  const boundary = account.addPolicy({ name: 'team-boundary', document: statement('Allow', 's3:*', 'logs:*') })
  account.addRole({ name: 'bounded-role', managed: [WRITE], boundary: boundary.arn })
}

/** Has as many managed policies as the quota allows. */
function addFullRole(account: Account): void {
  const policies = Array.from({ length: 10 }, (_, index) =>
    account.addPolicy({ name: `policy-${index}`, document: statement('Allow', 's3:GetObject') }),
  )
  account.addRole({ name: 'full-role', managed: policies.map(({ arn }) => arn) })
}
