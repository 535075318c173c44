/** AWS Config's errors. */
import { AwsError } from '../aws-error.js'

export function invalidExpression(text: string): AwsError {
  return new AwsError(400, 'InvalidExpressionException', text)
}

export function invalidLimit(): AwsError {
  return new AwsError(400, 'InvalidLimitException', 'The specified limit is outside the allowable range.')
}

export function invalidNextToken(): AwsError {
  return new AwsError(400, 'InvalidNextTokenException', 'The specified next token is not valid.')
}

export function validation(value: string, at: string, constraint: string): AwsError {
  const text = `1 validation error detected: Value ${value} at '${at}' failed to satisfy constraint: ${constraint}`
  return new AwsError(400, 'ValidationException', text)
}

/** @param several whether more than one was named */
export function noSuchAggregator(several = false): AwsError {
  const text = several
    ? 'At least one of the configuration aggregators does not exist. Check the configuration aggregator names and try again.'
    : 'The configuration aggregator does not exist. Check the configuration aggregator name and try again.'
  return new AwsError(400, 'NoSuchConfigurationAggregatorException', text)
}
