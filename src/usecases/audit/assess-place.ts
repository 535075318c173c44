/** Judges the functions of one region, and says what of each is not as the rules want it. */
import type { AwsAccess } from '../../aws/gateways.js'
import { type Assessment, assess, withOwner } from '../../core/drift/assess.js'
import { differsFromTemplate } from '../../core/drift/templates-on-hand.js'
import { functionRow, ownerFromTags } from '../../core/function-row.js'
import { demandOf, tagKeysOf } from '../../core/rules/match-rules.js'
import { judge, type Observation, type Reading } from '../../core/verdict.js'
import type { KnownRoles } from '../known-roles.js'
import type { FunctionReading, RegionReading } from '../read-region.js'
import { readTags, type Tags } from './owners.js'
import type { AuditRequest } from './request.js'

export interface Assessed extends Assessment {
  seen: Observation
}

export interface AuditedPlace extends Pick<RegionReading, 'region' | 'failure'> {
  assessed: Assessed[]
  notes: string[]
}

export async function assessPlace(
  { functions, ...place }: RegionReading,
  roles: KnownRoles,
  { rules, today, latestOnly, declared }: AuditRequest,
  aws: AwsAccess,
): Promise<AuditedPlace> {
  const { region } = place
  const keys = tagKeysOf(rules)
  const asksForTags = functions.length > 0 && (keys.length > 0 || declared !== undefined)
  const known = asksForTags ? await readTags(aws, region, keys) : undefined
  const demand = demandOf(rules)
  const assessed = functions.map((one: FunctionReading): Assessed => {
    const { fn } = one
    const seen: Observation = { ...one, permission: roles.permissionOf(fn) }
    const wanted = demand({ ...fn, ...(known && tagsOf(known, fn.arn)) })
    const role = roles.all.get(fn.role)
    return {
      seen,
      ...assess(functionRow(seen, judge(seen)), seen, wanted, { today, latestOnly, ...(role && { role }) }),
    }
  })
  if (!known && assessed.every((one) => one.findings.length === 0)) return { ...place, assessed, notes: [] }
  const tags = known ?? (await readTags(aws, region, []))
  if ('unreadable' in tags)
    return { ...place, assessed, notes: [`${region}: which stacks own the functions is not known: ${tags.unreadable}`] }
  return { ...place, assessed: assessed.map((one) => compared(owned(one, tags.value), declared)), notes: [] }
}

/** Functions without any tag are not in the answer: they have none. */
function tagsOf(tags: Reading<Tags>, arn: string): { tags?: Readonly<Record<string, string>> } {
  return 'unreadable' in tags ? {} : { tags: tags.value.get(arn) ?? {} }
}

function owned(one: Assessed, tags: Tags): Assessed {
  const owner = ownerFromTags(tags.get(one.seen.fn.arn) ?? {})
  return owner ? withOwner(one, owner) : one
}

/** With what the template that it came from says otherwise. */
export function compared(one: Assessed, declared: AuditRequest['declared']): Assessed {
  const differs = declared && differsFromTemplate(one.row, declared)
  return differs ? { ...one, findings: [...one.findings, differs] } : one
}
