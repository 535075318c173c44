/** What a role may do, by the sandbox's own reading of policies. */
import type { PolicyDocument } from '../../src/sandbox/policy/document.js'
import { allows } from '../../src/sandbox/policy/evaluate.js'
import type { Account } from '../../src/sandbox/world/account.js'
import type { Role } from '../../src/sandbox/world/role.js'
import { trustsService } from '../../src/sandbox/world/trust.js'
import type { World } from '../../src/sandbox/world.js'

/** Whether traces that are sent with the role arrive. */
export function writesTraces(world: World, roleArn: string): boolean {
  return may(world, roleArn, ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'])
}

/** Whether Lambda lets a function with the role be set to Active. */
export function takenByLambda(world: World, roleArn: string): boolean {
  const { role } = found(world, roleArn)
  const trusted = role !== undefined && trustsService(role.trust.document, 'lambda.amazonaws.com')
  return trusted && may(world, roleArn, ['xray:PutTraceSegments'])
}

function may(world: World, roleArn: string, actions: readonly string[]): boolean {
  const { account, role } = found(world, roleArn)
  if (!role) return false
  const document = (arn: string): PolicyDocument[] => {
    const policy = account.policies.get(arn)
    return policy ? [policy.defaultVersion.stored.document] : []
  }
  const identity = [...role.managed.flatMap(document), ...[...role.inline.values()].map((one) => one.document)]
  const boundary = role.boundary === undefined ? {} : { boundary: document(role.boundary)[0] ?? { Statement: [] } }
  return actions.every((action) => allows({ identity, ...boundary }, action))
}

function found(world: World, roleArn: string): { account: Account; role: Role | undefined } {
  const account = world.account(roleArn.split(':')[4])
  return { account, role: [...account.roles.values()].find(({ arn }) => arn === roleArn) }
}
