/** What each key makes of the list of functions. */
import { expect, test } from 'vitest'
import { afterKey, filtered, type PickList, pickList } from '../../../src/cli/pick/pick-list.js'
import { fn, functionArn } from '../../core/build-observation.js'

const LIST = pickList([
  fn('worker', { mode: 'Active' }),
  fn('api-users', { region: 'eu-west-1' }),
  fn('API-orders'),
  fn('api-users'),
])

const names = (list: PickList) => list.shown.map(({ name, region }) => `${name} ${region}`)
const press = (list: PickList, ...keys: string[]) =>
  keys.reduce((now, key) => {
    const ctrl = key.startsWith('ctrl-')
    return afterKey(now, { name: ctrl ? key.slice(5) : key, ctrl }, now.filter, 12)
  }, list)

test('the list is sorted by name, then by region, and nothing is picked at first', () => {
  expect(names(LIST)).toEqual([
    'API-orders us-east-1',
    'api-users eu-west-1',
    'api-users us-east-1',
    'worker us-east-1',
  ])
  expect(LIST.picked.size).toBe(0)
})

test.each([
  ['api', 3],
  ['ORDERS', 1],
  ['eu-west', 1],
  ['active', 1],
  ['users+us-east', 1],
  ['us-east+users', 1],
  ['api+', 3],
  ['+', 4],
  ['users+worker', 0],
])('%s lets %i through', (filter, count) => {
  expect(filtered(LIST, filter).shown).toHaveLength(count)
})

test('a word does not run over the end of the name into the region', () => {
  expect(filtered(LIST, 'workerus').shown).toEqual([])
})

test('what is typed filters, and the first match is under the cursor', () => {
  const list = afterKey(press(LIST, 'down', 'down'), { name: 'u', ctrl: false }, 'u sers\t', 12)
  expect(list).toMatchObject({ filter: 'users', cursor: 0 })
})

test('space picks what is under the cursor, and puts it back', () => {
  const one = press(LIST, 'down', 'space')
  expect([...one.picked]).toEqual([functionArn('api-users', 'eu-west-1')])
  expect(press(one, 'space').picked.size).toBe(0)
})

test('space picks nothing where nothing matches', () => {
  expect(press(filtered(LIST, 'zzz'), 'down', 'space', 'ctrl-a').picked.size).toBe(0)
})

test('an a by itself is text, with Ctrl it picks all that match and no others', () => {
  expect(press(LIST, 'a').picked.size).toBe(0)
  expect(press(filtered(LIST, 'users'), 'ctrl-a').picked.size).toBe(2)
})

test('Ctrl-A picks the rest where some are picked, and brings those back when it is pressed again', () => {
  const some = press(LIST, 'down', 'space')
  const all = press(some, 'ctrl-a', 'down')
  expect(all.picked.size).toBe(4)
  expect(press(all, 'ctrl-a').picked).toEqual(some.picked)
})

test('Ctrl-A drops all that match where all of them were picked one by one', () => {
  const users = press(filtered(press(LIST, 'space'), 'users'), 'space', 'down', 'space')
  expect(users.picked.size).toBe(3)
  expect([...press(users, 'ctrl-a').picked]).toEqual([functionArn('API-orders')])
})

test('the cursor stops at both ends, and pages', () => {
  expect(press(LIST, 'up').cursor).toBe(0)
  expect(press(LIST, 'pagedown').cursor).toBe(3)
  expect(press(LIST, 'pagedown', 'down').cursor).toBe(3)
  expect(press(LIST, 'pagedown', 'pageup').cursor).toBe(0)
})

test('what AWS says is stripped of control characters', () => {
  expect(pickList([fn('a\u001b[31m\nb')]).rows[0]?.name).toBe('a[31m b')
})
