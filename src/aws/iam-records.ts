/** What IAM's answers say of roles and lists. */
import type { AttachedPermissionsBoundary } from '@aws-sdk/client-iam'
import { accountOfArn } from '../core/arn.js'
import { roleNameOf } from '../core/lambda-function.js'
import type { Role } from '../core/policy/role.js'
import { trusts } from '../core/policy/trust.js'
import { optional, required } from './fields.js'

/** The fields of a role that GetRole and the listing of all roles have in common. */
interface RoleAnswer {
  Arn?: string | undefined
  CreateDate?: Date | undefined
  AssumeRolePolicyDocument?: string | undefined
  PermissionsBoundary?: AttachedPermissionsBoundary | undefined
}

/** A role before its policies are read. */
export interface RoleHead {
  role: Omit<Role, 'policies' | 'boundary'>
  boundaryArn: string | undefined
}

export function roleHead(answer: RoleAnswer): RoleHead {
  const arn = required(answer, 'Arn', 'text')
  const trust = optional(answer, 'AssumeRolePolicyDocument', 'text')
  // Without a trust policy in the answer it is not known whom the role trusts.
  const trustsLambda = trust === undefined ? undefined : trusts(trust, 'lambda.amazonaws.com')
  const createdAt = optional(answer, 'CreateDate', 'time')
  const boundary = optional(answer, 'PermissionsBoundary', 'record')
  return {
    role: {
      arn,
      name: roleNameOf(arn),
      account: accountOfArn(arn),
      ...(trustsLambda !== undefined && { trustsLambda }),
      ...(createdAt && { createdAt: createdAt.toISOString() }),
    },
    boundaryArn: boundary && required(boundary, 'PermissionsBoundaryArn', 'text'),
  }
}

/** IAM may leave out an empty list, but always says whether it goes on. */
export function nextMarker(answer: {
  IsTruncated?: boolean | undefined
  Marker?: string | undefined
}): string | undefined {
  return required(answer, 'IsTruncated', 'flag') ? required(answer, 'Marker', 'text') : undefined
}
