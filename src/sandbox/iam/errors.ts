/** IAM's errors, in AWS's words. */
import { AwsError } from '../aws-error.js'

export function noSuchEntity(text: string): AwsError {
  return new AwsError(404, 'NoSuchEntity', text)
}

export function limitExceeded(text: string): AwsError {
  return new AwsError(409, 'LimitExceeded', text)
}

export function alreadyExists(text: string): AwsError {
  return new AwsError(409, 'EntityAlreadyExists', text)
}

export function invalidArn(): AwsError {
  return new AwsError(400, 'ValidationError', 'Invalid ARN:  Could not be parsed!')
}
