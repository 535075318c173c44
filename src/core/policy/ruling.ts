/** Weighs what all of a role's policies say about one action: IAM's evaluation logic with `unknown` as a third answer. */
import { type Answer, anyOf } from './answer.js'
import type { Opinion } from './opinion.js'
import { allows, denies } from './wording.js'

/** What applies to the role, for one action. */
export interface Case {
  action: string
  policies: readonly Opinion[]
  boundary: Opinion | undefined
  /** Why `policies` or `boundary` may lack something; undefined when all of the role was read. */
  roleGap: string | undefined
}

export interface Ruling {
  answer: Answer
  because: string
  /** Which of several equal answers to report first: 0 is what no grant can mend. */
  rank: number
}

/**
 * A sure Deny anywhere refuses, whatever could not be read; so does a boundary that surely lacks the action. Only then
 * does it matter whether a policy allows. Service control policies cannot be seen from the role.
 * Source: IAM user guide, "Policy evaluation logic".
 */
export function rule(facts: Case): Ruling {
  return refusal(facts) ?? doubt(facts) ?? { answer: 'yes', because: '', rank: 0 }
}

function refusal({ action, policies, boundary, roleGap }: Case): Ruling | undefined {
  const denier = everyone(policies, boundary).find(({ deny }) => deny === 'yes')
  if (denier !== undefined) return { answer: 'no', because: denies(denier, action), rank: 0 }
  if (boundary?.allow === 'no') {
    return { answer: 'no', because: `${boundary.label} does not allow ${action}`, rank: 1 }
  }
  const allow = anyOf(policies.map((opinion) => opinion.allow))
  if (allow === 'no' && roleGap === undefined) {
    return { answer: 'no', because: `no policy allows ${action}`, rank: 2 }
  }
  return undefined
}

/** Called only where nothing refuses, so whatever is unknown here is what stands between the role and a `yes`. */
function doubt({ action, policies, boundary, roleGap }: Case): Ruling | undefined {
  if (roleGap !== undefined) return unknown(roleGap)
  const opinions = everyone(policies, boundary)
  const unread = opinions.find(({ gap }) => gap !== undefined)
  if (unread !== undefined) return unknown(`${unread.label} could not be read: ${unread.gap}`)
  const denier = opinions.find(({ deny }) => deny === 'unknown')
  if (denier !== undefined) return unknown(denies(denier, action))
  const sure = policies.some(({ allow }) => allow === 'yes')
  const grantor = sure ? boundary : policies.find(({ allow }) => allow === 'unknown')
  return grantor?.allow === 'unknown' ? unknown(allows(grantor, [action])) : undefined
}

function unknown(because: string): Ruling {
  return { answer: 'unknown', because, rank: 0 }
}

function everyone(policies: readonly Opinion[], boundary: Opinion | undefined): Opinion[] {
  return boundary === undefined ? [...policies] : [...policies, boundary]
}
