/** A process of its own that begins a run, says which, and holds it until it is killed: `hold-run.ts STATE_FOLDER`. */
import { runStore } from '../../../src/rollout/journal/run-store.js'
import { AT, PLAN, STEP, started } from '../../core/run/build-run.js'

const clock = { now: Date.now, sleep: () => Promise.reject(new Error('nobody sleeps here')) }
const store = runStore(process.argv[2] ?? '', { clock, random: Math.random })
const { run, journal } = await store.create({ command: 'enable', startedAt: AT, options: {} }, PLAN)
await journal.append(started(STEP.a))
process.stdout.write(`${run}\n`)
setInterval(() => undefined, 60_000)
