/** How JSON services refuse a caller: unknown, expired, not welcome in the region, not allowed. */
import { AwsError } from '../aws-error.js'
import type { FaultName } from './service.js'

export type CallerTrouble = Extract<FaultName, 'unsigned' | 'expired-token' | 'region-off' | 'denied'>

/** @param status 403 for REST, 400 for JSON 1.1 */
export function callerTrouble(name: CallerTrouble, status: 400 | 403, text?: string): AwsError {
  switch (name) {
    case 'unsigned':
      return new AwsError(status, 'MissingAuthenticationTokenException', text ?? 'Missing Authentication Token')
    case 'expired-token':
      return new AwsError(
        status,
        'ExpiredTokenException',
        text ?? 'The security token included in the request is expired',
      )
    case 'region-off':
      return new AwsError(
        status,
        'UnrecognizedClientException',
        text ?? 'The security token included in the request is invalid.',
      )
    case 'denied':
      return new AwsError(status, 'AccessDeniedException', text)
  }
}
