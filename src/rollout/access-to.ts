/** Finds the access for what an ARN names: a function or a role is acted on in its own account only. */
import type { AwsAccess } from '../aws/gateways.js'
import { partitionOfArn } from '../core/region.js'

export function accessTo(arn: string, aws: AwsAccess): Promise<AwsAccess> {
  return aws.inAccount(accountOfArn(arn), partitionOfArn(arn))
}

/** Of a function's or a role's ARN. */
export function accountOfArn(arn: string): string {
  return arn.split(':')[4] ?? ''
}
