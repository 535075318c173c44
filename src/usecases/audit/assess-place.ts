/** Judges the functions of one region, and says what of each is not as the rules want it. */
import type { AwsAccess } from '../../aws/gateways.js'
import { demandOf, tagKeysOf } from '../../core/rules/match-rules.js'
import type { Observation, Reading } from '../../core/verdict.js'
import type { KnownRoles } from '../read/known-roles.js'
import type { FunctionReading, RegionReading } from '../read/read-region.js'
import { type Assessed, assessFunction, withOrigin } from './assess-function.js'
import { readTags, type Tags } from './owners.js'
import type { AuditRequest } from './request.js'

export interface AuditedPlace extends Pick<RegionReading, 'region' | 'failure'> {
  assessed: Assessed[]
  notes: string[]
}

export async function assessPlace(
  { functions, ...place }: RegionReading,
  roles: KnownRoles,
  request: AuditRequest,
  aws: AwsAccess,
): Promise<AuditedPlace> {
  const { region } = place
  const { rules, templates } = request
  const keys = tagKeysOf(rules)
  const asksForTags = functions.length > 0 && (keys.length > 0 || templates !== undefined)
  const known = asksForTags ? await readTags(aws, region, keys) : undefined
  const demand = demandOf(rules)
  const assessed = functions.map((one: FunctionReading): Assessed => {
    const { fn } = one
    const seen: Observation = { ...one, permission: roles.permissionOf(fn) }
    const wanted = demand({ ...fn, ...(known && tagsOf(known, fn.arn)) })
    return assessFunction(seen, wanted, roles.all.get(fn.role), request)
  })
  if (!known && assessed.every((one) => one.findings.length === 0)) return { ...place, assessed, notes: [] }
  const tags = known ?? (await readTags(aws, region, []))
  if ('unreadable' in tags)
    return { ...place, assessed, notes: [`${region}: which stacks own the functions is not known: ${tags.unreadable}`] }
  return {
    ...place,
    assessed: assessed.map((one) => withOrigin(one, tags.value.get(one.seen.fn.arn) ?? {}, request)),
    notes: [],
  }
}

/** Functions without any tag are not in the answer: they have none. */
function tagsOf(tags: Reading<Tags>, arn: string): { tags?: Readonly<Record<string, string>> } {
  return 'unreadable' in tags ? {} : { tags: tags.value.get(arn) ?? {} }
}
