/** One process of xtrace, as far as it can be had without a process: it may be killed or interrupted at any moment. */
import { awsAccess } from '../../src/aws/clients.js'
import type { Clock } from '../../src/aws/gateways.js'
import { XtraceError } from '../../src/errors.js'
import type { Journal } from '../../src/rollout/journal/journal.js'
import { type RunStore, runStore } from '../../src/rollout/journal/run-store.js'
import { TokenBucket } from '../../src/rollout/limiter.js'
import type { RolloutTools } from '../../src/usecases/runs/carry-out.js'
import type { Chance } from './chance.js'
import type { Place } from './place.js'
import { ENTRANCE } from './random-world.js'

export interface Death {
  /** Moments of its life: a call that AWS has done, an entry before and after it is on disk. */
  after: number
  how: 'killed' | 'interrupted'
}

export const DEAD = Symbol('dead')

export interface LifeTools extends RolloutTools {
  /** What was said of the progress. */
  said: string[]
}

export interface LifeOptions {
  chance: Chance
  death?: Death | undefined
  /** The moments are counted from when it has begun a run. */
  fromRun?: boolean
  /** Called when a run has been begun. */
  onRun?(run: string): void
}

/** @returns DEAD where the work did not come to its end */
export async function live<T>(
  place: Place,
  options: LifeOptions,
  work: (tools: LifeTools) => Promise<T>,
): Promise<T | typeof DEAD> {
  const life = new Life(place, options)
  place.onCall = () => life.moment()
  const working = work(life.tools())
  const end = await Promise.race([working, life.killed])
  place.onCall = () => undefined
  if (end !== DEAD) return end
  // What the dead process would have said or thrown nobody hears.
  working.catch(() => undefined)
  place.leaveBehind()
  await life.bury()
  await place.calmDown()
  return DEAD
}

class Life {
  readonly killed: Promise<typeof DEAD>
  #kill: () => void = () => undefined
  #dead = false
  #stopping = false
  #begun = false
  readonly #journals: Journal[] = []
  readonly #stops: Array<() => void> = []
  #moments = 0

  constructor(
    private readonly place: Place,
    private readonly options: LifeOptions,
  ) {
    this.killed = new Promise((resolve) => {
      this.#kill = () => resolve(DEAD)
    })
  }

  moment(): void {
    const { death, fromRun } = this.options
    if (fromRun && !this.#begun) return
    this.#moments++
    if (!death || this.#dead || this.#stopping || this.#moments < death.after) return
    if (death.how === 'interrupted') {
      this.#stopping = true
      for (const stop of this.#stops.splice(0)) stop()
    } else {
      this.#dead = true
      this.#kill()
    }
  }

  tools(): LifeTools {
    const { random } = this.options.chance
    const clock: Clock = { now: () => this.place.clock.now(), sleep: (ms) => this.#sleep(ms) }
    const pace = (quota: string) => new TokenBucket(quota === 'getFunction' ? 80 : 12, clock)
    const own = awsAccess({ clock, checkpoint: () => this.#checkpoint(), random, version: 'soak', pace })
    const aws = this.place.accounts.length > 1 ? own.through({ role: ENTRANCE }) : own
    const said: string[] = []
    const say = (...words: unknown[]) => said.push(words.join(' '))
    return { aws, clock, progress: { say }, said, runs: this.#runs(runStore(this.place.state, { clock, random })) }
  }

  #runs(store: RunStore): RunStore {
    return {
      list: () => store.list(),
      create: async (header, plan) => {
        await this.#alive()
        const { run, journal } = await store.create(header, plan)
        this.#begun = true
        this.options.onRun?.(run)
        return { run, journal: this.#watched(journal) }
      },
      open: async (name) => {
        await this.#alive()
        const open = await store.open(name)
        return { ...open, journal: this.#watched(open.journal) }
      },
    }
  }

  /** Closes what the system closes when a process ends. */
  async bury(): Promise<void> {
    for (const journal of this.#journals) await journal.close()
  }

  #watched(journal: Journal): Journal {
    this.#journals.push(journal)
    return {
      append: async (entry) => {
        this.moment()
        await this.#alive()
        await journal.append(entry)
        this.moment()
        await this.#alive()
      },
      close: async () => {
        await this.#alive()
        await journal.close()
      },
    }
  }

  /** A dead process waits for ever, and writes nothing. */
  async #alive(): Promise<void> {
    if (this.#dead) await new Promise<never>(() => undefined)
  }

  #checkpoint(): void {
    if (this.#dead) throw new Error('a dead process makes no calls')
    if (this.#stopping) throw interrupted()
  }

  async #sleep(ms: number): Promise<void> {
    await this.#alive()
    if (this.#stopping) throw interrupted()
    const stopped = new Promise<void>((_, reject) => this.#stops.push(() => reject(interrupted())))
    stopped.catch(() => undefined)
    await Promise.race([this.place.clock.sleep(ms), stopped])
    await this.#alive()
  }
}

function interrupted(): XtraceError {
  return new XtraceError('INTERRUPTED', 'Interrupted: no further call was made.')
}
