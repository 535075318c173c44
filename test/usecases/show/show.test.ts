/** Functions that are shown but cannot be read. */
import { expect, test } from 'vitest'
import { showFunctions } from '../../../src/usecases/show/show.js'
import { FakeWorld } from '../../rollout/support/fake-world.js'
import { VirtualClock } from '../../rollout/support/virtual-clock.js'
import { rolloutTools } from '../support/rollout-tools.js'

function show(...names: string[]) {
  const clock = new VirtualClock()
  const refs = names.map((name) => ({ name, text: name }))
  return showFunctions({ refs, regions: ['us-east-1'] }, rolloutTools(new FakeWorld(clock, [], []), clock))
}

const GONE = 'arn:aws:lambda:us-east-1:111122223333:function:nobody does not exist.'

test('one: its error is told of once', async () => {
  const { outcome, error, table } = await show('nobody')
  expect([outcome, error?.message, table]).toEqual(['refused', GONE, []])
})

test('several: how many, and the reason of each', async () => {
  const { outcome, error, table } = await show('nobody', 'none')
  expect(outcome).toBe('refused')
  expect(error).toMatchObject({ message: `None of the 2 functions could be read. The first: ${GONE}`, exit: 5 })
  expect(table.map(({ title }) => title)).toEqual(['nobody', 'none'])
})
