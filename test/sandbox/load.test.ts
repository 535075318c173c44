/** The sandbox bears the load of a large account. */
import { paginateListFunctions } from '@aws-sdk/client-lambda'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { seedFleet } from '../../src/sandbox/seed-fleet.js'
import { type Clients, sandboxClients } from './sandbox-clients.js'

const signed = {
  authorization: 'AWS4-HMAC-SHA256 Credential=AKIA123456789012TEST/20260601/us-east-1/lambda/aws4_request',
}

describe('load', () => {
  let clients: Clients

  beforeEach(async () => {
    clients = await sandboxClients({ settings: { lambdaRate: 1e6, getFunctionRate: 1e6 } })
  })
  afterEach(() => clients.close())

  const seed = (functions: number) =>
    seedFleet(clients.sandbox.world, { functions, roles: 100, regions: ['us-east-1'], randomSeed: 1 })

  it('lists 10,000 functions in 200 pages', async () => {
    seed(10_000)
    let pages = 0
    const names = new Set<string | undefined>()
    for await (const page of paginateListFunctions({ client: clients.lambda() }, {})) {
      pages += 1
      for (const found of page.Functions ?? []) names.add(found.FunctionName)
    }
    expect([pages, names.size]).toEqual([200, 10_000])
  })

  it('answers and counts 1,000 requests', async () => {
    seed(100)
    const [name = ''] = clients.sandbox.world.account().region('us-east-1').functions.keys()
    const url = `${clients.sandbox.url}/2015-03-31/functions/${name}/configuration`
    for (let batch = 0; batch < 20; batch += 1) {
      const answers = await Promise.all(Array.from({ length: 50 }, () => fetch(url, { headers: signed })))
      for (const answer of answers) expect(await answer.json()).toMatchObject({ FunctionName: name })
    }
    expect(clients.sandbox.requests).toBe(1000)
    expect(clients.sandbox.calls).toHaveLength(1000)
  })
})
