/** BEHAVIOUR Q: request quotas. */
import { GetFunctionCommand, GetFunctionConfigurationCommand, ListFunctionsCommand } from '@aws-sdk/client-lambda'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Clients, KEYS, sandboxClients } from './sandbox-clients.js'

describe('Q: quotas', () => {
  let clients: Clients

  beforeEach(async () => {
    clients = await sandboxClients()
    clients.sandbox.world
      .account()
      .region('us-east-1')
      .addFunction({ name: 'fn', role: 'arn:aws:iam::123456789012:role/r' })
  })
  afterEach(() => clients.close())

  const FunctionName = 'fn'
  /** How many of that many calls in one moment are answered. */
  const answered = async (count: number, call: () => Promise<unknown>): Promise<number> => {
    const outcomes = await Promise.allSettled(Array.from({ length: count }, call))
    return outcomes.filter((outcome) => outcome.status === 'fulfilled').length
  }

  it('Q1 lets 15 requests a second pass, all operations together', async () => {
    const lambda = clients.lambda()
    const configuration = () => lambda.send(new GetFunctionConfigurationCommand({ FunctionName }))
    const list = () => lambda.send(new ListFunctionsCommand({}))
    expect(await answered(10, configuration)).toBe(10)
    expect(await answered(10, list)).toBe(5)
    clients.clock.advance(200)
    expect(await answered(10, configuration)).toBe(3)
    clients.clock.advance(60_000)
    expect(await answered(30, list)).toBe(15)
  })

  it('Q1 gives GetFunction a quota of its own', async () => {
    const lambda = clients.lambda()
    expect(await answered(20, () => lambda.send(new ListFunctionsCommand({})))).toBe(15)
    expect(await answered(110, () => lambda.send(new GetFunctionCommand({ FunctionName })))).toBe(100)
  })

  it('Q1 counts per account and region', async () => {
    const list = async (region: string, accessKeyId: string) => {
      const lambda = clients.lambda(region, { ...KEYS, accessKeyId })
      return answered(16, () => lambda.send(new ListFunctionsCommand({})))
    }
    expect(await list('us-east-1', 'AKIA123456789012TEST')).toBe(15)
    expect(await list('us-east-1', 'AKIA123456789012OTHR')).toBe(0)
    expect(await list('eu-west-1', 'AKIA123456789012TEST')).toBe(15)
    expect(await list('us-east-1', 'AKIA111111111111TEST')).toBe(15)
  })

  it('Q1 obeys a rate that is changed while it runs', async () => {
    const lambda = clients.lambda()
    clients.sandbox.settings.lambdaRate = 3
    expect(await answered(10, () => lambda.send(new ListFunctionsCommand({})))).toBe(3)
  })

  it('Q2 answers 429 with Retry-After and AWS’s body', async () => {
    clients.sandbox.settings.lambdaRate = 0
    const authorization = 'AWS4-HMAC-SHA256 Credential=AKIA123456789012TEST/20260601/us-east-1/lambda/aws4_request'
    const answer = await fetch(`${clients.sandbox.url}/2015-03-31/functions`, { headers: { authorization } })
    expect(answer.status).toBe(429)
    expect(answer.headers.get('retry-after')).toBe('1')
    expect(answer.headers.get('x-amzn-errortype')).toBe('TooManyRequestsException')
    expect(await answer.text()).toBe('{"Reason":"CallerRateLimitExceeded","Type":"User","message":"Rate exceeded"}')
  })
})
