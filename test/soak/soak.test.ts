/** Random rollouts, killed and interrupted, resumed and undone, in worlds made from a seed: see story.ts for the laws. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { home } from '../support/xtrace.js'
import { ROUNDS, SEED } from './settings.js'
import { play, randomStory } from './story.js'

beforeAll(() => {
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) vi.stubEnv(name, undefined)
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIA123456789012TEST')
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret-key-not-for-printing')
  vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true')
  vi.stubEnv('AWS_CONFIG_FILE', `${home()}/config`)
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', `${home()}/credentials`)
  vi.stubEnv('AWS_ENDPOINT_URL', undefined)
  vi.stubEnv('AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED', 'true')
})

afterAll(() => {
  vi.unstubAllEnvs()
})

test(`${ROUNDS} stories from seed ${SEED}`, { timeout: ROUNDS * 30_000 }, async () => {
  expect(ROUNDS).toBeGreaterThan(0)
  for (let seed = SEED; seed < SEED + ROUNDS; seed++) {
    const story = randomStory(seed)
    await play(story).catch((error: unknown) => {
      const again = `XTRACE_SOAK_SEED=${seed} XTRACE_SOAK_ROUNDS=1`
      throw new Error(`${again}: ${String(error)}\n${JSON.stringify(story, null, 1)}`, { cause: error })
    })
  }
})
