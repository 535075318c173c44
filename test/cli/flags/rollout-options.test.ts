/** The waves of a rollout, as they are typed. */
import { describe, expect, test } from 'vitest'
import { rolloutOptions } from '../../../src/cli/flags/rollout-options.js'

const waves = (text: string) => rolloutOptions({ rate: 12, waves: text }).waves

describe('--waves', () => {
  test.each([
    ['1', [{ count: 1 }]],
    ['1,1,2', [{ count: 1 }, { count: 1 }, { count: 2 }]],
    ['30,10%,10%,100%', [{ count: 30 }, { percent: 10 }, { percent: 10 }, { percent: 100 }]],
  ])('%s is taken', (text, expected) => expect(waves(text)).toEqual(expected))

  test.each(['2,1', '1,3,2', '50%,10%', '1,100%,99.5%', '10%,1', '10%,500', '1,10%,5'])('%s is refused', (text) => {
    const message = `--waves ${text}: each wave takes in those before it, so numbers come first, then shares, and neither descend, as in 1,10%,100%.`
    expect(() => waves(text)).toThrow(expect.objectContaining({ code: 'USAGE', message }))
  })

  test.each(['0', '1,0%'])('%s is refused: a wave of nothing', (text) => {
    expect(() => waves(text)).toThrow('--waves: a wave of no functions makes no sense.')
  })
})
