/** Joins the AWS gateways with a clock and a pace, for one set of credentials. */
import { awsAccess } from '../aws/clients.js'
import type { AwsAccess } from '../aws/gateways.js'
import { TokenBucket } from '../rollout/limiter.js'
import type { Stoppable } from './stoppable.js'

/** AWS allows 15 control-plane requests/s for an account and region; 12 leaves room for other deployments. */
export const RATE = 12
/** Of the 100/s that GetFunction has for itself. */
const GET_FUNCTION_RATE = 80

export interface AwsChoice {
  profile?: string | undefined
  /** Requests/s for each account and region. */
  rate?: number | undefined
  /** Of xtrace, for the User-Agent. */
  version: string
}

export function openAws({ profile, rate = RATE, version }: AwsChoice, { clock, checkpoint }: Stoppable): AwsAccess {
  return awsAccess({
    clock,
    checkpoint,
    random: Math.random,
    version,
    pace: (quota) => new TokenBucket(quota === 'getFunction' ? GET_FUNCTION_RATE : rate, clock),
    ...(profile !== undefined && { profile }),
  })
}
