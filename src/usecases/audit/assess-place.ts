/** Judges the functions of one region, and says what of each is not as the rules want it. */
import type { AwsAccess } from '../../aws/gateways.js'
import { type Assessment, assess, withOwner } from '../../core/drift/assess.js'
import { functionRow, ownerFromTags } from '../../core/function-row.js'
import type { Role } from '../../core/policy/role.js'
import { demandOf, tagKeysOf } from '../../core/rules/match-rules.js'
import { judge, type Observation, type Reading } from '../../core/verdict.js'
import { permissionsOf } from '../permissions-of.js'
import type { FunctionReading, RegionReading } from '../read-region.js'
import { readTags, type Tags } from './owners.js'
import type { AuditRequest } from './request.js'

export type PlaceReading = RegionReading

export interface Assessed extends Assessment {
  seen: Observation
}

export interface PlaceAssessment {
  assessed: Assessed[]
  notes: string[]
}

export async function assessPlace(
  { region, functions }: PlaceReading,
  roles: ReadonlyMap<string, Role>,
  { rules, today, latestOnly }: AuditRequest,
  aws: AwsAccess,
): Promise<PlaceAssessment> {
  const keys = functions.length > 0 ? tagKeysOf(rules) : []
  const known = keys.length > 0 ? await readTags(aws, region, keys) : undefined
  const demand = demandOf(rules)
  const permissionOf = permissionsOf(roles)
  const assessed = functions.map((one: FunctionReading): Assessed => {
    const { fn } = one
    const seen: Observation = { ...one, permission: permissionOf(fn) }
    const wanted = demand({ ...fn, ...(known && tagsOf(known, fn.arn)) })
    const role = roles.get(fn.role)
    return {
      seen,
      ...assess(functionRow(seen, judge(seen)), seen, wanted, { today, latestOnly, ...(role && { role }) }),
    }
  })
  if (!known && assessed.every((one) => one.findings.length === 0)) return { assessed, notes: [] }
  const tags = known ?? (await readTags(aws, region, []))
  if ('unreadable' in tags)
    return { assessed, notes: [`${region}: which stacks own the functions is not known: ${tags.unreadable}`] }
  return { assessed: assessed.map((one) => owned(one, tags.value)), notes: [] }
}

/** Functions without any tag are not in the answer: they have none. */
function tagsOf(tags: Reading<Tags>, arn: string): { tags?: Readonly<Record<string, string>> } {
  return 'unreadable' in tags ? {} : { tags: tags.value.get(arn) ?? {} }
}

function owned(one: Assessed, tags: Tags): Assessed {
  const owner = ownerFromTags(tags.get(one.seen.fn.arn) ?? {})
  return owner ? withOwner(one, owner) : one
}
