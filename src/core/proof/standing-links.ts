/** The links that stand before any call of the function: its mode, what live traffic runs, what its role may do. */
import { judge, type Observation, servedMode } from '../verdict.js'
import type { Link } from './chain.js'

/** So that an alias is told of by itself, whatever the role may do. */
const GIVEN: Observation['permission'] = { answer: 'yes', because: '' }

/** Ends with the first link that is broken. What could not be read breaks nothing: traces may prove it. */
export function standingLinks(seen: Observation): Link[] {
  const { verdict, because } = judge({ ...seen, permission: GIVEN })
  if (verdict === 'unsupported' || verdict === 'off') return [{ link: 'mode', state: 'broken', because }]
  const links: Link[] = [{ link: 'mode', state: 'holds', because: 'Active' }]
  const alias = aliasLink(seen, verdict === 'stale' ? because : undefined)
  links.push(alias)
  if (alias.state === 'broken') return links
  return [...links, permissionLink(seen)]
}

function aliasLink({ aliases }: Observation, stale: string | undefined): Link {
  if (stale !== undefined) return { link: 'alias', state: 'broken', because: stale }
  if ('unreadable' in aliases)
    return { link: 'alias', state: 'open', because: `aliases could not be read: ${aliases.unreadable}` }
  const dark = aliases.value.find((alias) => servedMode(alias) !== 'Active')
  if (dark)
    return { link: 'alias', state: 'open', because: `a version that alias ${dark.name} serves could not be read` }
  const names = aliases.value.map(({ name }) => name)
  return {
    link: 'alias',
    state: 'holds',
    because: names.length === 0 ? 'there is none: callers run $LATEST' : `${names.join(', ')}: Active`,
  }
}

function permissionLink({ permission }: Observation): Link {
  const state = { yes: 'holds', no: 'broken', unknown: 'open' } as const
  return { link: 'permission', state: state[permission.answer], because: permission.because }
}
