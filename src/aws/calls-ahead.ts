/** Asks about a list in calls of so many items each, a few calls under way at a time; answers come in the list's order. */

export interface CallLimits {
  perCall: number
  atOnce: number
}

/** No call is begun once one has failed or nobody takes answers any more; those under way end before this does. */
export async function* callsAhead<T, R>(
  items: readonly T[],
  { perCall, atOnce }: CallLimits,
  call: (items: T[]) => Promise<R>,
): AsyncGenerator<R> {
  const begun: Promise<R>[] = []
  let first = 0
  const begin = () => {
    if (first >= items.length) return
    const answer = call(items.slice(first, first + perCall))
    first += perCall
    // A failure is thrown when its turn comes; until then it must not count as unhandled.
    answer.catch(() => undefined)
    begun.push(answer)
  }
  try {
    for (let count = 0; count < atOnce; count++) begin()
    for (let next = begun.shift(); next !== undefined; next = begun.shift()) {
      const answer = await next
      begin()
      yield answer
    }
  } finally {
    await Promise.allSettled(begun)
  }
}
