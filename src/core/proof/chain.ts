/** The chain from a function's mode to a trace that can be read: what every link is, and how a whole chain ends. */

/** In the order in which they are looked at. */
export const LINKS = ['mode', 'alias', 'permission', 'invocations', 'destination', 'traces', 'segments'] as const
export type LinkName = (typeof LINKS)[number]

/** `open`: could not be told. */
export type LinkState = 'holds' | 'broken' | 'open'

export interface Link {
  link: LinkName
  state: LinkState
  /** One line of evidence. */
  because: string
  /** What to do about it, one sentence; absent where it holds, and where a command of its own repairs it. */
  next?: string
}

/** Whether traces of a function arrive. */
export interface Proof {
  answer: 'yes' | 'no' | 'unknown'
  because: string
  /** The first link that is broken; nothing after it was looked at. */
  broken: LinkName | null
  links: Link[]
}

/** A broken link decides; traces that are there prove themselves, whatever could not be read on the way. */
export function proofOf(links: readonly Link[]): Proof {
  const decisive = decisiveLink(links)
  const because = decisive?.because ?? 'nothing was looked at'
  if (decisive?.state === 'broken') return { answer: 'no', because, broken: decisive.link, links: [...links] }
  return { answer: decisive?.state === 'holds' ? 'yes' : 'unknown', because, broken: null, links: [...links] }
}

/** The link that the answer stands on; of several that are open the first that only calls can show. */
export function decisiveLink(links: readonly Link[]): Link | undefined {
  return (
    links.find(({ state }) => state === 'broken') ??
    links.find(({ link, state }) => link === 'traces' && state === 'holds') ??
    links.find(({ link, state }) => state === 'open' && !STANDING.has(link)) ??
    links.find(({ state }) => state === 'open')
  )
}

const STANDING: ReadonlySet<LinkName> = new Set<LinkName>(['mode', 'alias', 'permission'])
