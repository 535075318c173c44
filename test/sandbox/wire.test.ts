/** BEHAVIOUR W: scope, wire formats, the record of calls. */
import { once } from 'node:events'
import { connect } from 'node:net'
import { ListRolesCommand } from '@aws-sdk/client-iam'
import {
  CreateFunctionCommand,
  GetFunctionConfigurationCommand,
  ListFunctionsCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda'
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Clients, KEYS, refusal, sandboxClients } from './sandbox-clients.js'

const signed = (service: string, region = 'us-east-1', key = 'AKIA123456789012TEST') => ({
  authorization: `AWS4-HMAC-SHA256 Credential=${key}/20260601/${region}/${service}/aws4_request, SignedHeaders=host, Signature=0`,
})
const form = { 'content-type': 'application/x-www-form-urlencoded' }

describe('W: the wire', () => {
  let clients: Clients

  beforeEach(async () => {
    clients = await sandboxClients()
  })
  afterEach(() => clients.close())

  const raw = (path: string, init: RequestInit = {}) => fetch(clients.sandbox.url + path, init)

  it('W1 listens on the loopback address', () => {
    expect(clients.sandbox.url).toBe(`http://127.0.0.1:${clients.sandbox.port}`)
  })

  it('W2 takes service and region from the credential scope', async () => {
    clients.sandbox.world
      .account()
      .region('eu-west-1')
      .addFunction({ name: 'only-here', role: 'arn:aws:iam::1:role/r' })
    const names = async (region: string) =>
      (await clients.lambda(region).send(new ListFunctionsCommand({}))).Functions?.map((found) => found.FunctionName)
    expect(await names('eu-west-1')).toEqual(['only-here'])
    expect(await names('us-east-1')).toEqual([])
    await clients.iam().send(new ListRolesCommand({}))
    expect(clients.sandbox.calls.map(({ service, region }) => `${service} ${region}`)).toEqual([
      'lambda eu-west-1',
      'lambda us-east-1',
      'iam us-east-1',
    ])
  })

  it('W3 takes the account from the access key', async () => {
    const account = async (accessKeyId: string) =>
      (await clients.sts('us-east-1', { ...KEYS, accessKeyId }).send(new GetCallerIdentityCommand({}))).Account
    expect(await account('AKIA111111111111TEST')).toBe('111111111111')
    expect(await account('AKIAIOSFODNN7EXAMPLE')).toBe('123456789012')
  })

  it('W4 refuses unsigned requests in the service’s own format', async () => {
    const lambda = await raw('/2015-03-31/functions')
    expect([lambda.status, lambda.headers.get('x-amzn-errortype')]).toEqual([
      403,
      'MissingAuthenticationTokenException',
    ])
    expect(await lambda.json()).toEqual({ message: 'Missing Authentication Token' })
    const iam = await raw('/', { method: 'POST', headers: form, body: 'Action=ListRoles&Version=2010-05-08' })
    expect(iam.status).toBe(403)
    expect(await iam.text()).toContain('<Code>MissingAuthenticationToken</Code>')
  })

  it('W5 writes Lambda errors as JSON with the code in a header', async () => {
    const missing = await raw('/2015-03-31/functions/none', { headers: signed('lambda') })
    expect([missing.status, missing.headers.get('x-amzn-errortype')]).toEqual([404, 'ResourceNotFoundException'])
    expect(await missing.json()).toEqual({
      Type: 'User',
      Message: 'Function not found: arn:aws:lambda:us-east-1:123456789012:function:none',
    })
    const invalid = await raw('/2015-03-31/functions/no!', { headers: signed('lambda') })
    expect(Object.keys((await invalid.json()) as object)).toEqual(['message'])
    const broken = await raw('/2015-03-31/functions', { method: 'POST', headers: signed('lambda'), body: '{' })
    expect([broken.status, broken.headers.get('x-amzn-errortype')]).toEqual([400, 'SerializationException'])
  })

  it('W6 writes IAM and STS as XML in their namespaces', async () => {
    const post = async (service: string, body: string) =>
      (await raw('/', { method: 'POST', headers: { ...form, ...signed(service) }, body })).text()
    expect(await post('iam', 'Action=GetRole&RoleName=a%26b&Version=2010-05-08')).toMatch(
      /^<ErrorResponse xmlns="https:\/\/iam.amazonaws.com\/doc\/2010-05-08\/"><Error><Type>Sender<\/Type><Code>NoSuchEntity<\/Code><Message>The role with name a&amp;b cannot be found.<\/Message><\/Error><RequestId>[0-9a-f-]{36}<\/RequestId><\/ErrorResponse>$/,
    )
    expect(await post('sts', 'Action=GetCallerIdentity&Version=2011-06-15')).toMatch(
      /^<GetCallerIdentityResponse xmlns="https:\/\/sts.amazonaws.com\/doc\/2011-06-15\/"><GetCallerIdentityResult>.*<\/GetCallerIdentityResult><ResponseMetadata><RequestId>[0-9a-f-]{36}<\/RequestId><\/ResponseMetadata><\/GetCallerIdentityResponse>$/,
    )
  })

  it('W7 decodes names, and refuses unknown paths, actions and services', async () => {
    const arn = 'arn:aws:lambda:us-east-1:123456789012:function:fn'
    clients.sandbox.world.account().region('us-east-1').addFunction({ name: 'fn', role: 'arn:aws:iam::1:role/r' })
    const found = await raw(`/2015-03-31/functions/${encodeURIComponent(arn)}/configuration`, {
      headers: signed('lambda'),
    })
    expect(await found.json()).toMatchObject({ FunctionArn: arn })
    const stray = await raw('/2015-03-31/functions/%zz', { headers: signed('lambda') })
    expect(stray.headers.get('x-amzn-errortype')).toBe('ValidationException')
    expect((await raw('/2015-03-31/layers', { headers: signed('lambda') })).status).toBe(404)
    const body = 'Action=DeleteAccount&Version=2010-05-08'
    const action = await raw('/', { method: 'POST', headers: { ...form, ...signed('iam') }, body })
    expect(await action.text()).toContain('<Code>InvalidAction</Code>')
    expect((await raw('/', { headers: signed('s3') })).status).toBe(400)
  })

  it('W8 lets the partition follow the region', async () => {
    const arnIn = async (region: string, account: string) => {
      const keys = { ...KEYS, accessKeyId: `AKIA${account}` }
      return (await clients.sts(region, keys).send(new GetCallerIdentityCommand({}))).Arn?.split(':')[1]
    }
    expect(await arnIn('cn-north-1', '111111111111')).toBe('aws-cn')
    expect(await arnIn('us-gov-west-1', '222222222222')).toBe('aws-us-gov')
    expect(await arnIn('eusc-de-east-1', '333333333333')).toBe('aws-eusc')
    expect(await arnIn('us-iso-east-1', '444444444444')).toBe('aws-iso')
    expect(await arnIn('us-isob-east-1', '555555555555')).toBe('aws-iso-b')
    expect(await arnIn('eu-west-1', '666666666666')).toBe('aws')
  })

  it('W9 records every request without environment values and code', async () => {
    const { calls, world } = clients.sandbox
    const role = world.account().addRole({ name: 'worker' }).arn
    const lambda = clients.lambda()
    const Environment = { Variables: { TOKEN: 'very-secret' } }
    await lambda.send(
      new CreateFunctionCommand({
        FunctionName: 'fn',
        Role: role,
        Runtime: 'nodejs22.x',
        Handler: 'index.handler',
        Code: { ZipFile: Buffer.from('the-code') },
        Environment,
      }),
    )
    await refusal(lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: 'fn:3', Environment })))
    await refusal(lambda.send(new GetFunctionConfigurationCommand({ FunctionName: 'fn', Qualifier: 'live' })))
    expect(calls).toMatchObject([
      { operation: 'CreateFunction', resource: 'fn', status: 201, write: true, account: '123456789012' },
      {
        operation: 'UpdateFunctionConfiguration',
        resource: 'fn',
        qualifier: '3',
        status: 400,
        errorCode: 'InvalidParameterValueException',
        write: true,
      },
      { operation: 'GetFunctionConfiguration', resource: 'fn', qualifier: 'live', status: 404, write: false },
    ])
    expect(calls[0]?.at).toBe(clients.clock.now())
    const written = JSON.stringify(calls)
    expect(written).toContain('TOKEN')
    expect(written).not.toContain('very-secret')
    expect(written).not.toContain(Buffer.from('the-code').toString('base64'))
  })

  it('W9 keeps as many records as it is told to, and counts all requests', async () => {
    const { sandbox } = clients
    const list = (region: string) => clients.lambda(region).send(new ListFunctionsCommand({}))
    for (const region of ['us-east-1', 'us-east-2', 'us-west-1']) await list(region)
    expect([sandbox.requests, sandbox.calls.length]).toEqual([3, 3])
    sandbox.settings.keepCalls = 2
    await list('us-west-2')
    expect([sandbox.requests, sandbox.calls.map((call) => call.region)]).toEqual([4, ['us-west-1', 'us-west-2']])
    sandbox.settings.keepCalls = 0
    await refusal(clients.lambda().send(new GetFunctionConfigurationCommand({ FunctionName: 'none' })))
    expect([sandbox.requests, sandbox.calls]).toEqual([5, []])
  })

  it('W9 outlives a client that goes away in the middle of a request', async () => {
    const socket = connect(clients.sandbox.port, '127.0.0.1')
    socket.write('POST /2015-03-31/functions HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf')
    await once(socket, 'connect')
    socket.resetAndDestroy()
    await clients.lambda().send(new ListFunctionsCommand({}))
    expect(clients.sandbox.calls.map((call) => call.operation)).toEqual(['ListFunctions'])
  })

  it('W10 adds latency on the clock only', async () => {
    clients.sandbox.settings.latencyMs = 60_000
    const before = clients.clock.now()
    await clients.lambda().send(new ListFunctionsCommand({}))
    expect(clients.clock.now() - before).toBe(60_000)
  })
})
