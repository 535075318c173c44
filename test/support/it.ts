/** Tests that are handed an AWS of their own, which ends with them. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { it as base } from 'vitest'
import type { TracingMode } from '../../src/core/lambda-function.js'
import {
  type Call,
  type FaultRule,
  type Sandbox,
  type SandboxSettings,
  startSandbox,
} from '../../src/sandbox/server.js'
import type { World } from '../../src/sandbox/world.js'
import { ACCOUNT, type SmallWorld, smallWorld } from './world.js'

export interface AwsOptions extends SmallWorld {
  settings?: Partial<SandboxSettings>
  faults?: FaultRule[]
  /** Instead of a small world. */
  world?: World
  /** Of the faults' probabilities. */
  randomSeed?: number
}

export interface Aws {
  readonly url: string
  readonly sandbox: Sandbox
  /** Everything that was asked so far. */
  readonly calls: readonly Call[]
  /** Calls that write, refused ones too. */
  writes(): Call[]
  /** Calls of one operation, refused ones too. */
  calledFor(operation: string): Call[]
  /** As it stands now; PassThrough where the function has no TracingConfig. */
  mode(name: string, region?: string): TracingMode
}

/** Short, for the command under test waits in real time; the role check and the quotas of 15/s and 100/s are on. */
const SETTINGS: Partial<SandboxSettings> = { settleMs: 150, pendingMs: 150, iamDelayMs: 300 }

/** For tests that need one in a hook; whoever opens it closes it. */
export async function openAws({ settings, faults = [], world, randomSeed = 1, ...small }: AwsOptions): Promise<Aws> {
  const sandbox = await startSandbox({
    settings: { ...SETTINGS, ...settings },
    faults,
    randomSeed,
    world: world ?? smallWorld(small),
  })
  const { calls } = sandbox
  return {
    url: sandbox.url,
    sandbox,
    calls,
    writes: () => calls.filter((call) => call.write),
    calledFor: (operation) => calls.filter((call) => call.operation === operation),
    mode: (name, region = 'us-east-1') =>
      sandbox.world.account(ACCOUNT).region(region).function(name).mode ?? 'PassThrough',
  }
}

export function newStateFolder(): string {
  return mkdtempSync(join(tmpdir(), 'xtrace-state-'))
}

interface Fixtures {
  open: (options?: AwsOptions) => Promise<Aws>
  /** An empty folder for the runs of this test, gone after it. */
  state: string
}

export const it = base.extend<Fixtures>({
  open: async ({ onTestFinished }, use) => {
    await use(async (options = {}) => {
      const aws = await openAws(options)
      onTestFinished(() => aws.sandbox.close())
      return aws
    })
  },
  state: async ({ onTestFinished }, use) => {
    const folder = newStateFolder()
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    await use(folder)
  },
})

export { describe } from 'vitest'

/** Resolves when the condition holds; fails after ten seconds. */
export async function until(condition: () => boolean): Promise<void> {
  const giveUp = Date.now() + 10_000
  while (!condition()) {
    if (Date.now() > giveUp) throw new Error('what was waited for did not happen')
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
