/** `npm run soak [-- ROUNDS [SEED]]`: many more of the seeded stories that `npm test` plays a few of. */
import { spawnSync } from 'node:child_process'

const [rounds = '1000', seed] = process.argv.slice(2)
const env = { ...process.env, XTRACE_SOAK_ROUNDS: rounds, ...(seed && { XTRACE_SOAK_SEED: seed }) }
const { status } = spawnSync('npx', ['vitest', 'run', 'test/soak'], { stdio: 'inherit', env })
process.exitCode = status ?? 1
