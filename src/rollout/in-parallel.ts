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
