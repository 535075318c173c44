/** Lists the accounts that a command works in, where it is not that of the credentials alone. */
import type { MemberAccount } from '../../aws/gateways.js'
import { compare } from '../../core/compare.js'
import { grouped } from '../../core/grouped.js'
import { partitionOf } from '../../core/region.js'
import type { Tools } from '../tools.js'

export interface NamedAccounts {
  /** Named ones, or every active one of the organization. */
  ids: readonly string[] | 'organization'
  /** In each of them; `all`: those that it has enabled. */
  regions: readonly string[] | 'all'
  /** Region of the services that are not regional. */
  home: string
}

/** @throws XtraceError where the organization cannot be listed: then nothing is known of what there is */
export async function listAccounts(
  { ids, home }: NamedAccounts,
  { aws, progress }: Tools,
): Promise<{ ids: string[]; notes: string[] }> {
  if (ids !== 'organization') return { ids: [...new Set(ids)], notes: [] }
  const organizations = await aws.organizations(partitionOf(home))
  const members: MemberAccount[] = []
  for await (const page of organizations.listAccounts()) {
    members.push(...page)
    progress.say('listing accounts', members.length)
  }
  const byState = grouped(members, ({ state }) => state)
  const active = (byState.get('ACTIVE') ?? []).map(({ id }) => id)
  byState.delete('ACTIVE')
  const notes = [...byState].map(
    ([state, left]) => `left out, for the organization calls them ${state}: ${left.map(({ id }) => id).join(', ')}`,
  )
  return { ids: active.sort(compare), notes }
}
