/** Gaps of an audit: which ones the user said are all right. */
import type { Coverage } from '../../core/report.js'
import type { AcceptedGap } from './request.js'

/** A gap that stands for all regions of an account (`*`) is accepted by the account only. */
export function isAccepted(place: Pick<Coverage, 'account' | 'region'>, accepted: readonly AcceptedGap[]): boolean {
  return accepted.some(
    ({ account, region }) =>
      (account === undefined || account === place.account) && (region === undefined || region === place.region),
  )
}

export function openGaps(coverage: readonly Coverage[]): Coverage[] {
  return coverage.filter((place) => place.status !== 'read' && !place.accepted)
}
