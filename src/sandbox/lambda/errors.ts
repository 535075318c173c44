/** Lambda's errors, in AWS's words. */
import { AwsError } from '../aws-error.js'

export function validation(value: string | null, at: string, constraint: string): AwsError {
  const member = at.charAt(0).toLowerCase() + at.slice(1)
  const shown = value === null ? 'Value null' : `Value '${value}'`
  const text = `1 validation error detected: ${shown} at '${member}' failed to satisfy constraint: ${constraint}`
  return new AwsError(400, 'ValidationException', text)
}

export function invalidParameter(text: string): AwsError {
  return new AwsError(400, 'InvalidParameterValueException', text)
}

export function functionNotFound(arn: string): AwsError {
  return notFound(`Function not found: ${arn}`)
}

export function notFound(text: string): AwsError {
  return new AwsError(404, 'ResourceNotFoundException', text)
}

export function conflict(text: string): AwsError {
  return new AwsError(409, 'ResourceConflictException', text)
}

export function staleRevision(): AwsError {
  const text =
    'The Revision Id provided does not match the latest Revision Id. ' +
    'Call the GetFunction/GetAlias API to retrieve the latest Revision Id'
  return new AwsError(412, 'PreconditionFailedException', text)
}
