/** Real processes, killed at a random call, in the worlds of the stories: only where many rounds are asked for. */
import { rmSync } from 'node:fs'
import { expect, test } from 'vitest'
import { type Aws, newStateFolder, openAws } from '../support/it.js'
import { atCall, FAST, HURRY, refuseOpenOrLeakyFiles } from '../support/rollout.js'
import { run, start } from '../support/xtrace.js'
import { Chance } from './chance.js'
import { expectUndone } from './laws.js'
import { type Picture, pictureOf } from './picture.js'
import { randomWorld } from './random-world.js'
import { ROUNDS, SEED } from './settings.js'

/** One process for so many rounds of the stories. */
const COUNT = Math.floor(ROUNDS / 50)

const WORDS = ['enable', '--match', '*', '--all-regions', '--yes', ...HURRY]

async function inWorld<T>(seed: number, work: (aws: Aws, state: string) => Promise<T>): Promise<T> {
  const aws = await openAws({ world: randomWorld(seed).world, settings: { ...FAST, settleMs: 20, iamDelayMs: 50 } })
  const state = newStateFolder()
  try {
    return await work(aws, state)
  } finally {
    rmSync(state, { recursive: true })
    await aws.sandbox.close()
  }
}

async function undisturbed(seed: number): Promise<{ before: Picture; after: Picture; calls: number }> {
  return inWorld(seed, async (aws, state) => {
    const before = pictureOf(aws.sandbox.world)
    await run(WORDS, { aws, state })
    return { before, after: pictureOf(aws.sandbox.world), calls: aws.calls.length }
  })
}

const WHAT = COUNT > 0 ? `${COUNT} processes from seed ${SEED}` : 'processes: they come with 50 rounds or more'

test.runIf(COUNT > 0)(WHAT, { timeout: COUNT * 60_000 }, async () => {
  for (let seed = SEED; seed < SEED + COUNT; seed++) {
    const { before, after, calls } = await undisturbed(seed)
    const nth = new Chance(seed).between(1, Math.max(1, calls))
    await inWorld(seed, async (aws, state) => {
      const { child, ended } = start(WORDS, { aws, state })
      atCall(aws, nth, () => child.kill('SIGKILL'))
      await ended
      refuseOpenOrLeakyFiles(state)
      const where = `seed ${seed}, killed at call ${nth} of ${calls}`
      const { status } = await run(['resume', 'last', ...HURRY], { aws, state })
      // There is no run where it was killed before it had begun one.
      if (status === 2) return expect(pictureOf(aws.sandbox.world), where).toEqual(before)
      expect(pictureOf(aws.sandbox.world), where).toEqual(after)
      await run(['undo', 'last', ...HURRY], { aws, state })
      expectUndone(before, pictureOf(aws.sandbox.world), aws.sandbox.world)
    })
  }
})
