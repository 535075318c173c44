/** CreateFunction: the whole request for each source of code, tracing Active in all of them. */
import { expect, test } from 'vitest'
import type { NewFunction } from '../../src/aws/gateways.js'
import { openAccess } from './support/access.js'
import { configuration, FUNCTION_ARN, json, lambdaError, ROLE_ARN } from './support/answers.js'
import { ownEnvironment } from './support/environment.js'
import { failureOf } from './support/failure.js'
import { fakeAws } from './support/fake-aws.js'
import { expectNoSecretIn, SECRETS } from './support/secrets.js'

ownEnvironment()
const aws = fakeAws()

const base = { name: 'orders', role: ROLE_ARN, publish: false }
const always = { FunctionName: 'orders', Role: ROLE_ARN, TracingConfig: { Mode: 'Active' }, Publish: false }

const specs: Array<[what: string, spec: NewFunction, body: object]> = [
  [
    'a zip file',
    { ...base, code: { zip: new TextEncoder().encode('PK') }, runtime: 'nodejs20.x', handler: 'index.handler' },
    { ...always, Code: { ZipFile: 'UEs=' }, PackageType: 'Zip', Runtime: 'nodejs20.x', Handler: 'index.handler' },
  ],
  [
    'an object in S3',
    { ...base, code: { s3Bucket: 'b', s3Key: 'k' } },
    { ...always, Code: { S3Bucket: 'b', S3Key: 'k' }, PackageType: 'Zip' },
  ],
  [
    'a version of an object in S3',
    { ...base, code: { s3Bucket: 'b', s3Key: 'k', s3ObjectVersion: 'v' } },
    { ...always, Code: { S3Bucket: 'b', S3Key: 'k', S3ObjectVersion: 'v' }, PackageType: 'Zip' },
  ],
  [
    'an image',
    { ...base, code: { imageUri: '1.dkr.ecr.us-east-1.amazonaws.com/o:1' } },
    { ...always, Code: { ImageUri: '1.dkr.ecr.us-east-1.amazonaws.com/o:1' }, PackageType: 'Image' },
  ],
  [
    'every setting',
    {
      ...base,
      publish: true,
      code: { imageUri: 'i' },
      memory: 1024,
      timeout: 30,
      environment: { DB_PASSWORD: SECRETS.variable },
      layers: ['arn:aws:lambda:us-east-1:1:layer:l:1'],
      architecture: 'arm64',
      description: '',
      tags: { team: 'shop' },
    },
    {
      ...always,
      Publish: true,
      Code: { ImageUri: 'i' },
      PackageType: 'Image',
      MemorySize: 1024,
      Timeout: 30,
      Environment: { Variables: { DB_PASSWORD: SECRETS.variable } },
      Layers: ['arn:aws:lambda:us-east-1:1:layer:l:1'],
      Architectures: ['arm64'],
      Description: '',
      Tags: { team: 'shop' },
    },
  ],
]

test.each(specs)('from %s', async (_, spec, body) => {
  const pending = {
    TracingConfig: { Mode: 'Active' },
    State: 'Pending',
    StateReason: 'The function is being created.',
    LastUpdateStatus: undefined,
  }
  aws().answers({ ...json(configuration(pending)), status: 201 })
  const made = await (await openAccess().lambda()).createFunction(spec)
  expect(aws().sent).toEqual([
    { method: 'POST', host: 'lambda.us-east-1.amazonaws.com', path: '/2015-03-31/functions', query: {}, body },
  ])
  expect(made).toMatchObject({ arn: FUNCTION_ARN, mode: 'Active', state: 'Pending' })
  expect(made).not.toHaveProperty('updateStatus')
  expectNoSecretIn(made)
})

test('a refusal does not repeat the variables that were sent', async () => {
  aws().answers(lambdaError(400, 'InvalidParameterValueException', 'Runtime is required for zip packages'))
  const spec: NewFunction = {
    ...base,
    code: { s3Bucket: 'b', s3Key: 'k' },
    environment: { PASSWORD: SECRETS.variable },
  }
  const failure = await failureOf((await openAccess().lambda()).createFunction(spec))
  expect(failure.message).toBe('lambda:CreateFunction: Runtime is required for zip packages')
})
