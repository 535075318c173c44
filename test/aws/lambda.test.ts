/** One call of the Lambda gateway, one request: what is sent, and what is taken from the answer. */
import { describe, expect, test } from 'vitest'
import type { PublishSource } from '../../src/aws/gateways.js'
import type { Alias, LambdaFunction } from '../../src/core/lambda-function.js'
import { openAccess } from './support/access.js'
import { ACCOUNT, configuration, FUNCTION_ARN, json, lambdaError, ROLE_ARN } from './support/answers.js'
import { KEYS, ownEnvironment } from './support/environment.js'
import { failureOf } from './support/failure.js'
import { fakeAws } from './support/fake-aws.js'
import { expectNoSecretIn, SECRETS } from './support/secrets.js'

ownEnvironment()
const aws = fakeAws()

const HOST = 'lambda.us-east-1.amazonaws.com'
const orders: LambdaFunction = {
  arn: FUNCTION_ARN,
  name: 'orders',
  account: ACCOUNT,
  region: 'us-east-1',
  partition: 'aws',
  version: '$LATEST',
  mode: 'PassThrough',
  role: ROLE_ARN,
  packageType: 'Zip',
  memory: 512,
  otherTracers: ['Datadog'],
  managedInstances: false,
  snapStart: false,
  revisionId: 'a1b2c3d4-0000-4000-8000-000000000001',
  modifiedAt: Date.parse('2026-05-31T09:30:00.000Z'),
  state: 'Active',
  updateStatus: 'Successful',
  runtime: 'nodejs20.x',
  codeSha256: 'pBrkQ0uA3OKPAPA9jQ1BIdWEmPv6H0nAV4ZYBUxM4Uo=',
  settings: expect.any(String),
}

describe('getFunction', () => {
  const path = (name: string) => `/2015-03-31/functions/${name}/configuration`
  const names: Array<[what: string, name: string, qualifier: string | undefined, inPath: string, query: object]> = [
    ['a name', 'orders', undefined, 'orders', {}],
    ['a version', 'orders', '7', 'orders', { Qualifier: '7' }],
    ['$LATEST.PUBLISHED', 'orders', '$LATEST.PUBLISHED', 'orders', { Qualifier: '$LATEST.PUBLISHED' }],
    ['a partial ARN', `${ACCOUNT}:function:orders`, undefined, `${ACCOUNT}%3Afunction%3Aorders`, {}],
    ['a full ARN', FUNCTION_ARN, undefined, FUNCTION_ARN.replaceAll(':', '%3A'), {}],
  ]
  test.each(names)('asks for the configuration of %s', async (_, name, qualifier, inPath, query) => {
    aws().answers(json(configuration()))
    const found = await (await openAccess().lambda()).getFunction(name, qualifier)
    expect(aws().sent).toEqual([{ method: 'GET', host: HOST, path: path(inPath), query, body: '' }])
    expect(found).toEqual(orders)
  })

  test('keeps no secret of the answer', async () => {
    const Environment = { Variables: { DB_PASSWORD: SECRETS.variable, AWS_LAMBDA_EXEC_WRAPPER: '/opt/hunter2' } }
    aws().answers(json(configuration({ Environment, Layers: [], KMSKeyArn: 'arn:aws:kms:us-east-1:1:key/x' })))
    const found = await (await openAccess().lambda()).getFunction('orders')
    expectNoSecretIn(found)
    expect(found.otherTracers).toEqual(['an exec wrapper'])
  })

  test('reads a function whose variables the caller cannot decrypt', async () => {
    const Environment = { Error: { ErrorCode: 'AccessDeniedException', Message: 'Lambda was unable to decrypt' } }
    aws().answers(json(configuration({ Environment })))
    expect(await (await openAccess().lambda()).getFunction('orders')).toEqual(orders)
  })
})

describe('pollFunction', () => {
  const fromGetFunction = () =>
    json({
      Configuration: configuration(),
      Code: { RepositoryType: 'S3', Location: SECRETS.codeUrl },
      Tags: { team: 'shop' },
      Concurrency: { ReservedConcurrentExecutions: 5 },
    })
  const denied = () =>
    lambdaError(403, 'AccessDeniedException', 'User: x is not authorized to perform: lambda:GetFunction')
  const GET_FUNCTION = '/2015-03-31/functions/orders'

  test('asks GetFunction and drops the code URL', async () => {
    aws().answers(fromGetFunction())
    const access = openAccess()
    const found = await (await access.lambda()).pollFunction('orders')
    expect(aws().sent).toEqual([{ method: 'GET', host: HOST, path: GET_FUNCTION, query: {}, body: '' }])
    expect(found).toEqual(orders)
    expectNoSecretIn(found)
  })

  test('takes from the quota of GetFunction', async () => {
    aws().answers(fromGetFunction(), json(configuration()))
    const access = openAccess()
    const lambda = await access.lambda()
    await lambda.pollFunction('orders')
    expect(access.paces.map(({ quota, pace }) => [quota, pace.taken])).toEqual([
      ['getFunction', 1],
      ['others', 0],
    ])
    await lambda.getFunction('orders')
    expect(access.paces.map(({ pace }) => pace.taken)).toEqual([1, 1])
  })

  test('where it is denied, asks GetFunctionConfiguration, and from then on only that', async () => {
    aws().answers(denied(), json(configuration()), json(configuration()))
    const lambda = await openAccess().lambda()
    expect(await lambda.pollFunction('orders')).toEqual(orders)
    expect(await lambda.pollFunction('orders')).toEqual(orders)
    const configurationPath = `${GET_FUNCTION}/configuration`
    expect(aws().sent.map(({ path }) => path)).toEqual([GET_FUNCTION, configurationPath, configurationPath])
  })

  test('fails with the reason of the second call when both are denied', async () => {
    aws().answers(denied(), lambdaError(403, 'AccessDeniedException', 'not even lambda:GetFunctionConfiguration'))
    const failure = await failureOf((await openAccess().lambda()).pollFunction('orders'))
    expect(failure.code).toBe('ACCESS_DENIED')
    expect(failure.message).toContain('not even lambda:GetFunctionConfiguration')
  })

  test('does not fall back for any other refusal', async () => {
    aws().answers(lambdaError(404, 'ResourceNotFoundException', `Function not found: ${FUNCTION_ARN}`))
    expect((await failureOf((await openAccess().lambda()).pollFunction('orders'))).code).toBe('FUNCTION_NOT_FOUND')
    expect(aws().sent).toHaveLength(1)
  })
})

describe('listTags', () => {
  test('asks for the tags of an ARN', async () => {
    aws().answers(json({ Tags: { team: 'shop', 'aws:cloudformation:stack-name': 'orders' } }))
    expect(await (await openAccess().lambda()).listTags(FUNCTION_ARN)).toEqual({
      team: 'shop',
      'aws:cloudformation:stack-name': 'orders',
    })
    const path = `/2017-03-31/tags/${FUNCTION_ARN.replaceAll(':', '%3A')}`
    expect(aws().sent).toEqual([{ method: 'GET', host: HOST, path, query: {}, body: '' }])
  })

  test('no tags are an empty record', async () => {
    aws().answers(json({}))
    expect(await (await openAccess().lambda()).listTags(FUNCTION_ARN)).toEqual({})
  })
})

describe('setMode', () => {
  const path = '/2015-03-31/functions/orders/configuration'
  const bodies: Array<[mode: 'Active' | 'PassThrough', revisionId: string | undefined, body: object]> = [
    ['Active', 'revision-1', { TracingConfig: { Mode: 'Active' }, RevisionId: 'revision-1' }],
    ['PassThrough', 'revision-2', { TracingConfig: { Mode: 'PassThrough' }, RevisionId: 'revision-2' }],
    ['Active', undefined, { TracingConfig: { Mode: 'Active' } }],
  ]
  test.each(bodies)('%s at %s sends the mode, the revision and nothing else', async (mode, revisionId, body) => {
    aws().answers(
      json(
        configuration({
          TracingConfig: { Mode: mode },
          RevisionId: 'revision-9',
          LastUpdateStatus: 'InProgress',
          LastUpdateStatusReason: 'The function is being created.',
          LastUpdateStatusReasonCode: 'Creating',
        }),
      ),
    )
    const changed = await (await openAccess().lambda()).setMode('orders', mode, revisionId)
    expect(aws().sent).toEqual([{ method: 'PUT', host: HOST, path, query: {}, body }])
    expect(changed).toEqual({
      ...orders,
      mode,
      revisionId: 'revision-9',
      updateStatus: 'InProgress',
      updateReason: 'The function is being created.',
    })
    expectNoSecretIn(changed)
  })
})

describe('publishVersion', () => {
  const codeSha256 = 'pBrkQ0uA3OKPAPA9jQ1BIdWEmPv6H0nAV4ZYBUxM4Uo='
  const sources: Array<[what: string, source: PublishSource, body: object]> = [
    ['the code', { codeSha256, latestPublished: false }, { CodeSha256: codeSha256 }],
    [
      'the code and the revision',
      { codeSha256, revisionId: 'revision-1', latestPublished: false },
      { CodeSha256: codeSha256, RevisionId: 'revision-1' },
    ],
    [
      '$LATEST.PUBLISHED',
      { codeSha256, latestPublished: true },
      { CodeSha256: codeSha256, PublishTo: 'LATEST_PUBLISHED' },
    ],
  ]
  test.each(sources)('with %s', async (_, source, body) => {
    const answer = json(configuration({ FunctionArn: `${FUNCTION_ARN}:8`, Version: '8', RevisionId: 'revision-8' }))
    aws().answers({ ...answer, status: 201 })
    const published = await (await openAccess().lambda()).publishVersion('orders', source)
    expect(aws().sent).toEqual([
      { method: 'POST', host: HOST, path: '/2015-03-31/functions/orders/versions', query: {}, body },
    ])
    expect(published).toEqual({ ...orders, version: '8', revisionId: 'revision-8' })
    expectNoSecretIn(published)
  })
})

describe('moveAlias', () => {
  const path = '/2015-03-31/functions/orders/aliases/live'
  const moves: Array<[what: string, alias: Alias, body: object]> = [
    [
      'whole, at a revision',
      { name: 'live', version: '8', weights: {}, revisionId: 'revision-1' },
      { FunctionVersion: '8', RoutingConfig: { AdditionalVersionWeights: {} }, RevisionId: 'revision-1' },
    ],
    [
      'with a second version',
      { name: 'live', version: '8', weights: { '7': 0.9 } },
      { FunctionVersion: '8', RoutingConfig: { AdditionalVersionWeights: { '7': 0.9 } } },
    ],
  ]
  test.each(moves)('%s', async (_, alias, body) => {
    aws().answers(json({ Name: 'live', FunctionVersion: '8', RevisionId: 'revision-2' }))
    expect(await (await openAccess().lambda()).moveAlias('orders', alias)).toBeUndefined()
    expect(aws().sent).toEqual([{ method: 'PUT', host: HOST, path, query: {}, body }])
  })
})

describe('every request', () => {
  const regions: Array<[region: string, host: string]> = [
    ['us-east-1', 'lambda.us-east-1.amazonaws.com'],
    ['eu-central-2', 'lambda.eu-central-2.amazonaws.com'],
    ['cn-north-1', 'lambda.cn-north-1.amazonaws.com.cn'],
    ['us-gov-west-1', 'lambda.us-gov-west-1.amazonaws.com'],
    ['eusc-de-east-1', 'lambda.eusc-de-east-1.amazonaws.eu'],
  ]
  test.each(regions)('in %s is signed for that region and tells who asks', async (region, host) => {
    aws().answers(json(configuration()))
    await (await openAccess().lambda(region)).getFunction('orders')
    expect(aws().sent[0]?.host).toBe(host)
    expect(aws().signed[0]).toMatchObject({ accessKey: KEYS.AWS_ACCESS_KEY_ID, region, service: 'lambda' })
    expect(aws().signed[0]?.userAgent).toMatch(/ xtrace\/1\.2\.3$/)
  })
})
