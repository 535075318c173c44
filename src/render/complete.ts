/** Whether a report speaks of all that was asked: a machine must never take what was not read for a pass. */
import type { Coverage, Report } from '../core/report.js'

export function gapsOf(coverage: readonly Coverage[]): Coverage[] {
  return coverage.filter((place) => place.status !== 'read')
}

/** Gaps that the user accepted do not count; an incomplete outcome does, whatever made it so. */
export function isComplete({ outcome, error, coverage }: Report): boolean {
  const told = outcome === 'ok' || outcome === 'drift'
  return told && error === undefined && gapsOf(coverage).every((place) => place.accepted)
}

/** `denied-scp: AccessDenied …` */
export function gapReason({ status, reason }: Coverage): string {
  return reason === undefined ? status : `${status}: ${reason}`
}
