/** CloudWatch's own errors, by the names that JSON gives them, and the codes that forms get instead. */
import { AwsError } from '../aws-error.js'

export function validationError(text: string): AwsError {
  return new AwsError(400, 'ValidationException', text)
}

export function missingParameter(name: string): AwsError {
  return new AwsError(400, 'MissingRequiredParameterException', `The parameter ${name} is required.`)
}

export function invalidParameterValue(text: string): AwsError {
  return new AwsError(400, 'InvalidParameterValueException', text)
}

export function invalidNextToken(): AwsError {
  return new AwsError(400, 'InvalidNextToken', 'The next token is not valid.')
}

const FORM_CODES: ReadonlyMap<string, string> = new Map([
  ['ValidationException', 'ValidationError'],
  ['MissingRequiredParameterException', 'MissingParameter'],
  ['InvalidParameterValueException', 'InvalidParameterValue'],
  ['InternalServiceFault', 'InternalServiceError'],
  ['ThrottlingException', 'Throttling'],
  ['AccessDeniedException', 'AccessDenied'],
  ['ExpiredTokenException', 'ExpiredToken'],
  ['UnrecognizedClientException', 'InvalidClientTokenId'],
  ['MissingAuthenticationTokenException', 'MissingAuthenticationToken'],
])

export function formCode({ code }: AwsError): string {
  return FORM_CODES.get(code) ?? code
}
