/** What holds for every list of functions and every sequence of keys. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { afterKey, allToggled, filtered, type PickList, pickList } from '../../../src/cli/pick/pick-list.js'
import { pageOf } from '../../../src/cli/pick/pick-screen.js'
import { fn } from '../../core/build-observation.js'

const functions = fc.uniqueArray(
  fc.record({
    name: fc.stringMatching(/^[ab][AB-]{0,3}$/),
    region: fc.constantFrom('us-east-1', 'eu-west-1'),
    mode: fc.constantFrom('Active' as const, 'PassThrough' as const),
  }),
  { maxLength: 40, selector: ({ name, region }) => `${name} ${region}` },
)

const filters = fc.constantFrom('', 'a', 'B', 'a+b', 'eu', 'a-+west', 'active', 'zzz')

/** A key, or what is typed in its place. */
const keys = fc.array(
  fc.oneof(
    fc.constantFrom('up', 'down', 'pageup', 'pagedown', 'space', 'ctrl-a').map((name) => ({ name })),
    filters.map((filter) => ({ filter })),
  ),
  { maxLength: 30 },
)

const anyList: fc.Arbitrary<PickList> = fc.tuple(functions, keys).map(([some, pressed]) =>
  pressed.reduce(
    (list, key) => {
      if ('filter' in key) return filtered(list, key.filter)
      return afterKey(list, { name: key.name.replace('ctrl-', ''), ctrl: key.name === 'ctrl-a' }, list.filter, 12)
    },
    pickList(some.map(({ name, ...more }) => fn(name, more))),
  ),
)

test('filtering never changes what is picked', () => {
  fc.assert(
    fc.property(anyList, filters, (list, filter) => {
      expect(filtered(list, filter).picked).toEqual(list.picked)
    }),
  )
})

test('a filter lets through what no filter hides, in the same order, whatever was typed before', () => {
  fc.assert(
    fc.property(anyList, filters, (list, filter) => {
      expect(filtered(list, filter).shown).toEqual(filtered(filtered(list, ''), filter).shown)
      expect(filtered(list, '').shown).toEqual(list.rows)
    }),
  )
})

test('toggling all twice changes nothing', () => {
  fc.assert(
    fc.property(anyList, (list) => {
      expect(allToggled(allToggled(list)).picked).toEqual(list.picked)
    }),
  )
})

test('toggling all leaves alone what is not shown', () => {
  fc.assert(
    fc.property(anyList, filters, (before, filter) => {
      const list = filtered(before, filter)
      const shown = new Set(list.shown.map(({ arn }) => arn))
      const hidden = ({ picked }: PickList) => [...picked].filter((arn) => !shown.has(arn)).sort()
      // A toggle that takes the last one back belongs to the same filter.
      expect(hidden(allToggled(list))).toEqual(hidden(list))
    }),
  )
})

test('only functions of the list are ever picked', () => {
  fc.assert(
    fc.property(anyList, ({ rows, picked }) => {
      const known = new Set(rows.map(({ arn }) => arn))
      expect([...picked].filter((arn) => !known.has(arn))).toEqual([])
    }),
  )
})

test('the page holds the cursor, and is full where the list is long enough', () => {
  fc.assert(
    fc.property(anyList, fc.integer({ min: 1, max: 15 }), (list, size) => {
      const page = pageOf(list, size)
      expect(page.rows).toHaveLength(Math.min(size, list.shown.length))
      expect(page.rows[list.cursor - page.top]).toBe(list.shown[list.cursor])
      expect(list.cursor).toBeGreaterThanOrEqual(0)
      expect(list.cursor).toBeLessThan(Math.max(1, list.shown.length))
    }),
  )
})
