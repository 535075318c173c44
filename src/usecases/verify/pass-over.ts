/** Leaves out of a selection what need not be traced: exempt by the rules, or out of X-Ray's reach. */
import { assess } from '../../core/drift/assess.js'
import { functionRow } from '../../core/function-row.js'
import { grouped } from '../../core/grouped.js'
import { demandOf, tagKeysOf } from '../../core/rules/match-rules.js'
import { judge, type Observation, type Reading, type Verdict } from '../../core/verdict.js'
import { accessTo } from '../../rollout/access-to.js'
import { inParallel } from '../../rollout/in-parallel.js'
import { readTags, type Tags } from '../audit/owners.js'
import type { Tools } from '../tools.js'
import type { VerifyRequest } from './request.js'

const PLACES_AT_ONCE = 8

export async function passOver(
  observations: readonly Observation[],
  { rules, today }: VerifyRequest,
  tools: Tools,
): Promise<{ observations: Observation[]; notes: string[] }> {
  const demand = demandOf(rules)
  const tagged = await tagsOf(observations, tagKeysOf(rules), tools)
  const left = { exempt: 0, unsupported: 0 }
  const kept = observations.filter((seen) => {
    const tags = tagged.get(placeOf(seen))
    const carried = tags && 'value' in tags ? { tags: tags.value.get(seen.fn.arn) ?? {} } : {}
    const { row } = assess(functionRow(seen, judge(seen)), seen, demand({ ...seen.fn, ...carried }), { today })
    if (!isPassedOver(row.verdict)) return true
    left[row.verdict]++
    return false
  })
  return {
    observations: kept,
    notes: [
      ...(left.exempt > 0 ? [`${functions(left.exempt)} passed over: the rules do not want them traced`] : []),
      ...(left.unsupported > 0 ? [`${functions(left.unsupported)} passed over: X-Ray cannot trace them`] : []),
    ],
  }
}

function isPassedOver(verdict: Verdict): verdict is 'exempt' | 'unsupported' {
  return verdict === 'exempt' || verdict === 'unsupported'
}

/** By account and region; nothing is asked where no rule asks for tags. */
async function tagsOf(
  observations: readonly Observation[],
  keys: readonly string[],
  tools: Tools,
): Promise<Map<string, Reading<Tags>>> {
  if (keys.length === 0) return new Map()
  const places = [...grouped(observations, placeOf)]
  const read = await inParallel(places, PLACES_AT_ONCE, async ([place, [first]]) => {
    if (!first) return []
    const aws = await accessTo(first.fn.arn, tools.aws)
    return [[place, await readTags(aws, first.fn.region, keys)] as const]
  })
  return new Map(read.flat())
}

function placeOf({ fn }: Observation): string {
  return `${fn.account} ${fn.region}`
}

function functions(count: number): string {
  return `${count} function${count === 1 ? '' : 's'}`
}
