/** What the SDK clients of a run have in common: whose they are, how they connect, and that they never retry. */
import type { CredentialProvider } from './credential-chain.js'

/** Milliseconds. A call that hangs longer counts as a lost connection. */
const CONNECT_TIMEOUT = 5_000
const ANSWER_TIMEOUT = 60_000
/** Node's longest: the SDK's warning about busy sockets never comes, since calls are paced here. */
const LONGEST_TIMER = 2 ** 31 - 1
/** Connections to one host; where the endpoint is set by hand, that is one for all regions and accounts. */
const MOST_SOCKETS = 200

export interface ClientSettings {
  profile?: string
  /** For the User-Agent: `xtrace/VERSION`. */
  version: string
  credentials: CredentialProvider
  sockets: SocketPool
}

/** Open connections, kept for all clients: thousands of them, one a region and account, would each keep their own. */
export type SocketPool = () => Promise<{ httpAgent: object; httpsAgent: object }>

export function socketPool(): SocketPool {
  let agents: ReturnType<SocketPool> | undefined
  return () => {
    agents ??= makeAgents()
    return agents
  }
}

async function makeAgents() {
  const [http, https] = await Promise.all([import('node:http'), import('node:https')])
  const options = { keepAlive: true, maxSockets: MOST_SOCKETS }
  return { httpAgent: new http.Agent(options), httpsAgent: new https.Agent(options) }
}

/** One attempt per send: pacing and retrying are done in attempts.ts, where a write is told from a read. */
export async function clientConfig(region: string, { profile, version, credentials, sockets }: ClientSettings) {
  return {
    region,
    credentials,
    maxAttempts: 1,
    retryMode: 'standard',
    customUserAgent: [['xtrace', version]] as [string, string][],
    requestHandler: {
      ...(await sockets()),
      connectionTimeout: CONNECT_TIMEOUT,
      requestTimeout: ANSWER_TIMEOUT,
      throwOnRequestTimeout: true,
      socketAcquisitionWarningTimeout: LONGEST_TIMER,
    },
    ...(profile !== undefined && { profile }),
  }
}
