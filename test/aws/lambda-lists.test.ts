/** The lists of the Lambda gateway: followed to their last page, nothing lost and nothing asked twice. */
import { describe, expect, test } from 'vitest'
import type { LambdaGateway } from '../../src/aws/gateways.js'
import { openAccess } from './support/access.js'
import { configuration, FUNCTION_ARN, json, lambdaError, throttled } from './support/answers.js'
import { ownEnvironment } from './support/environment.js'
import { failureOf } from './support/failure.js'
import { fakeAws } from './support/fake-aws.js'
import { expectNoSecretIn } from './support/secrets.js'

ownEnvironment()
const aws = fakeAws()

async function collect<T>(pages: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const page of pages) all.push(page)
  return all
}

interface List {
  name: string
  path: string
  query: Record<string, string>
  /** The key of the answer's list. */
  key: string
  item(n: number): object
  /** The pages, or the one list, each item as its number. */
  read(lambda: LambdaGateway): Promise<unknown>
  inPages: boolean
}

const version = (n: number) => configuration({ FunctionArn: `${FUNCTION_ARN}:${n}`, Version: String(n) })
const versionNumbers = async (pages: AsyncIterable<Array<{ version: string }>>) =>
  (await collect(pages)).map((page) => page.map((fn) => Number(fn.version)))

const LISTS: List[] = [
  {
    name: 'listFunctions',
    path: '/2015-03-31/functions',
    query: { MaxItems: '50' },
    key: 'Functions',
    item: version,
    read: (lambda) => versionNumbers(lambda.listFunctions()),
    inPages: true,
  },
  {
    name: 'listAllVersions',
    path: '/2015-03-31/functions',
    query: { FunctionVersion: 'ALL', MaxItems: '50' },
    key: 'Functions',
    item: version,
    read: (lambda) => versionNumbers(lambda.listAllVersions()),
    inPages: true,
  },
  {
    name: 'listVersions',
    path: '/2015-03-31/functions/orders/versions',
    query: { MaxItems: '50' },
    key: 'Versions',
    item: version,
    read: (lambda) => versionNumbers(lambda.listVersions('orders')),
    inPages: true,
  },
  {
    name: 'listAliases',
    path: '/2015-03-31/functions/orders/aliases',
    query: { MaxItems: '50' },
    key: 'Aliases',
    item: (n) => ({
      AliasArn: `${FUNCTION_ARN}:live`,
      Name: 'live',
      FunctionVersion: String(n),
      Description: 'hunter2',
    }),
    read: async (lambda) => (await lambda.listAliases('orders')).map((alias) => Number(alias.version)),
    inPages: false,
  },
  {
    name: 'listEventSources of one function',
    path: '/2015-03-31/event-source-mappings',
    query: { FunctionName: 'orders', MaxItems: '100' },
    key: 'EventSourceMappings',
    item: (n) => ({ UUID: 'u', FunctionArn: FUNCTION_ARN.replace('orders', String(n)), State: 'Enabled' }),
    read: async (lambda) => (await lambda.listEventSources('orders')).map(numberOfFunction),
    inPages: false,
  },
  {
    name: 'listEventSources of the region',
    path: '/2015-03-31/event-source-mappings',
    query: { MaxItems: '100' },
    key: 'EventSourceMappings',
    item: (n) => ({ UUID: 'u', FunctionArn: FUNCTION_ARN.replace('orders', String(n)), State: 'Enabled' }),
    read: async (lambda) => (await lambda.listEventSources()).map(numberOfFunction),
    inPages: false,
  },
]

function numberOfFunction(source: { function: string }): number {
  return Number(source.function.split(':').at(-1))
}

describe.each(LISTS)('$name', ({ path, query, key, item, read, inPages }) => {
  const page = (numbers: number[], NextMarker?: string | null) => json({ [key]: numbers.map(item), NextMarker })
  const pages = (...expected: number[][]) => (inPages ? expected : expected.flat())

  test('one page: one request', async () => {
    aws().answers(page([1, 2], null))
    expect(await read(await openAccess().lambda())).toEqual(pages([1, 2]))
    expect(aws().sent).toEqual([{ method: 'GET', host: 'lambda.us-east-1.amazonaws.com', path, query, body: '' }])
  })

  test('follows NextMarker to the end, over an empty page too', async () => {
    aws().answers(page([1], 'm/1=='), page([], 'm+2'), page([2, 3], 'm3'), page([4]))
    expect(await read(await openAccess().lambda())).toEqual(pages([1], [], [2, 3], [4]))
    expect(aws().sent.map((sent) => sent.query)).toEqual([
      query,
      { ...query, Marker: 'm/1==' },
      { ...query, Marker: 'm+2' },
      { ...query, Marker: 'm3' },
    ])
    expect(new Set(aws().sent.map((sent) => sent.path))).toEqual(new Set([path]))
  })

  test('an empty list is an empty page, and an empty marker the end', async () => {
    aws().answers(page([], ''))
    expect(await read(await openAccess().lambda())).toEqual(pages([]))
    expect(aws().sent).toHaveLength(1)
  })

  test('a page that is throttled is asked for again, not skipped', async () => {
    aws().answers(page([1], 'm1'), throttled(), page([2]))
    expect(await read(await openAccess().lambda())).toEqual(pages([1], [2]))
    expect(aws().sent.map((sent) => sent.query.Marker)).toEqual([undefined, 'm1', 'm1'])
  })

  test('a failure behind the first page is thrown: half a list is no list', async () => {
    aws().answers(page([1], 'm1'), lambdaError(403, 'AccessDeniedException', 'no more for you'))
    const failure = await failureOf(read(await openAccess().lambda()))
    expect(failure.code).toBe('ACCESS_DENIED')
  })
})

test('a page of functions holds no secret', async () => {
  aws().answers(json({ Functions: [configuration(), configuration()] }))
  const found = await collect((await openAccess().lambda()).listAllVersions())
  expect(found[0]).toHaveLength(2)
  expectNoSecretIn(found)
})

test('the next page is not asked for before it is wanted', async () => {
  aws().answers(json({ Functions: [configuration()], NextMarker: 'm1' }), json({ Functions: [] }))
  for await (const _ of (await openAccess().lambda()).listAllVersions()) break
  expect(aws().sent).toHaveLength(1)
})

test('an alias in canary keeps its second version and its share', async () => {
  const RoutingConfig = { AdditionalVersionWeights: { '8': 0.05 } }
  aws().answers(
    json({
      Aliases: [
        { Name: 'live', FunctionVersion: '7', RoutingConfig, RevisionId: 'r' },
        { Name: 'beta', FunctionVersion: '$LATEST' },
      ],
    }),
  )
  expect(await (await openAccess().lambda()).listAliases('orders')).toEqual([
    { name: 'live', version: '7', weights: { '8': 0.05 }, revisionId: 'r' },
    { name: 'beta', version: '$LATEST', weights: {} },
  ])
})
