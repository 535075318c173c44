/** BEHAVIOUR N: the forms of a function's name. */
import {
  CreateFunctionCommand,
  GetFunctionCommand,
  GetFunctionConfigurationCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Clients, refusal, sandboxClients } from './sandbox-clients.js'

const ARN = 'arn:aws:lambda:us-east-1:123456789012:function:fn'

describe('N: function names', () => {
  let clients: Clients

  beforeEach(async () => {
    clients = await sandboxClients()
    const region = clients.sandbox.world.account().region('us-east-1')
    const role = 'arn:aws:iam::123456789012:role/r'
    region.addFunction({ name: 'fn', role, versions: [{}], aliases: [{ name: 'live', version: '1' }] })
    region.addFunction({ name: 'function', role })
  })
  afterEach(() => clients.close())

  const read = (FunctionName: string, Qualifier?: string) =>
    clients.lambda().send(new GetFunctionConfigurationCommand({ FunctionName, Qualifier }))
  const update = (FunctionName: string) =>
    clients.lambda().send(new UpdateFunctionConfigurationCommand({ FunctionName, Timeout: 5 }))

  it.each(['fn', '123456789012:function:fn', 'us-east-1:123456789012:function:fn', 'function:fn', ARN])(
    'N1 takes %s',
    async (name) => {
      expect((await read(name)).FunctionArn).toBe(ARN)
      expect((await read(`${name}:1`)).Version).toBe('1')
      expect((await read(`${name}:live`)).FunctionArn).toBe(`${ARN}:live`)
      expect((await update(name)).Timeout).toBe(5)
    },
  )

  it('N1 takes an ARN that stops at `function` for a function of that name', async () => {
    expect((await read('arn:aws:lambda:us-east-1:123456789012:function')).FunctionName).toBe('function')
  })

  it('N2 refuses what does not match the pattern, and quotes it', async () => {
    expect(await refusal(read('my-function!'))).toEqual({
      name: 'ValidationException',
      status: 400,
      message:
        "1 validation error detected: Value 'my-function!' at 'functionName' failed to satisfy constraint: Member must satisfy regular expression pattern: (arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_\\.]+)(:(\\$LATEST(\\.PUBLISHED)?|[a-zA-Z0-9-_]+))?",
    })
    expect((await refusal(update('fn:$LATEST.PUBLISHED'))).name).toBe('ValidationException')
  })

  it('N2 bounds the whole: 140 characters for updates, 256 for reads', async () => {
    const tooLong = { name: 'ValidationException', status: 400 }
    expect(await refusal(update('a'.repeat(141)))).toMatchObject(tooLong)
    expect(await refusal(read('a'.repeat(257)))).toMatchObject(tooLong)
    expect(await refusal(read('a'.repeat(256)))).toMatchObject({ name: 'ResourceNotFoundException' })
  })

  it('N3 finds no name of 65 characters, and creates none', async () => {
    const name = 'a'.repeat(65)
    expect(await refusal(read(name))).toMatchObject({ name: 'ResourceNotFoundException', status: 404 })
    const created = clients.lambda().send(
      new CreateFunctionCommand({
        FunctionName: name,
        Role: 'arn:aws:iam::123456789012:role/r',
        Runtime: 'nodejs22.x',
        Handler: 'a.b',
        Code: { S3Bucket: 'code', S3Key: 'a.zip' },
      }),
    )
    const refused = await refusal(created)
    expect(refused).toMatchObject({ name: 'InvalidParameterValueException', status: 400 })
    expect(refused.message).toContain('Member must have length less than or equal to 64')
  })

  it('N4 does not reach into another region', async () => {
    expect(await refusal(read('arn:aws:lambda:eu-west-1:123456789012:function:fn'))).toEqual({
      name: 'ResourceNotFoundException',
      status: 404,
      message: "Functions from 'eu-west-1' are not reachable in this region ('us-east-1')",
    })
  })

  it('N5 does not reach into another account', async () => {
    const theirs = 'arn:aws:lambda:us-east-1:999999999999:function:fn'
    expect(await refusal(read(theirs))).toEqual({
      name: 'AccessDeniedException',
      status: 403,
      message: `User: arn:aws:iam::123456789012:user/operator is not authorized to perform: lambda:GetFunctionConfiguration on resource: ${theirs} because no resource-based policy allows the lambda:GetFunctionConfiguration action`,
    })
  })

  it('N5 gives no message on create', async () => {
    const authorization = 'AWS4-HMAC-SHA256 Credential=AKIA123456789012TEST/20260601/us-east-1/lambda/aws4_request'
    const body = JSON.stringify({ FunctionName: 'arn:aws:lambda:us-east-1:999999999999:function:fn' })
    const url = `${clients.sandbox.url}/2015-03-31/functions`
    const answer = await fetch(url, { method: 'POST', headers: { authorization }, body })
    expect([answer.status, await answer.text()]).toEqual([403, '{"message":null}'])
  })

  it('N6 refuses two qualifiers that differ', async () => {
    expect(await refusal(read('fn:1', 'live'))).toEqual({
      name: 'InvalidParameterValueException',
      status: 400,
      message: 'The derived qualifier from the function name does not match the specified qualifier.',
    })
    expect((await read('fn:1', '1')).Version).toBe('1')
  })

  it('N7 knows no $latest in lower case', async () => {
    expect((await refusal(read('fn', '$latest'))).message).toBe(`Function not found: ${ARN}:$latest`)
  })

  it('N8 names the ARN of what is missing', async () => {
    const message = async (name: string, qualifier?: string) =>
      (await refusal(clients.lambda().send(new GetFunctionCommand({ FunctionName: name, Qualifier: qualifier }))))
        .message
    expect(await message('gone')).toBe(`Function not found: ${ARN.replace(/fn$/, 'gone')}`)
    expect(await message('gone', 'live')).toBe(`Function not found: ${ARN.replace(/fn$/, 'gone')}:live`)
    expect(await message('fn', '9')).toBe(`Function not found: ${ARN}:9`)
    expect(await message('fn', 'blue')).toBe(`Function not found: ${ARN}:blue`)
  })
})
