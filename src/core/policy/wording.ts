/** Says in one line which policy and which of its statements decides. */
import type { Ground, Opinion } from './opinion.js'

/** A refusal always names its statement, because that is what someone has to find and change. */
export function denies({ label, denying }: Opinion, action: string): string {
  return `${label}${place(denying)} denies ${action}${doubt(denying)}`
}

export function allows({ label, allowing }: Opinion, actions: readonly string[]): string {
  return `${grantor(label, allowing)} allows ${actions.join(' and ')}${doubt(allowing)}`
}

/** The grants that let the role write, those of one statement together: each pair is an action and what allows it. */
export function allowed(grants: readonly (readonly [action: string, opinion: Opinion])[]): string {
  const byGrantor = new Map<string, { opinion: Opinion; actions: string[] }>()
  for (const [action, opinion] of grants) {
    const name = grantor(opinion.label, opinion.allowing)
    const known = byGrantor.get(name)
    if (known === undefined) byGrantor.set(name, { opinion, actions: [action] })
    else known.actions.push(action)
  }
  return [...byGrantor.values()].map(({ opinion, actions }) => allows(opinion, actions)).join('; ')
}

/** The only statement of a policy needs no name beside the policy's. */
function grantor(label: string, ground: Ground | undefined): string {
  return ground?.alone ? label : `${label}${place(ground)}`
}

function place(ground: Ground | undefined): string {
  if (ground === undefined) return ''
  if (ground.sid !== undefined) return `, statement "${ground.sid}"`
  return ground.alone ? '' : `, statement ${ground.number}`
}

function doubt(ground: Ground | undefined): string {
  if (ground?.answer !== 'unknown') return ''
  const cause = ground.undecided.length > 0 ? ground.undecided.join(' and ') : 'its Resource'
  return `, depending on ${cause}, which cannot be decided here`
}
