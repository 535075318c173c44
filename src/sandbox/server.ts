/** Starts the sandbox: one HTTP server on the loopback interface. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Call } from './call.js'
import { CallLog } from './call-log.js'
import { realClock, type SandboxClock } from './clock.js'
import { dispatch, type SandboxState } from './dispatch.js'
import { type FaultRule, Faults } from './faults.js'
import { Quotas } from './quotas.js'
import { seededRandom } from './random.js'
import { completeSettings, type SandboxSettings } from './settings.js'
import { readRequest } from './wire/http-request.js'
import { World } from './world.js'

export type { Call } from './call.js'
export type { SandboxClock } from './clock.js'
export type { FaultRule } from './faults.js'
export type { SandboxSettings } from './settings.js'

const LOOPBACK = '127.0.0.1'

export interface Sandbox {
  readonly url: string
  readonly port: number
  readonly world: World
  /** Requests, failing ones too, in the order of their answers: all, or the last ones that settings keep. */
  readonly calls: Call[]
  /** How many requests there were so far, kept or not. */
  readonly requests: number
  /** May be changed while it runs. */
  readonly faults: FaultRule[]
  /** May be changed while it runs. */
  readonly settings: SandboxSettings
  close(): Promise<void>
}

export interface SandboxOptions {
  /** 0: any free port. */
  port?: number
  clock?: SandboxClock
  settings?: Partial<SandboxSettings>
  faults?: FaultRule[]
  /** Of the faults' probabilities, and of identifiers where no world is given. */
  randomSeed?: number
  world?: World
}

export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const seed = options.randomSeed ?? 1
  const rules = options.faults ?? []
  const state: SandboxState = {
    world: options.world ?? new World(seed),
    clock: options.clock ?? realClock,
    settings: completeSettings(options.settings),
    rules,
    log: new CallLog(),
    faults: new Faults(seededRandom(seed)),
    quotas: new Quotas(),
  }
  const server = createServer({ keepAliveTimeout: 60_000 }, (incoming, outgoing) => {
    exchange(incoming, outgoing, state).catch((error: unknown) => outgoing.destroy(asError(error)))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, LOOPBACK, resolve)
  })
  const { port } = server.address() as AddressInfo
  const { world, log, settings } = state
  const close = () =>
    new Promise<void>((resolve, reject) => {
      server.close((error) => (error === undefined ? resolve() : reject(error)))
      server.closeAllConnections()
    })
  return {
    url: `http://${LOOPBACK}:${port}`,
    port,
    world,
    calls: log.calls,
    get requests() {
      return log.requests
    },
    faults: rules,
    settings,
    close,
  }
}

async function exchange(incoming: IncomingMessage, outgoing: ServerResponse, state: SandboxState): Promise<void> {
  const ending = await dispatch(await readRequest(incoming), state)
  if ('reset' in ending) {
    incoming.socket.resetAndDestroy()
    return
  }
  const { status, headers, body } = ending.answer
  const length = status === 204 ? {} : { 'content-length': Buffer.byteLength(body) }
  outgoing.writeHead(status, { ...headers, ...length })
  outgoing.end(body)
}

function asError(cause: unknown): Error {
  return cause instanceof Error ? cause : new Error(String(cause))
}
