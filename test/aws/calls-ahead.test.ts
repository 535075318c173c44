/** Several calls at once: never more than allowed, answers in order, and nothing begun behind a failure. */
import { expect, test } from 'vitest'
import { callsAhead } from '../../src/aws/calls-ahead.js'

/** Calls that end when the test says so. */
function heldCalls() {
  const begun: { items: number[]; end(): void; fail(): void }[] = []
  const call = (items: number[]) =>
    new Promise<string>((resolve, reject) => {
      begun.push({ items, end: () => resolve(items.join()), fail: () => reject(new Error(items.join())) })
    })
  return { begun, call, items: () => begun.map(({ items }) => items) }
}

const turn = () => new Promise((resolve) => setImmediate(resolve))

test('answers come in the order of the list, whichever call ends first, and no more than allowed are under way', async () => {
  const { begun, call, items } = heldCalls()
  const answers: string[] = []
  const reading = (async () => {
    for await (const answer of callsAhead([1, 2, 3, 4, 5], { perCall: 2, atOnce: 2 }, call)) answers.push(answer)
  })()
  await turn()
  expect(items()).toEqual([
    [1, 2],
    [3, 4],
  ])
  begun[1]?.end()
  await turn()
  expect(answers).toEqual([])
  expect(begun).toHaveLength(2)
  begun[0]?.end()
  await turn()
  expect(answers).toEqual(['1,2', '3,4'])
  expect(items()[2]).toEqual([5])
  begun[2]?.end()
  await reading
  expect(answers).toEqual(['1,2', '3,4', '5'])
  expect(begun).toHaveLength(3)
})

test('behind a failure no call is begun, and those under way end first', async () => {
  const { begun, call } = heldCalls()
  let failed: unknown
  const reading = (async () => {
    for await (const _ of callsAhead([1, 2, 3], { perCall: 1, atOnce: 2 }, call)) expect.unreachable()
  })().catch((error: unknown) => {
    failed = error
  })
  await turn()
  begun[0]?.fail()
  await turn()
  expect(failed).toBeUndefined()
  begun[1]?.fail()
  await reading
  expect(failed).toEqual(new Error('1'))
  expect(begun).toHaveLength(2)
})

test('a failure further on is thrown when its turn comes, after the answers before it', async () => {
  const { begun, call } = heldCalls()
  const calls = callsAhead([1, 2], { perCall: 1, atOnce: 2 }, call)
  const first = calls.next()
  begun[1]?.fail()
  await turn()
  begun[0]?.end()
  expect((await first).value).toBe('1')
  await expect(calls.next()).rejects.toThrow('2')
})

test('of nothing, nothing is asked', async () => {
  const { begun, call } = heldCalls()
  expect(await callsAhead([], { perCall: 5, atOnce: 4 }, call).next()).toMatchObject({ done: true })
  expect(begun).toEqual([])
})
