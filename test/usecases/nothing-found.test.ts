/** A report of no function says where it looked, and nothing where that would not be true. */
import { expect, test } from 'vitest'
import type { Coverage } from '../../src/core/report.js'
import { nothingFound } from '../../src/usecases/nothing-found.js'

const place = (region: string, account = '111122223333', status: Coverage['status'] = 'read'): Coverage => ({
  account,
  region,
  status,
})

test('the regions that were looked at, each once', () => {
  expect(nothingFound([], [place('us-east-1')])).toEqual([
    'no function matches what was asked for: looked in us-east-1',
  ])
  expect(nothingFound([], [place('us-east-1'), place('eu-west-1'), place('us-east-1', '999900001111')])).toEqual([
    'no function matches what was asked for: looked in us-east-1, eu-west-1 of 2 accounts',
  ])
})

test('not those that could not be read', () => {
  const denied = place('eu-west-1', '999900001111', 'denied-iam')
  expect(nothingFound([], [place('us-east-1'), denied])).toEqual([
    'no function matches what was asked for: looked in us-east-1',
  ])
  expect([nothingFound([], [denied]), nothingFound([], [])]).toEqual([[], []])
})

test('nothing where there are functions', () => {
  expect(nothingFound([{}], [place('us-east-1')])).toEqual([])
})
