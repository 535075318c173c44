/** Finds the role or policy that a request names, or says that there is none. */
import { AwsError } from '../aws-error.js'
import type { QueryInput } from '../wire/query-xml.js'
import type { Context } from '../wire/service.js'
import type { ManagedPolicy } from '../world/managed-policy.js'
import type { Role } from '../world/role.js'
import { invalidArn, noSuchEntity } from './errors.js'

/** @throws AwsError NoSuchEntity */
export function findRole(input: QueryInput, { account }: Context): Role {
  const name = input.required('RoleName')
  const role = account.roles.get(name)
  if (role === undefined) throw noSuchEntity(`The role with name ${name} cannot be found.`)
  return role
}

/** @throws AwsError NoSuchEntity or UnmodifiableEntity */
export function findChangeableRole(input: QueryInput, context: Context): Role {
  const role = findRole(input, context)
  if (!role.protectedByAws) return role
  throw new AwsError(
    400,
    'UnmodifiableEntity',
    `Cannot perform the operation on the protected role '${role.name}' - this role is only modifiable by AWS`,
  )
}

/** @throws AwsError NoSuchEntity or ValidationError */
export function findPolicy(input: QueryInput, context: Context): ManagedPolicy {
  const arn = readPolicyArn(input, 'PolicyArn')
  const policy = context.account.policies.get(arn)
  if (policy === undefined) throw noSuchEntity(`Policy ${arn} was not found.`)
  return policy
}

/** @throws AwsError ValidationError */
export function readPolicyArn(input: QueryInput, key: string): string {
  const arn = input.required(key)
  if (!/^arn:aws[a-z-]*:iam::(aws|\d{12}):policy\/.+$/.test(arn)) throw invalidArn()
  return arn
}
