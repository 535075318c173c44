/** How JSON services tell of their troubles: the same of all but the caller's status, and three answers of their own. */
import { AwsError, type AwsErrorDetail } from '../aws-error.js'
import { callerTrouble } from './caller-trouble.js'
import type { FaultName } from './service.js'

/** What differs from service to service. */
export interface TroubleWords {
  /** Of what refuses the caller: 403 for REST, 400 for JSON 1.1. */
  callerStatus: 400 | 403
  throttle: { status: 400 | 429; code: string; detail?: AwsErrorDetail }
  failure: { code: string; text: string }
}

export function jsonTrouble({ callerStatus, throttle, failure }: TroubleWords) {
  return (name: FaultName, text?: string): AwsError => {
    switch (name) {
      case 'unsigned':
      case 'expired-token':
      case 'region-off':
      case 'denied':
        return callerTrouble(name, callerStatus, text)
      case 'throttle':
        return new AwsError(throttle.status, throttle.code, text ?? 'Rate exceeded', throttle.detail)
      case 'http-500':
        return new AwsError(500, failure.code, text ?? failure.text)
      case 'http-503':
        return new AwsError(503, 'ServiceUnavailableException', text ?? 'Service is unavailable')
    }
  }
}
