/** Works through a list, a bounded number of items at a time, and keeps the order of the results. */

/** After a failure nothing more is begun; what is under way ends by itself. */
export async function inParallel<T, R>(
  items: readonly T[],
  limit: number,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results = new Array<R>(items.length)
  const waiting = entriesOf(items)
  const worker = async () => {
    for (const [index, item] of waiting) results[index] = await work(item)
  }
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker))
  return results
}

/** A generator: unlike an array's own iterator, the loop of one worker that throws closes it for all of them. */
function* entriesOf<T>(items: readonly T[]): Generator<[number, T]> {
  yield* items.entries()
}

/** Lets a bounded number of works run at a time; the others wait for their turn, first come, first served. */
export function turns(limit: number): <R>(work: () => Promise<R>) => Promise<R> {
  const waiting: Array<() => void> = []
  let running = 0
  return async (work) => {
    if (running === limit) await new Promise<void>((resolve) => waiting.push(resolve))
    else running++
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else running--
    }
  }
}

/** Waits for all of them, also when one fails: what is under way ends first. */
export async function allEnded(works: readonly Promise<unknown>[]): Promise<void> {
  const ends = await Promise.allSettled(works)
  for (const end of ends) if (end.status === 'rejected') throw end.reason
}
