/** Follows a list of AWS to its last page. */
import { XtraceError } from '../errors.js'
import { ask } from './ask.js'
import type { Attempts } from './attempts.js'
import type { CallName } from './faults.js'
import type { Pace } from './gateways.js'

/** What one answer holds of a list, and the token by which the page behind it is asked for. */
export interface Page<T> {
  items: T[]
  next: string | undefined
}

export interface List<A, T> extends CallName {
  send: (token: string | undefined) => Promise<A>
  read: (answer: A) => Page<T>
}

/**
 * A page may be empty and yet have a successor. Beside the last token one earlier is kept, and renewed after 1, 2, 4, 8 …
 * pages: so tokens that go round in a circle of any length are met, and none of them has to be stored.
 * @throws XtraceError SERVER_ERROR where a token comes again: its page would be read for ever
 */
export async function* pagesOf<A, T>(list: List<A, T>, attempts: Attempts, pace?: Pace): AsyncGenerator<T[]> {
  const { service, operation, send, read } = list
  let token: string | undefined
  let earlier: string | undefined
  let renewal = 1
  for (let count = 1; ; count++) {
    const asked = token
    const question = { service, operation, kind: 'repeatable' as const, send: () => send(asked), read }
    const { items, next } = await ask(question, attempts, pace)
    if (next && (next === token || next === earlier)) throw endless(list)
    yield items
    if (!next) return
    token = next
    if (count === renewal) {
      earlier = next
      renewal *= 2
    }
  }
}

/** To its end, as one list. */
export async function everyItem<T>(pages: AsyncIterable<T[]>): Promise<T[]> {
  const items: T[] = []
  for await (const page of pages) for (const item of page) items.push(item)
  return items
}

function endless({ service, operation }: CallName): XtraceError {
  const text = `${service}:${operation} said twice that the same page follows: the list would never end.`
  return new XtraceError('SERVER_ERROR', text, { aws: { service, operation } })
}
