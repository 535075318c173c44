/** Lists over pages: empty ones are passed on, the last one ends them, and tokens that come again do too. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { everyItem, pagesOf } from '../../src/aws/pages.js'
import { FakeClock } from './support/access.js'
import { failureOf } from './support/failure.js'

const attempts = () => ({ clock: new FakeClock(), checkpoint: () => undefined, random: () => 1 })

interface Answer {
  items: number[]
  next: string | undefined
}

/** More than any of these lists may take: without an end to it a fault would hang the run. */
const MOST_PAGES = 5000

/** A list whose page n, from 0, is what `pageAt` says. */
function listOf(pageAt: (n: number) => Answer) {
  const asked: Array<string | undefined> = []
  const pages = pagesOf(
    {
      service: 'lambda',
      operation: 'ListFunctions',
      send: async (token) => {
        if (asked.length > MOST_PAGES) throw new Error('this list is read for ever')
        return pageAt(asked.push(token) - 1)
      },
      read: (answer) => answer,
    },
    attempts(),
  )
  return { asked, pages }
}

const ENDLESS = {
  code: 'SERVER_ERROR',
  message: 'lambda:ListFunctions said twice that the same page follows: the list would never end.',
  aws: { service: 'lambda', operation: 'ListFunctions' },
}

test.each(['', undefined])(
  'every page is asked for by the token of the one before, to the last, which gives %j',
  async (end) => {
    const tokens = ['a', 'b', end]
    const { asked, pages } = listOf((n) => ({ items: n === 1 ? [] : [n], next: tokens[n] }))
    const read: number[][] = []
    for await (const page of pages) read.push(page)
    expect(read).toEqual([[0], [], [2]])
    expect(asked).toEqual([undefined, 'a', 'b'])
  },
)

test('as one list, also one that is longer than a call has room for arguments', async () => {
  const many = Array.from({ length: 200_000 }, (_, index) => index)
  const { pages } = listOf((n) => ({ items: n === 0 ? [-1] : many, next: n === 0 ? 'a' : undefined }))
  expect(await everyItem(pages)).toHaveLength(200_001)
})

describe('a list that would never end', () => {
  test('the token of the page before: no page is asked for a third time', async () => {
    const { asked, pages } = listOf((n) => ({ items: [n], next: n < 4 ? `t${n}` : 't4' }))
    expect(await failureOf(everyItem(pages))).toMatchObject(ENDLESS)
    expect(asked).toEqual([undefined, 't0', 't1', 't2', 't3', 't4'])
  })

  test('two tokens in turn', async () => {
    const { asked, pages } = listOf((n) => ({ items: [], next: n % 2 === 0 ? 'even' : 'odd' }))
    expect(await failureOf(everyItem(pages))).toMatchObject(ENDLESS)
    expect(asked.length).toBeLessThan(6)
  })

  test('a circle of any length after any lead is met within three times as many pages', async () => {
    const shape = fc.record({ lead: fc.nat(300), circle: fc.integer({ min: 1, max: 300 }) })
    await fc.assert(
      fc.asyncProperty(shape, async ({ lead, circle }) => {
        const { asked, pages } = listOf((n) => ({
          items: [n],
          next: n < lead ? `lead ${n}` : `circle ${(n - lead) % circle}`,
        }))
        expect(await failureOf(everyItem(pages))).toMatchObject(ENDLESS)
        expect(asked.length).toBeLessThanOrEqual(3 * Math.max(lead, circle) + 3)
      }),
      { numRuns: 30 },
    )
  })

  test('tokens that never come again are followed as far as they lead', async () => {
    const { asked, pages } = listOf((n) => ({ items: [n], next: n < 2500 ? `t${n}` : undefined }))
    expect(await everyItem(pages)).toHaveLength(2501)
    expect(new Set(asked).size).toBe(2501)
  })
})
