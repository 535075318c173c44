/** Lambda's request quotas, one set per account and region. */
import type { SandboxSettings } from './settings.js'
import { TokenBucket } from './token-bucket.js'
import type { Caller } from './wire/caller.js'
import type { Routed } from './wire/service.js'

const GET_POLICY_RATE = 15

export class Quotas {
  readonly #buckets = new Map<string, TokenBucket>()

  /** Charges the request; false where its quota is used up. */
  admit(routed: Routed, caller: Caller, settings: SandboxSettings, now: number): boolean {
    if (routed.quota === undefined) return true
    const rate = rateOf(routed.quota, settings)
    const key = `${caller.account}/${caller.region}/${routed.quota}`
    let bucket = this.#buckets.get(key)
    if (bucket === undefined) {
      bucket = new TokenBucket(rate, now)
      this.#buckets.set(key, bucket)
    }
    return bucket.take(rate, now)
  }
}

function rateOf(quota: NonNullable<Routed['quota']>, settings: SandboxSettings): number {
  if (quota === 'GetFunction') return settings.getFunctionRate
  return quota === 'GetPolicy' ? GET_POLICY_RATE : settings.lambdaRate
}
