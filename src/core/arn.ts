/** Parts of any ARN: `arn:PARTITION:SERVICE:REGION:ACCOUNT:…`. */

export function partitionOfArn(arn: string): string {
  return arn.split(':')[1] || 'aws'
}

export function accountOfArn(arn: string): string {
  return arn.split(':')[4] ?? ''
}
