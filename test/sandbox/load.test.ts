/** The sandbox bears the load of a large account. */
import { Agent, get } from 'node:http'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { seedFleet } from '../../src/sandbox/seed-fleet.js'
import { type Clients, sandboxClients } from './sandbox-clients.js'

const signed = {
  authorization: 'AWS4-HMAC-SHA256 Credential=AKIA123456789012TEST/20260601/us-east-1/lambda/aws4_request',
}

interface Page {
  Functions: { FunctionName: string }[]
  NextMarker?: string
}

describe('load', () => {
  let clients: Clients
  let agent: Agent

  beforeEach(async () => {
    clients = await sandboxClients({ settings: { lambdaRate: 1e6, getFunctionRate: 1e6 } })
    agent = new Agent({ keepAlive: true, maxSockets: 50 })
  })
  afterEach(async () => {
    agent.destroy()
    await clients.close()
  })

  const seed = (functions: number) =>
    seedFleet(clients.sandbox.world, { functions, roles: 100, regions: ['us-east-1'], randomSeed: 1 })

  /** Without the SDK, which would take longer than the sandbox. */
  const answer = async <T>(path: string): Promise<T> => {
    const url = `${clients.sandbox.url}/2015-03-31/functions/${path}`
    return new Promise((resolve, reject) => {
      get(url, { agent, headers: signed }, (incoming) =>
        text(incoming).then((body) => resolve(JSON.parse(body)), reject),
      ).once('error', reject)
    })
  }

  it('lists 10,000 functions in 200 pages', async () => {
    seed(10_000)
    let pages = 0
    const names = new Set<string>()
    let marker: string | undefined
    do {
      const query = marker === undefined ? '' : `?Marker=${encodeURIComponent(marker)}`
      const { Functions, NextMarker } = await answer<Page>(query)
      for (const { FunctionName } of Functions) names.add(FunctionName)
      marker = NextMarker
      pages += 1
    } while (marker !== undefined)
    expect([pages, names.size]).toEqual([200, 10_000])
  })

  it('answers and counts 1,000 requests', async () => {
    seed(100)
    const [name = ''] = clients.sandbox.world.account().region('us-east-1').functions.keys()
    const answers = await Promise.all(
      Array.from({ length: 1_000 }, () => answer<{ FunctionName: string }>(`${name}/configuration`)),
    )
    expect(answers.filter(({ FunctionName }) => FunctionName !== name)).toEqual([])
    expect(clients.sandbox.requests).toBe(1000)
    expect(clients.sandbox.calls).toHaveLength(1000)
  })
})
