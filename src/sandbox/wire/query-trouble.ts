/** How IAM and STS put the troubles that every service has. */
import { AwsError } from '../aws-error.js'
import type { FaultName } from './service.js'

export function queryTrouble(name: FaultName, text?: string): AwsError {
  switch (name) {
    case 'unsigned':
      return new AwsError(403, 'MissingAuthenticationToken', text ?? 'Request is missing Authentication Token')
    case 'expired-token':
      return new AwsError(403, 'ExpiredToken', text ?? 'The security token included in the request is expired')
    case 'region-off':
      return new AwsError(403, 'InvalidClientTokenId', text ?? 'The security token included in the request is invalid.')
    case 'denied':
      return new AwsError(403, 'AccessDenied', text)
    case 'throttle':
      return new AwsError(400, 'Throttling', text ?? 'Rate exceeded')
    case 'http-500':
      return new AwsError(
        500,
        'InternalFailure',
        text ?? 'The request processing has failed because of an unknown error.',
      )
    case 'http-503':
      return new AwsError(
        503,
        'ServiceUnavailable',
        text ?? 'The service is temporarily unable to process the request.',
      )
  }
}
