/** AWS Config's queries: the region's own and an aggregator's, to the last page; and what an aggregator collects from. */
import { describe, expect, test } from 'vitest'
import { FUNCTIONS_QUERY } from '../../src/aws/config-records.js'
import type { ConfigGateway, RecordedFunction } from '../../src/aws/gateways.js'
import { openAccess } from './support/access.js'
import { FUNCTION_ARN, REQUEST_ID } from './support/answers.js'
import { ownEnvironment } from './support/environment.js'
import { failureOf } from './support/failure.js'
import { type Answer, fakeAws } from './support/fake-aws.js'

ownEnvironment()
const aws = fakeAws()

const HEADERS = { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': REQUEST_ID }
const answer = (body: object): Answer => ({ status: 200, body, headers: HEADERS })
const refusal = (code: string, message: string, status = 400): Answer => ({
  status,
  body: { __type: code, message },
  headers: HEADERS,
})
const rowOf = (name: string) => JSON.stringify({ arn: FUNCTION_ARN.replace('orders', name), configuration: {} })
const page = (names: string[], NextToken?: string) =>
  answer({ Results: names.map(rowOf), QueryInfo: { SelectFields: [{ Name: 'arn' }] }, NextToken })

const config = (access = openAccess()) => access.aws.config('eu-west-1')

async function recorded(gateway: Promise<ConfigGateway>, aggregator?: string): Promise<string[][]> {
  const pages: RecordedFunction[][] = []
  for await (const one of (await gateway).recordedFunctions(aggregator)) pages.push(one)
  return pages.map((functions) => functions.map(({ fn }) => fn.name))
}

describe.each<[what: string, aggregator: string | undefined, name: object]>([
  ['of the region', undefined, {}],
  ['of an aggregator', 'everything', { ConfigurationAggregatorName: 'everything' }],
])('the functions %s', (_, aggregator, name) => {
  test('a hundred a page, to the last one: an empty page in the middle is not the end', async () => {
    aws().answers(page(['a', 'b'], 't1'), page([], 't2'), page(['c']))
    expect(await recorded(config(), aggregator)).toEqual([['a', 'b'], [], ['c']])
    const body = { ...name, Expression: FUNCTIONS_QUERY, Limit: 100 }
    expect(aws().sent).toEqual(
      [{}, { NextToken: 't1' }, { NextToken: 't2' }].map((token) => ({
        method: 'POST',
        host: 'config.eu-west-1.amazonaws.com',
        path: '/',
        query: {},
        body: { ...body, ...token },
      })),
    )
    expect(aws().signed[0]).toMatchObject({ region: 'eu-west-1', service: 'config' })
  })

  test('a page that is throttled is asked for again, by its token', async () => {
    const throttled = refusal('ThrottlingException', 'Rate exceeded')
    aws().answers(page(['a'], 't1'), throttled, throttled, page(['b']))
    const access = openAccess()
    expect(await recorded(config(access), aggregator)).toEqual([['a'], ['b']])
    expect(access.clock.slept).toEqual([200, 400])
    expect(
      aws()
        .sent.slice(1)
        .map(({ body }) => Reflect.get(body as object, 'NextToken')),
    ).toEqual(['t1', 't1', 't1'])
  })

  test('a malformed row behind good ones is an error, not a shorter list', async () => {
    aws().answers(page(['a'], 't1'), answer({ Results: [rowOf('b'), '{"arn":'] }))
    const failure = await failureOf(recorded(config(), aggregator))
    expect(failure.code).toBe('SERVER_ERROR')
  })

  test('denied behind the first page is an error', async () => {
    aws().answers(page(['a'], 't1'), refusal('AccessDeniedException', 'not authorized to perform: config:Select'))
    const failure = await failureOf(recorded(config(), aggregator))
    expect(failure.code).toBe('ACCESS_DENIED')
    expect(failure.message).toContain('config:Select')
    expect(failure.aws?.operation).toBe(aggregator ? 'SelectAggregateResourceConfig' : 'SelectResourceConfig')
  })

  test('a query that Config does not take is a fault of xtrace', async () => {
    aws().answers(refusal('InvalidExpressionException', 'Unknown property: tags'))
    const failure = await failureOf(recorded(config(), aggregator))
    expect(failure.code).toBe('FAULT')
    expect(failure.message).toMatch(/^AWS Config does not take the query of xtrace: .*Unknown property: tags$/)
  })
})

const noAggregator = () =>
  refusal('NoSuchConfigurationAggregatorException', 'The configuration aggregator does not exist.')
test.each<[what: string, ask: (gateway: ConfigGateway) => Promise<unknown>]>([
  ['its functions', (gateway) => recorded(Promise.resolve(gateway), 'everythin')],
  ['its places', (gateway) => gateway.aggregatedPlaces('everythin')],
])('an aggregator that is not there, asked for %s, is named with the region', async (_, ask) => {
  aws().answers(noAggregator())
  const failure = await failureOf(ask(await config()))
  expect(failure).toMatchObject({ code: 'INVALID_REQUEST', exit: 'refused' })
  expect(failure.message).toBe('AWS Config has no aggregator everythin in eu-west-1.')
  expect(failure.suggestions.join(' ')).toContain('describe-configuration-aggregators --region eu-west-1')
  expect(failure.aws).toMatchObject({ service: 'config', requestId: REQUEST_ID })
})

describe('the places of an aggregator', () => {
  const source = (SourceId: string, AwsRegion: string, LastUpdateStatus: string, more: object = {}) => ({
    SourceId,
    SourceType: 'ACCOUNT',
    AwsRegion,
    LastUpdateStatus,
    LastUpdateTime: 1780219800.5,
    ...more,
  })

  test('account by region, to the last page, with how it stands there', async () => {
    const failed = { LastErrorCode: 'AccessDenied', LastErrorMessage: 'AWS Config is not authorized' }
    aws().answers(
      answer({ AggregatedSourceStatusList: [source('1', 'us-east-1', 'SUCCEEDED')], NextToken: 't1' }),
      answer({ AggregatedSourceStatusList: [], NextToken: 't2' }),
      answer({
        AggregatedSourceStatusList: [
          source('1', 'eu-west-1', 'FAILED', failed),
          source('2', 'eu-west-1', 'OUTDATED'),
          source('3', 'eu-west-1', 'FAILED', { LastErrorCode: 'Throttled' }),
        ],
      }),
    )
    expect(await (await config()).aggregatedPlaces('everything')).toEqual([
      { account: '1', region: 'us-east-1', status: 'current' },
      { account: '1', region: 'eu-west-1', status: 'failed', reason: 'AWS Config is not authorized' },
      { account: '2', region: 'eu-west-1', status: 'outdated' },
      { account: '3', region: 'eu-west-1', status: 'failed', reason: 'Throttled' },
    ])
    expect(aws().sent.map(({ body }) => body)).toEqual(
      [{}, { NextToken: 't1' }, { NextToken: 't2' }].map((token) => ({
        ConfigurationAggregatorName: 'everything',
        Limit: 100,
        ...token,
      })),
    )
  })

  test.each(['', 'WAITING'])('a status %j that is not known is not taken for current', async (LastUpdateStatus) => {
    aws().answers(answer({ AggregatedSourceStatusList: [source('1', 'us-east-1', LastUpdateStatus)] }))
    const places = await (await config()).aggregatedPlaces('everything')
    expect(places.map(({ status }) => status)).toEqual(['outdated'])
  })

  test('an organization that is followed is none; one that cannot be followed is', async () => {
    const organization = { SourceType: 'ORGANIZATION', AwsRegion: undefined }
    aws().answers(
      answer({
        AggregatedSourceStatusList: [
          source('o-exampleorg', '', 'SUCCEEDED', organization),
          source('o-otherorg', '', 'FAILED', { ...organization, LastErrorMessage: 'trusted access is off' }),
        ],
      }),
    )
    expect(await (await config()).aggregatedPlaces('everything')).toEqual([
      { account: 'o-otherorg', region: '*', status: 'failed', reason: 'trusted access is off' },
    ])
  })
})
