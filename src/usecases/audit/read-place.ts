/** Reads the functions of one region that an audit is about: what cannot be read is a gap, never an end. */
import { mayAskForAliases } from '../../core/rules/match-rules.js'
import type { Selection } from '../../core/selection.js'
import { selectIn } from '../choose.js'
import type { RegionReading, RegionWishes } from '../read-region.js'
import { readableFailure } from '../reading.js'
import type { Tools } from '../tools.js'
import type { AuditRequest } from './request.js'

export async function readPlace(
  region: string,
  selection: Selection,
  { latestOnly, rules }: AuditRequest,
  tools: Tools,
  onListed: NonNullable<RegionWishes['onListed']>,
): Promise<RegionReading> {
  try {
    return await selectIn(
      region,
      selection,
      { eventSources: true, latestOnly, aliasesAnyway: mayAskForAliases(rules), onListed },
      tools,
    )
  } catch (error) {
    // Tags that cannot be read select nothing, and so nothing was read.
    return { region, functions: [], failure: readableFailure(error) }
  }
}
