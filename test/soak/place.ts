/** Where a story takes place: an AWS in memory, its time, and the folder that holds the runs. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Call, type FaultRule, type Sandbox, startSandbox } from '../../src/sandbox/server.js'
import type { World } from '../../src/sandbox/world.js'
import { refuseOpenOrLeakyFiles } from '../support/rollout.js'
import { type Picture, pictureOf } from './picture.js'
import { QuietClock } from './quiet-clock.js'
import { randomWorld } from './random-world.js'

export class Place {
  /** Folder of the runs; another one after each death. */
  state = newFolder()
  /** Called when AWS has done the work of a call, and has not answered it yet. */
  onCall: () => void = () => undefined

  private constructor(
    private readonly sandbox: Sandbox,
    readonly clock: QuietClock,
    /** Ids; the first is that of the credentials. */
    readonly accounts: readonly string[],
  ) {
    const { calls } = sandbox
    calls.push = (...more) => {
      const length = Array.prototype.push.apply(calls, more)
      this.onCall()
      return length
    }
  }

  /** AWS_ENDPOINT_URL points here from now on. */
  static async open(seed: number): Promise<Place> {
    const { world, accounts } = randomWorld(seed)
    let requests = () => 0
    const clock = new QuietClock(() => requests())
    const settings = { settleMs: 1_500, pendingMs: 1_500, iamDelayMs: 4_000 }
    const sandbox = await startSandbox({ world, clock, settings, faults: [], randomSeed: seed })
    requests = () => sandbox.requests
    process.env.AWS_ENDPOINT_URL = sandbox.url
    return new Place(sandbox, clock, accounts)
  }

  get world(): World {
    return this.sandbox.world
  }

  get calls(): readonly Call[] {
    return this.sandbox.calls
  }

  picture(): Picture {
    return pictureOf(this.world)
  }

  /** @param since number of calls there were then */
  writesSince(since: number): Call[] {
    return this.calls.slice(since).filter((call) => call.write)
  }

  setFaults(faults: readonly FaultRule[]): void {
    this.sandbox.faults.splice(0, Number.POSITIVE_INFINITY, ...faults)
  }

  /** What was on its way when a process died arrives, and what runs in AWS comes to its end. */
  async calmDown(): Promise<void> {
    await this.clock.sleep(60_000)
  }

  /** What is being updated since before the story is at rest: its RevisionId will not change by itself any more. */
  async settle(): Promise<void> {
    const functions = [...this.world.accounts.values()]
      .flatMap((account) => [...account.regions.values()])
      .flatMap((region) => [...region.functions.values()])
    for (const fn of functions) fn.settle(this.clock.now(), this.sandbox.settings)
    await this.calmDown()
  }

  /** The folder as a dead process leaves it; its locks, which this living process holds, are not taken along. */
  leaveBehind(): void {
    const copy = newFolder()
    cpSync(this.state, copy, { recursive: true, filter: (path) => !path.endsWith('.lock') })
    rmSync(this.state, { recursive: true, force: true })
    this.state = copy
  }

  refuseLeaks(): void {
    refuseOpenOrLeakyFiles(this.state)
  }

  async close(): Promise<void> {
    rmSync(this.state, { recursive: true, force: true })
    await this.sandbox.close()
  }
}

function newFolder(): string {
  return mkdtempSync(join(tmpdir(), 'xtrace-soak-'))
}
