/** X-Ray's own error. */
import { AwsError } from '../aws-error.js'

export function invalidRequest(text: string): AwsError {
  return new AwsError(400, 'InvalidRequestException', text)
}
