/** Finds the access for what an ARN names: a function or a role is acted on in its own account only. */
import type { AwsAccess } from '../aws/gateways.js'
import { accountOfArn, partitionOfArn } from '../core/arn.js'

export function accessTo(arn: string, aws: AwsAccess): Promise<AwsAccess> {
  return aws.inAccount(accountOfArn(arn), partitionOfArn(arn))
}
