/** The tagging API's own error. */
import { AwsError } from '../aws-error.js'

export function invalidParameter(text: string): AwsError {
  return new AwsError(400, 'InvalidParameterException', text)
}
