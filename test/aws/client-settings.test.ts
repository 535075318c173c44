/** Connections: a few for all clients of a run, whatever their region, service and account. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import nock from 'nock'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { AwsAccess } from '../../src/aws/gateways.js'
import { openAccess } from './support/access.js'
import { ownEnvironment, setEnvironment } from './support/environment.js'

ownEnvironment()

let connections = 0
const server = createServer((request, response) => {
  const keys = '<AccessKeyId>ASIA</AccessKeyId><SecretAccessKey>s</SecretAccessKey>'
  const assumed = `<AssumeRoleResponse><AssumeRoleResult><Credentials>${keys}</Credentials></AssumeRoleResult></AssumeRoleResponse>`
  const form = request.headers['content-type']?.includes('form') === true
  response.setHeader('content-type', form ? 'text/xml' : 'application/json')
  request.resume().on('end', () => response.end(form ? assumed : '{"Functions":[],"ResourceTagMappingList":[]}'))
})
server.on('connection', () => {
  connections++
})
beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)))
afterAll(() => {
  server.closeAllConnections()
  return new Promise((resolve) => server.close(resolve))
})
beforeEach(() => {
  connections = 0
  // Requests that pass through nock do not keep their connections.
  nock.restore()
  setEnvironment({ AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}` })
})
afterEach(() => nock.activate())

async function list(access: AwsAccess, region: string): Promise<void> {
  await (await access.lambda(region)).listFunctions()[Symbol.asyncIterator]().next()
}

test('one after the other, clients of several regions, services and accounts use one connection', async () => {
  const { aws } = openAccess()
  await list(aws, 'us-east-1')
  await list(aws, 'eu-west-1')
  await (await aws.tagging('eu-west-1')).tagsOfFunctions(['team'])
  for (const account of ['222222222222', '333333333333'])
    await list(aws.enter({ account, role: 'Reader' }, 'us-east-1'), 'us-east-1')
  expect(connections).toBe(1)
})

test('calls at the same time each have one', async () => {
  const { aws } = openAccess()
  await Promise.all(Array.from({ length: 60 }, () => list(aws, 'us-east-1')))
  expect(connections).toBe(60)
})
