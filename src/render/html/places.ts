/** What the coverage comes to: how many places were to be read, and which of them were not. */
import { compare } from '../../core/compare.js'
import { COVERAGE_STATUSES, type Coverage } from '../../core/report.js'

export interface Places {
  all: readonly Coverage[]
  read: Coverage[]
  /** Not read, and nobody said that this is all right. */
  gaps: Coverage[]
  /** Not read, as the user said beforehand. */
  accepted: Coverage[]
  accounts: string[]
  regions: string[]
}

export function placesOf(all: readonly Coverage[]): Places {
  const sorted = all.toSorted(comparePlaces)
  const unread = sorted.filter(({ status }) => status !== 'read')
  return {
    all: sorted,
    read: sorted.filter(({ status }) => status === 'read'),
    gaps: unread.filter(({ accepted }) => !accepted),
    accepted: unread.filter(({ accepted }) => accepted),
    accounts: distinct(sorted.map(({ account }) => account)),
    regions: distinct(sorted.map(({ region }) => region)),
  }
}

/** One account's places are regions; those of many are its accounts' regions. */
export function placeNoun({ accounts }: Places): string {
  return accounts.length > 1 ? 'place' : 'region'
}

function comparePlaces(a: Coverage, b: Coverage): number {
  return (
    COVERAGE_STATUSES.indexOf(a.status) - COVERAGE_STATUSES.indexOf(b.status) ||
    compare(a.account, b.account) ||
    compare(a.region, b.region)
  )
}

function distinct(names: string[]): string[] {
  return [...new Set(names)].sort(compare)
}
