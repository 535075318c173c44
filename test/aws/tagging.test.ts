/** Which functions carry which tags: the exact question, to the last page, and never a wider answer. */
import { describe, expect, test } from 'vitest'
import { openAccess } from './support/access.js'
import { FUNCTION_ARN, lambdaError } from './support/answers.js'
import { ownEnvironment } from './support/environment.js'
import { failureOf } from './support/failure.js'
import { type Answer, fakeAws } from './support/fake-aws.js'

ownEnvironment()
const aws = fakeAws()

const arnOf = (name: string) => FUNCTION_ARN.replace('orders', name)
const page = (names: string[], PaginationToken = ''): Answer => ({
  status: 200,
  body: { ResourceTagMappingList: names.map((name) => ({ ResourceARN: arnOf(name), Tags: [] })), PaginationToken },
  headers: { 'content-type': 'application/x-amz-json-1.1' },
})
const filters = [
  { key: 'team', values: ['shop', 'pay'] },
  { key: 'gold', values: [] },
]
const question = {
  ResourceTypeFilters: ['lambda:function'],
  ResourcesPerPage: 100,
  TagFilters: [{ Key: 'team', Values: ['shop', 'pay'] }, { Key: 'gold' }],
}

test('asks for functions with all of the tags, to the last page', async () => {
  aws().answers(page(['a'], 't1'), page([], 't2'), page(['b', 'a']))
  const tagging = await openAccess().aws.tagging('eu-west-1')
  expect(await tagging.taggedFunctions(filters)).toEqual(new Set([arnOf('a'), arnOf('b')]))
  expect(aws().sent).toEqual(
    [{}, { PaginationToken: 't1' }, { PaginationToken: 't2' }].map((token) => ({
      method: 'POST',
      host: 'tagging.eu-west-1.amazonaws.com',
      path: '/',
      query: {},
      body: { ...question, ...token },
    })),
  )
  expect(aws().signed[0]).toMatchObject({ region: 'eu-west-1', service: 'tagging' })
})

test('a page that is throttled is asked for again', async () => {
  aws().answers(page(['a'], 't1'), lambdaError(400, 'ThrottledException', 'slow down'), page(['b']))
  const access = openAccess()
  const found = await (await access.aws.tagging('us-east-1')).taggedFunctions(filters)
  expect(found).toEqual(new Set([arnOf('a'), arnOf('b')]))
  expect(access.clock.slept).toEqual([200])
  expect(aws().sent).toHaveLength(3)
})

test('denied behind the first page is thrown: half of the tagged functions are not all', async () => {
  aws().answers(
    page(['a'], 't1'),
    lambdaError(400, 'AccessDeniedException', 'not authorized to perform: tag:GetResources'),
  )
  const failure = await failureOf((await openAccess().aws.tagging('us-east-1')).taggedFunctions(filters))
  expect(failure.code).toBe('ACCESS_DENIED')
  expect(failure.aws).toMatchObject({ service: 'tagging', operation: 'GetResources' })
})

describe('the named tags of all functions', () => {
  const tagged = (tags: Record<string, Record<string, string>>, PaginationToken = ''): Answer => ({
    status: 200,
    body: {
      ResourceTagMappingList: Object.entries(tags).map(([name, pairs]) => ({
        ResourceARN: arnOf(name),
        Tags: Object.entries(pairs).map(([Key, Value]) => ({ Key, Value })),
      })),
      PaginationToken,
    },
    headers: { 'content-type': 'application/x-amz-json-1.1' },
  })
  const everything = { ResourceTypeFilters: ['lambda:function'], ResourcesPerPage: 100 }

  test('of several keys: every tagged function is listed once, and those with none of them left out', async () => {
    aws().answers(
      tagged({ a: { team: 'shop', secret: 'x' }, b: { stack: '' } }, 't1'),
      tagged({}, 't2'),
      tagged({ c: { other: 'y' }, d: { team: 'pay', stack: 's' } }),
    )
    const tagging = await openAccess().aws.tagging('us-east-1')
    expect(await tagging.tagsOfFunctions(['team', 'stack'])).toEqual(
      new Map([
        [arnOf('a'), { team: 'shop' }],
        [arnOf('b'), { stack: '' }],
        [arnOf('d'), { team: 'pay', stack: 's' }],
      ]),
    )
    expect(aws().sent.map(({ body }) => body)).toEqual([
      everything,
      { ...everything, PaginationToken: 't1' },
      { ...everything, PaginationToken: 't2' },
    ])
  })

  test.each([[['team']], [['team', 'team']]])('of one key %j: only those that carry it are listed', async (keys) => {
    aws().answers(tagged({ a: { team: 'shop', secret: 'x' } }))
    const tagging = await openAccess().aws.tagging('us-east-1')
    expect(await tagging.tagsOfFunctions(keys)).toEqual(new Map([[arnOf('a'), { team: 'shop' }]]))
    expect(aws().sent.map(({ body }) => body)).toEqual([{ ...everything, TagFilters: [{ Key: 'team' }] }])
  })

  test('of no key: nothing is asked', async () => {
    expect(await (await openAccess().aws.tagging('us-east-1')).tagsOfFunctions([])).toEqual(new Map())
    expect(aws().sent).toEqual([])
  })

  test('denied behind the first page is thrown', async () => {
    aws().answers(tagged({ a: { team: 'shop' } }, 't1'), lambdaError(400, 'AccessDeniedException', 'no'))
    const failure = await failureOf((await openAccess().aws.tagging('us-east-1')).tagsOfFunctions(['team', 'x']))
    expect(failure.code).toBe('ACCESS_DENIED')
  })
})
