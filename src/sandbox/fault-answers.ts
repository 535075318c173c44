/** What each kind of fault looks like on the wire of each service. */
import { AwsError } from './aws-error.js'
import type { FaultRule } from './faults.js'
import type { Caller } from './wire/caller.js'
import type { Routed, Service } from './wire/service.js'

/** Undefined for the kinds that are no answer: resets and delays. */
export function faultAnswer(rule: FaultRule, service: Service, routed: Routed, caller: Caller): AwsError | undefined {
  const error = bareAnswer(rule, service, routed, caller)
  if (error === undefined || rule.retryAfterSeconds === undefined) return error
  const headers = { ...error.detail.headers, 'retry-after': String(rule.retryAfterSeconds) }
  return new AwsError(error.status, error.code, error.text, { ...error.detail, headers })
}

function bareAnswer(rule: FaultRule, service: Service, routed: Routed, caller: Caller): AwsError | undefined {
  switch (rule.kind) {
    case 'access-denied':
    case 'explicit-deny':
    case 'scp-deny':
      return service.trouble('denied', rule.message ?? denial(rule.kind, service, routed, caller))
    case 'region-off':
    case 'expired-token':
    case 'throttle':
    case 'http-500':
    case 'http-503':
      return service.trouble(rule.kind, rule.message)
    case 'ec2-throttle':
      return new AwsError(400, 'InvalidParameterValueException', rule.message ?? EC2_THROTTLE)
    case 'error':
      return new AwsError(rule.status ?? 400, rule.code ?? 'InternalFailure', rule.message ?? '')
    case 'reset-before':
    case 'reset-after':
    case 'delay':
      return undefined
  }
}

const EC2_THROTTLE =
  'Your request has been throttled by EC2, please make sure you have enough API rate limit. ' +
  'EC2 Error Code: RequestLimitExceeded. EC2 Error Message: Request limit exceeded.'

/** @param kind who denies: nobody allows it, a policy of the caller's, or one of the organization's */
export function denial(
  kind: 'access-denied' | 'explicit-deny' | 'scp-deny',
  { denial: words }: Service,
  routed: Routed,
  caller: Caller,
): string {
  if (words.always !== undefined) return words.always
  const action = `${words.prefix ?? caller.service}:${routed.operation}`
  const resource = words.namesResource ? ` on resource: ${routed.resourceArn ?? '*'}` : ''
  const sentence = `${words.opening ?? ''}User: ${caller.arn} is not authorized to perform: ${action}${resource}`
  switch (kind) {
    case 'access-denied':
      return `${sentence} because no identity-based policy allows the ${action} action`
    case 'explicit-deny':
      return `${sentence} with an explicit deny in an identity-based policy`
    case 'scp-deny':
      return `${sentence} with an explicit deny in a service control policy`
  }
}
